"""The glossary comes from a file, by the same command as the modules."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from curriculum.models import GlossaryPage, ModulePage
from people.models import User
from publishing.models import Edition
from tests.curriculum.files import line_of, write_module
from tests.curriculum.glossary_files import GLOSSARY, load, write

URL = "/curriculum/glossary/"


def refusal(folder: Path) -> str:
    """What the command prints when it refuses."""
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("load_curriculum", str(folder), stdout=out, stderr=out)
    return out.getvalue()


def test_loading_twice_changes_nothing(db: None, tmp_path: Path) -> None:
    write(tmp_path)
    load(tmp_path)
    before = GlossaryPage.objects.get().latest_revision_id

    printed = load(tmp_path)

    assert "Glossary: unchanged" in printed
    assert GlossaryPage.objects.get().latest_revision_id == before


def test_it_makes_no_editions(db: None, tmp_path: Path) -> None:
    load(write(tmp_path))

    assert not Edition.objects.filter(page=GlossaryPage.objects.get()).exists()


def test_editors_work_is_left_alone(db: None, eleni: User, tmp_path: Path) -> None:
    load(write(tmp_path))
    page = GlossaryPage.objects.get()
    page.save_revision(user=eleni).publish()
    write(tmp_path, GLOSSARY.replace("ECMO", "ecmo"))

    assert "Glossary: left alone" in load(tmp_path)
    assert "Glossary: published" in load("--overwrite", tmp_path)


def test_blocks_keep_their_ids(db: None, tmp_path: Path) -> None:
    load(write(tmp_path))
    before = [block.id for block in GlossaryPage.objects.get().terms]

    load(write(tmp_path, GLOSSARY.replace("A machine outside", "A machine standing outside")))

    assert [block.id for block in GlossaryPage.objects.get().terms] == before


def test_translation_is_loaded_beside_its_source(
    client: Client, amara: User, tmp_path: Path
) -> None:
    write(tmp_path)
    text = GLOSSARY.replace("language: en", "language: es").replace("title: Gloss", "title: Glos")
    write(tmp_path, text.replace("ECMO", "ñandú"), "es/glossary.yaml")
    load(tmp_path)
    client.force_login(amara)

    assert "ñandú" in client.get(f"{URL}?lang=es").text
    assert "ECMO" in client.get(f"{URL}?lang=en").text
    assert GlossaryPage.objects.values("translation_key").distinct().count() == 1


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("page: language\n", "page: nowhere\n", "There is no module or lesson “nowhere”."),
        ("page: language/what", "page: language/who", "There is no module or lesson"),
        ("term: édition", "term: teach-back", "stands already in line 4."),
        ("term: édition", "term: TEACH-back", "stands already in line 4."),
        ("    definition: A machine outside the body.\n", "", "has “term” and “definition”"),
        ("A machine outside the body.", "x" * 301, "has 301 characters"),
        ("term: ECMO", "word: ECMO", "has “term” and “definition”"),
        ("title: Glossary", "title: Glossary\nauthor: me", "“author” is not a key"),
        ("language: en", "language: tlh", "is no language of this installation."),
        ("title: Glossary\n", "", "“title” is missing."),
        ("  - term: ECMO", "  - term: [", "glossary.yaml, line"),
        (GLOSSARY, "- a\n", "A glossary has “language”, “title” and “terms”."),
    ],
)
def test_fault_is_named_with_its_line(
    db: None, tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    write(tmp_path, GLOSSARY.replace(old, new))

    printed = refusal(tmp_path)

    assert sentence in printed
    assert "glossary.yaml, line " in printed
    assert not GlossaryPage.objects.exists()
    assert not ModulePage.objects.exists()


def test_line_of_a_fault_is_that_of_its_term(db: None, tmp_path: Path) -> None:
    text = GLOSSARY.replace("page: language\n", "page: nowhere\n")
    write(tmp_path, text)

    assert f"line {line_of(text, '- term: édition')}: There is no module" in refusal(tmp_path)


def test_translation_without_source_is_refused(db: None, tmp_path: Path) -> None:
    write(tmp_path, GLOSSARY.replace("language: en", "language: es"))

    assert "It translates no glossary." in refusal(tmp_path)


def test_module_cannot_take_its_address(db: None, tmp_path: Path) -> None:
    folder = write_module(tmp_path)
    file = folder / "module.md"
    file.write_text(file.read_text().replace("slug: language", "slug: glossary"))

    assert "The address “glossary” is taken." in refusal(tmp_path)
