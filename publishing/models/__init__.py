"""Files that editors upload, and editions: what was published and can be completed."""

from .edition import Edition, EditionDamaged, EditionFile, EditionQuerySet, MakesEditions
from .files import Document, Image, Media, MediaTrack, Rendition, starts_as_webvtt

__all__ = [
    "Document",
    "Edition",
    "EditionDamaged",
    "EditionFile",
    "EditionQuerySet",
    "Image",
    "MakesEditions",
    "Media",
    "MediaTrack",
    "Rendition",
    "starts_as_webvtt",
]
