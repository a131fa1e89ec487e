"""Audio and video beside a lesson as media of the CMS, with their captions and transcripts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import File

from publishing.freezing import hash_of
from publishing.models import Media, MediaTrack

from .faults import Notes
from .pictures import FORMATS, beside, is_picture

KEYS = {"title", "type", "duration", "width", "height", "thumbnail", "tracks"}
TRACK_KEYS = {"kind", "language", "file", "text"}
NUMBERS = ("duration", "width", "height")
# How a file of each kind begins, and where.
BEGINS: dict[str, list[tuple[int, bytes]]] = {
    ".mp3": [(0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")],
    ".m4a": [(4, b"ftyp")],
    ".aac": [(0, b"\xff\xf1"), (0, b"\xff\xf9")],
    ".wav": [(8, b"WAVE")],
    ".ogg": [(0, b"OggS")],
    ".oga": [(0, b"OggS")],
    ".ogv": [(0, b"OggS")],
    ".opus": [(0, b"OggS")],
    ".mp4": [(4, b"ftyp")],
    ".m4v": [(4, b"ftyp")],
    ".mov": [(4, b"ftyp")],
    ".webm": [(0, b"\x1a\x45\xdf\xa3")],
}


@dataclass(frozen=True)
class Track:
    """Captions or a transcript."""

    kind: str
    language: str
    path: Path | None
    text: str


@dataclass(frozen=True)
class Recording:
    """A medium as the files say it."""

    path: Path
    title: str
    type: str
    numbers: dict[str, float]
    thumbnail: Path | None
    tracks: list[Track] = field(default_factory=list)


def read_recording(
    folder: Path, path: Path, about: Any, line: int, notes: Notes
) -> Recording | None:
    """What the values under `media` say of a file; faults go to the line of its block."""
    if not is_recording(path):
        notes.add(line, f"“{path.name}” is no audio or video of the kind that its name says.")
    if not isinstance(about, dict) or not {"title", "type", "tracks"} <= about.keys() <= KEYS:
        notes.add(line, "The recording stands under “media” with “title”, “type” and “tracks”.")
        return None
    numbers = {name: about.get(name, 0) for name in NUMBERS}
    sound = about["type"] in {"audio", "video"} and isinstance(about["title"], str)
    if not sound or not 0 < len(about["title"]) <= 255 or not all(map(is_number, numbers.values())):
        notes.add(line, "A recording has a “title”, “type” audio or video, and numbers from 0 up.")
        return None
    thumbnail = beside(folder, str(about.get("thumbnail") or ""), line, notes)
    if thumbnail and not (thumbnail.suffix.lower() in FORMATS and is_picture(thumbnail)):
        notes.add(line, f"“{thumbnail.name}” is no picture of the kind that its name says.")
    tracks = tracks_of(folder, about["tracks"], line, notes)
    if {track.kind for track in tracks} != set(MediaTrack.Kind.values):
        notes.add(line, "A recording has captions and a transcript.")
    return Recording(path, about["title"], about["type"], numbers, thumbnail, tracks)


def is_number(value: Any) -> bool:
    """From 0 up, and not the size of a slip."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e6


def is_recording(path: Path) -> bool:
    """Whether the file begins as its name says."""
    with path.open("rb") as file:
        head = file.read(16)
    begins = BEGINS.get(path.suffix.lower(), [])
    return any(head[place : place + len(word)] == word for place, word in begins)


def tracks_of(folder: Path, value: Any, line: int, notes: Notes) -> list[Track]:
    """Captions and transcripts."""
    found = []
    for track in value if isinstance(value, list) else [None]:
        if not isinstance(track, dict) or not {"kind", "language"} <= track.keys() <= TRACK_KEYS:
            notes.add(line, "A track has “kind”, “language”, and “file” or “text”.")
            continue
        if not all(isinstance(part, str) for part in track.values()) or (
            track["kind"] not in MediaTrack.Kind.values or not 0 < len(track["language"]) <= 10
        ):
            kinds = " or ".join(MediaTrack.Kind.values)
            notes.add(line, f"The kind of a track is {kinds}, its language a code like “en”.")
            continue
        path = beside(folder, track.get("file", ""), line, notes)
        if path and not is_webvtt(path):
            notes.add(line, f"“{path.name}” is no WebVTT file: its first word is WEBVTT.")
        if not path and not track.get("text", "").strip():
            notes.add(line, "A track has “file” or “text”.")
        found.append(Track(track["kind"], track["language"], path, track.get("text", "")))
    return found


def is_webvtt(path: Path) -> bool:
    """Whether a file of captions says so in its first word."""
    data = path.read_bytes()[:9]
    return data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def found_media(recording: Recording) -> Media | None:
    """The medium with this content, these captions and this transcript."""
    wanted = shape_of_file(recording)
    alike = Media.objects.filter(title=recording.title, type=recording.type).order_by("pk")
    return next((media for media in alike if shape_of(media) == wanted), None)


def shape_of(media: Media) -> list[Any]:
    """What makes a medium this one, its files by their hash."""
    tracks = sorted(
        [t.kind, t.language, hash_of(t.file) if t.file else "", t.text] for t in media.tracks.all()
    )
    numbers = [float(getattr(media, name) or 0) for name in NUMBERS]
    thumbnail = hash_of(media.thumbnail) if media.thumbnail else ""
    return [media.title, media.type, hash_of(media.file), numbers, thumbnail, tracks]


def shape_of_file(recording: Recording) -> list[Any]:
    """The same of a recording in the files."""
    tracks = sorted([t.kind, t.language, digest(t.path), t.text] for t in recording.tracks)
    numbers = [float(recording.numbers[name]) for name in NUMBERS]
    thumbnail = digest(recording.thumbnail)
    path = digest(recording.path)
    return [recording.title, recording.type, path, numbers, thumbnail, tracks]


def digest(path: Path | None) -> str:
    """sha256 of a file, as editions keep it."""
    if path is None:
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def media_of(recording: Recording) -> Media:
    """The medium with this content, made if there is none."""
    found = found_media(recording)
    if found:
        return found
    numbers = {name: value or None for name, value in recording.numbers.items()}
    media = Media(title=recording.title, type=recording.type, **numbers)
    media.duration = recording.numbers["duration"]
    with recording.path.open("rb") as file:
        media.file.save(recording.path.name, File(file), save=False)
        if recording.thumbnail:
            data = recording.thumbnail.open("rb")
            with data:
                media.thumbnail.save(recording.thumbnail.name, File(data), save=False)
        media.save()
    for order, track in enumerate(recording.tracks):
        made = MediaTrack(
            media=media,
            kind=track.kind,
            language=track.language,
            text=track.text,
            sort_order=order,
        )
        if track.path:
            with track.path.open("rb") as file:
                made.file.save(track.path.name, File(file), save=False)
        made.save()
    return media
