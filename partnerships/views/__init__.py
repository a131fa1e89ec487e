"""Pages of partnerships and trips."""
