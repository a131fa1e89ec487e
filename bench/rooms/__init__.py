"""One file for each room: CASES, and build(size) for the rows it needs. Files build by name."""
