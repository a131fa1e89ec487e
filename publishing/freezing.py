"""Copies of files that an edition shows, kept under the hash of what is in them.

An editor may replace or delete a picture; the edition goes on showing what was published.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from .models import Image, Media, MediaTrack

FOLDER = "editions"
# As wide as a lesson column on a fine screen; pictures are light or they are not read.
LARGEST = "max-1200x1200|format-webp|webpquality-80"


def freeze_image(image: Image, *, keep: bool) -> dict[str, Any]:
    """What an edition needs to show the picture. `keep` puts a copy of the file aside."""
    shown = image if image.is_svg() else image.get_rendition(LARGEST)
    with shown.file.open("rb") as file:
        data = file.read()
    return {
        "file": store(data, shown.file.name) if keep else shown.file.name,
        "hash": hashlib.sha256(data).hexdigest(),
        "width": shown.width,
        "height": shown.height,
        "size": len(data),
        "adapts": image.is_svg() and b"prefers-color-scheme" in data,
    }


def freeze_media(media: Media, *, keep: bool) -> dict[str, Any]:
    """Audio or video by name and hash, with a copy of its captions and its transcript."""
    tracks = list(media.tracks.all())
    return {
        "type": media.type,
        "title": media.title,
        "file": media.file.name,
        "hash": hash_of(media.file),
        "size": media.file.size,
        "captions": [
            freeze_track(track, keep=keep)
            for track in tracks
            if track.kind == MediaTrack.Kind.CAPTIONS
        ],
        "transcript": "\n\n".join(
            track.text for track in tracks if track.kind == MediaTrack.Kind.TRANSCRIPT
        ),
    }


def freeze_track(track: MediaTrack, *, keep: bool) -> dict[str, Any]:
    """Captions in one language."""
    with track.file.open("rb") as file:
        data = file.read()
    name = store(data, str(track.file.name)) if keep else track.file.name
    return {
        "file": name,
        "hash": hashlib.sha256(data).hexdigest(),
        "language": track.language,
    }


def hash_of(field_file: Any) -> str:
    """sha256 of a stored file, read in pieces."""
    found = hashlib.sha256()
    with field_file.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            found.update(piece)
    return found.hexdigest()


def store(data: bytes, name: str) -> str:
    """Keep these bytes once, under their hash; the name in the storage."""
    kept = f"{FOLDER}/{hashlib.sha256(data).hexdigest()}{PurePosixPath(name).suffix.lower()}"
    if not default_storage.exists(kept):
        saved = default_storage.save(kept, ContentFile(data))
        if saved != kept:  # somebody published the same picture in the same moment
            default_storage.delete(saved)
    return kept


def file_url(name: str) -> str:
    """Where a browser finds a stored file."""
    return default_storage.url(name)
