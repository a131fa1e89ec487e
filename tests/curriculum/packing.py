"""Packages in tests: made, opened, and what they show made by chance."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from hypothesis import strategies as st
from PIL import Image as Pillow

from curriculum.models import ModulePage
from curriculum.packing.packages import write_package
from publishing.models import Image, Media, MediaTrack
from tests.curriculum.making import picture
from tests.curriculum.wording import LINE, PARAGRAPH, RICH, TEXT, filled

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nTwo minutes go in.\n"
SOURCE = st.sampled_from(["who2012", "flores2012"])
SOURCE_OR_NONE = st.sampled_from(["", "who2012"])


def packed(module: ModulePage) -> bytes:
    """The module as a package."""
    target = io.BytesIO()
    write_package(module, target)
    return target.getvalue()


def files_of(package: bytes) -> dict[str, bytes]:
    """What is in it, by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    """A package of these files, with a manifest that agrees with them."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in files.items()
        if name != "manifest.json"
    }
    return raw_zip(files | {"manifest.json": json.dumps(manifest).encode()})


def raw_zip(files: dict[str | zipfile.ZipInfo, bytes] | Any) -> bytes:
    """A zip of these files, whatever they are called."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def photograph() -> Image:
    """An uploaded picture that is no drawing."""
    data = io.BytesIO()
    Pillow.new("RGB", (4, 3), "green").save(data, "PNG")
    return Image.objects.create(title="Green", file=ContentFile(data.getvalue(), "green.png"))


def talk(kind: str = "audio") -> Media:
    """An uploaded recording with captions and a transcript."""
    data = b"ID3 sound" if kind == "audio" else b"\0\0\0 ftypisom"
    name = "talk.mp3" if kind == "audio" else "talk.mp4"
    stored = ContentFile(data, name)
    media = Media.objects.create(title="A talk", type=kind, duration=2, file=stored)
    MediaTrack.objects.create(
        media=media, kind="captions", language="en", file=ContentFile(VTT, "a.vtt")
    )
    MediaTrack.objects.create(media=media, kind="transcript", language="en", text="Two: “minutes”.")
    return media


def shown() -> dict[str, list[int]]:
    """The files that generated lessons show."""
    return {"figure": [picture().pk, photograph().pk], "recording": [talk().pk, talk("video").pk]}


def one_of(kind: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A block with an id as the CMS gives it."""
    return st.tuples(value, st.uuids(version=4)).map(
        lambda pair: {"type": kind, "value": pair[0], "id": str(pair[1])}
    )


def items(value: st.SearchStrategy[Any], least: int, most: int) -> st.SearchStrategy[Any]:
    """Lines of a list block."""
    once = {"unique_by": lambda line: repr(line["value"])}
    return st.lists(one_of("item", value), min_size=least, max_size=most, **once)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """A table with a heading for every column."""
    kinds = draw(st.lists(st.sampled_from(["text", "number"]), min_size=1, max_size=3))
    cell = st.one_of(LINE, st.sampled_from(["", "22 %", "-", "--", ":-:", "|"]))
    rows = draw(
        st.lists(st.lists(cell, min_size=len(kinds), max_size=len(kinds)), min_size=1, max_size=3)
    )
    return {
        "columns": [{"type": kind, "heading": draw(LINE)} for kind in kinds],
        "rows": [{"values": row} for row in rows],
        "caption": draw(st.one_of(st.just(""), LINE)),
    }


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Any]:
    """A check: one right, or several where several may be."""
    several = draw(st.booleans())
    choice = {"text": LINE, "right": st.just(False), "explanation": TEXT}
    answers = draw(items(st.fixed_dictionaries(choice), 3, 4))
    for answer in answers[: 2 if several else 1]:
        answer["value"]["right"] = True
    return {"question": draw(TEXT), "multiple": several, "choices": answers}


def bodies(files: dict[str, list[int]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """The blocks of a lesson, of every kind and in any order, with one text at least."""
    fixed = st.fixed_dictionaries
    kinds = {
        "text": filled(RICH),
        "vignette": fixed({"text": filled(PARAGRAPH), "agreed_with": st.one_of(st.just(""), LINE)}),
        "fact": fixed({"text": filled(PARAGRAPH), "source": SOURCE}),
        "figure": fixed(
            {
                "title": LINE,
                "image": st.sampled_from(files["figure"]),
                "alt": TEXT,
                "table": tables(),
                "note": st.one_of(st.just(""), TEXT),
                "source": SOURCE_OR_NONE,
            }
        ),
        "recording": fixed(
            {"media": st.sampled_from(files["recording"]), "title": LINE, "source": SOURCE_OR_NONE}
        ),
        "quote": fixed({"text": TEXT, "by": LINE, "invented": st.booleans()}),
        "table": fixed(
            {
                "title": LINE,
                "table": tables(),
                "note": st.one_of(st.just(""), TEXT),
                "source": SOURCE_OR_NONE,
            }
        ),
        "steps": fixed({"steps": items(filled(PARAGRAPH), 2, 3)}),
        "check": choices(),
    }
    blocks = [one_of(kind, value) for kind, value in kinds.items()]
    some = st.lists(st.one_of(blocks), max_size=4)
    return st.tuples(some, blocks[0], some).map(lambda part: [*part[0], part[1], *part[2]])


def lines(value: st.SearchStrategy[Any], kind: str, most: int) -> st.SearchStrategy[Any]:
    """A stream of one kind of block."""
    return st.lists(one_of(kind, value), max_size=most)


MODULE = st.fixed_dictionaries(
    {
        "title": LINE,
        "summary": TEXT,
        "intro": st.lists(PARAGRAPH, max_size=3).map("".join),
        "themes": st.sampled_from(["ACV", "K"]),
        "opinions": lines(
            st.fixed_dictionaries({"question": TEXT, "answers": items(LINE, 2, 4)}), "opinion", 3
        ),
        "further_reading": lines(
            st.fixed_dictionaries(
                {"citation": TEXT, "gives": LINE, "access": st.sampled_from(["open", "library"])}
            ),
            "reading",
            3,
        ),
        "authors": lines(
            st.fixed_dictionaries(
                {"name": LINE, "institution": st.one_of(st.just(""), LINE), "country": LINE}
            ),
            "author",
            2,
        ),
        "required": st.sampled_from(["", "before", "after"]),
        "validity_months": st.one_of(st.none(), st.integers(1, 60)),
        "cme_hours": st.one_of(st.none(), st.decimals("0.25", "99.99", places=2)),
        "facts_due": st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2035, 1, 1))),
        "open_to_visitors": st.booleans(),
    }
)
