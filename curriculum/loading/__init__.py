"""Lessons as text files: read, refused with file and line, or published like an editor's work."""
