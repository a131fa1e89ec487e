"""Which files visitors may see: those that stand on a live page that is open to everybody."""

from __future__ import annotations

import re

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from .models import Image, Media, MediaTrack

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


def is_open_to_visitors(name: str) -> bool:
    """Whether a live page that says `is_open` refers to the file's owner."""
    owner = owner_of(name)
    if owner is None:
        return False
    pages = ReferenceIndex.get_references_to(owner).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    ids = [int(pk) for pk in pages.values_list("object_id", flat=True)]
    live = Page.objects.filter(pk__in=ids).live().specific()
    return any(getattr(page, "is_open", False) for page in live)
