"""Pictures beside a lesson as images of the CMS. The same content is the same image."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from publishing.models import Image

from .faults import Notes

FORMATS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".gif": "GIF",
    ".webp": "WEBP",
}
MOST_PIXELS = 40_000_000
# What makes a drawing do something, or fetch something.
DOES = {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"}
FETCHES = re.compile(
    r"(?:java|vb)script:|@import|url\(\s*(?!['\"]?\s*#)|\\", re.IGNORECASE
)  # a backslash in a style spells words in another way
ENCODING = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)


def beside(folder: Path, file: str, line: int, notes: Notes) -> Path | None:
    """The file of this name below the folder; a fault if there is none."""
    if not file:
        return None
    path = folder / file
    try:
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    except (OSError, ValueError):  # a name that no file can have
        pass
    notes.add(line, f"There is no file “{file}” beside the lesson.")
    return None


def check_picture(path: Path, line: int, notes: Notes) -> None:
    """A picture is an SVG file that runs and fetches nothing, or one of a few other kinds."""
    most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if path.stat().st_size > most:
        notes.add(line, f"“{path.name}” is larger than {most // 1024**2} MB.")
    elif path.suffix.lower() in FORMATS:
        if not is_picture(path):
            notes.add(line, f"“{path.name}” is no picture of the kind that its name says.")
    else:
        check_drawing(path, line, notes)


def is_picture(path: Path) -> bool:
    """Whether it can be opened as what its name says, and is not huge."""
    try:
        with Pillow.open(path, formats=[FORMATS[path.suffix.lower()]]) as picture:
            small = picture.width * picture.height <= MOST_PIXELS
            picture.verify()
    except Exception:  # Pillow raises what its decoders raise
        return False
    return small


def check_drawing(path: Path, line: int, notes: Notes) -> None:
    """A drawing is an SVG file in UTF-8 that runs and fetches nothing."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix.lower() != ".svg" or "<svg" not in text.lower():
        notes.add(line, f"“{path.name}” is not an SVG file.")
        return
    encoding = ENCODING.search(text)
    if "<!doctype" in text.lower() or (encoding and encoding[1].lower() != "utf-8"):
        notes.add(line, f"“{path.name}” has a DOCTYPE, or is not written in UTF-8.")
        return
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # no DOCTYPE, so nothing to blow up
    except (ElementTree.ParseError, ValueError):
        notes.add(line, f"“{path.name}” is an SVG file that cannot be read.")
        return
    if any(does_something(part) for part in root.iter()):
        notes.add(line, f"“{path.name}” holds a script, or fetches something.")


def does_something(part: ElementTree.Element) -> bool:
    """Whether a part of a drawing would run or fetch something."""
    name = str(part.tag).rpartition("}")[2].lower()
    style = part.text or "" if name == "style" else ""
    if name in DOES or any(FETCHES.search(words) for words in [style, *part.attrib.values()]):
        return True
    for key, value in part.attrib.items():
        key = key.rpartition("}")[2].lower()
        if key.startswith("on") or (key == "href" and not value.strip().startswith("#")):
            return True
    return False


def found_image(path: Path, title: str) -> Image | None:
    """The image with this content; the one of this title if there are several."""
    # The hash by which Wagtail knows its files; it protects nothing.
    known = hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
    alike = list(Image.objects.filter(file_hash=known).order_by("pk"))
    return next((image for image in alike if image.title == title), alike[0] if alike else None)


def image_of(path: Path, title: str) -> Image:
    """The image with this content, made if there is none."""
    found = found_image(path, title)
    if found:
        return found
    image = Image(title=title, file=ContentFile(path.read_bytes(), name=path.name))
    image.save()
    image.get_file_hash()
    return image
