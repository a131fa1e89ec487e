"""Pictures and recordings that a lesson shows, by the names that they get in a package."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from publishing.models import Image, Media

from ..loading.recordings import NUMBERS

Carried = Any  # a stored file, as Django opens it


def carry_image(files: dict[str, Carried], image: Image, name: str) -> str:
    """The picture under this name; the name with its ending."""
    return carry(files, image.file, name)


def carry_media(files: dict[str, Carried], media: Media, name: str) -> tuple[str, dict[str, Any]]:
    """The medium under this name with its tracks; the name, and what the values say of it."""
    about: dict[str, Any] = {"title": media.title, "type": media.type}
    for number in NUMBERS:
        if getattr(media, number):
            about[number] = getattr(media, number)
    if media.thumbnail:
        about["thumbnail"] = carry(files, media.thumbnail, f"{name}-thumbnail")
    about["tracks"] = []
    for order, track in enumerate(media.tracks.all(), 1):
        said = {"kind": track.kind, "language": track.language}
        if track.file:
            said["file"] = carry(files, track.file, f"{name}-{order}")
        if track.text:
            said["text"] = track.text
        about["tracks"].append(said)
    return carry(files, media.file, name), about


def carry(files: dict[str, Carried], stored: Carried, name: str) -> str:
    """Note a stored file under a name of ours with its own ending."""
    name += PurePosixPath(stored.name).suffix.lower()
    files[name] = stored
    return name
