"""Pages about people: for coordinators, for everybody about themselves, and the way in."""
