"""A glossary as somebody writes it, beside a module, and what the command says of it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from tests.curriculum.files import write_module

GLOSSARY = """language: en
title: Glossary
terms:
  - term: teach-back
    definition: Asking somebody to say it in their own words.
    page: language/what-gets-lost
  - term: ECMO
    definition: A machine outside the body.
  - term: édition
    definition: A lesson as it was published.
    page: language
"""


def write(folder: Path, text: str = GLOSSARY, name: str = "glossary.yaml") -> Path:
    """A folder with module 3 and a glossary."""
    write_module(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return folder


def load(*arguments: Any) -> str:
    """Run the command; what it prints."""
    out = StringIO()
    call_command("load_curriculum", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()
