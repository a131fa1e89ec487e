"""A module as one file to take away: written in the format that `curriculum.loading` reads."""
