"""The frozen copy of a lesson: plain JSON from which the page can be drawn without other rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from publishing.freezing import freeze_image, freeze_media

if TYPE_CHECKING:
    from .models import LessonPage

SCHEMA = 1


def freeze_lesson(page: LessonPage, *, keep: bool) -> dict[str, Any]:
    """Title, blocks with their ids, sources, and what is known of each file it shows."""
    return {
        "schema": SCHEMA,
        "title": page.title,
        "summary": page.summary,
        "language": page.locale.language_code,
        "themes": page.themes,
        "serves": [block["value"] for block in raw(page.serves)],
        "body": raw(page.body),
        "sources": [block["value"] for block in raw(page.sources)],
        "files": freeze_files(page, keep=keep),
    }


def raw(stream: Any) -> list[dict[str, Any]]:
    """The blocks as plain data, every one with its id and all its fields."""
    stream.get_prep_value()  # gives ids to blocks that have none yet
    return [child.get_prep_value() for child in stream]


def freeze_files(page: LessonPage, *, keep: bool) -> dict[str, Any]:
    """By `image:12` or `media:3`, as the blocks name them."""
    files: dict[str, Any] = {}
    for block in page.body:
        if block.block_type == "figure" and block.value["image"]:
            image = block.value["image"]
            files[f"image:{image.pk}"] = freeze_image(image, keep=keep)
        if block.block_type == "recording" and block.value["media"]:
            media = block.value["media"]
            files[f"media:{media.pk}"] = freeze_media(media, keep=keep)
    return files


def file_names(content: dict[str, Any]) -> Iterator[str]:
    """Every stored file that the copy shows."""
    for file in content["files"].values():
        yield file["file"]
        for captions in file.get("captions", []):
            yield captions["file"]
