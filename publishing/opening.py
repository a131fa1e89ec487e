"""Which files visitors may see: those that stand on a live page that is open to everybody."""

from __future__ import annotations

import re

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from .freezing import FOLDER
from .models import Edition, Image, Media, MediaTrack

# Packages that wait for an editor's word: read by the server, handed to nobody.
WAITING = "packages"
RENDITION_FOLDER = re.compile(r"^images/")


def owner_of(name: str) -> Image | Media | None:
    """The image or medium that a stored file belongs to."""
    if RENDITION_FOLDER.match(name):
        found = Image.objects.filter(renditions__file=name).first()
        if found:
            return found
    image = Image.objects.filter(file=name).first()
    if image:
        return image
    track = MediaTrack.objects.filter(file=name).select_related("media").first()
    return track.media if track else Media.objects.filter(file=name).first()


def pages_in_editions(name: str) -> list[int]:
    """The pages that published an edition with this file."""
    return list(Edition.objects.filter(files__name=name).values_list("page_id", flat=True))


def pages_in_cms(name: str) -> list[int]:
    """The pages that refer to the file's owner today."""
    owner = owner_of(name)
    if owner is None:
        return []
    pages = ReferenceIndex.get_references_to(owner).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return [int(pk) for pk in pages.values_list("object_id", flat=True)]


def is_open_to_visitors(name: str) -> bool:
    """Whether a live page that says `is_open` refers to the file's owner."""
    ids = pages_in_editions(name) if name.startswith(f"{FOLDER}/") else pages_in_cms(name)
    live = Page.objects.filter(pk__in=ids).live().specific()
    return any(getattr(page, "is_open", False) for page in live)
