"""Every change of a status in this room, one atomic function an act."""
