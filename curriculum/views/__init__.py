"""Pages for readers: lists, modules, lessons, their checks and their old editions."""
