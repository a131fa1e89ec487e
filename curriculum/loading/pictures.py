"""Drawings beside a lesson as images of the CMS. The same content is the same image."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile

from publishing.models import Image

from .faults import Notes


def check_picture(path: Path, line: int, notes: Notes) -> None:
    """A drawing is an SVG file that runs nothing."""
    text = path.read_text(encoding="utf-8", errors="replace").lower()
    if path.suffix.lower() != ".svg" or "<svg" not in text:
        notes.add(line, f"“{path.name}” is not an SVG file.")
    elif "<script" in text or "javascript:" in text:
        notes.add(line, f"“{path.name}” holds a script.")


def image_of(path: Path, title: str) -> Image:
    """The image with this content, made if there is none."""
    data = path.read_bytes()
    # The hash by which Wagtail knows its files; it protects nothing.
    known = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    found = Image.objects.filter(file_hash=known).first()
    if found:
        return found
    image = Image(title=title, file=ContentFile(data, name=path.name))
    image.save()
    image.get_file_hash()
    return image
