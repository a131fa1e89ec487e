"""Questions, prompts and rubric in the reader's language, and answers that still compare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from partnerships.models import TripMember
from people.models import User
from reflections import instruments
from reflections.models import (
    Assessment,
    Entry,
    InstrumentVersion,
    Prompt,
    ReviewRequest,
    RubricVersion,
)
from reflections.outcomes import group_outcome, own_outcomes
from reflections.shipped import default_rubric, load_prompts, load_rubric
from tests.reflections.conftest import answer_all

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 6, 1, 12, tzinfo=UTC)
AFTER = datetime(2026, 7, 10, 12, tzinfo=UTC)
TRANSLATED = ["es", "fr"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page asked for in another language leaves its language behind."""
    yield
    translation.activate("en")


@pytest.fixture
def lucia(amara: User) -> User:
    """Amara, who reads Spanish."""
    amara.language = "es"
    amara.save(update_fields=["language"])
    return amara


def spanish(source: InstrumentVersion) -> InstrumentVersion:
    return instruments.in_language(source, "es")


@pytest.mark.parametrize("language", TRANSLATED)
def test_translated_questions_count_as_their_source_does(
    questions: InstrumentVersion, language: str
) -> None:
    found = instruments.in_language(questions, language)

    shape = ["key", "scale", "is_reversed", "position"]
    assert found.language == language
    assert found.translates == questions
    assert list(found.items.values_list(*shape)) == list(questions.items.values_list(*shape))
    assert not {item.text for item in found.items.all()} & {i.text for i in questions.items.all()}


def test_questions_that_changed_are_asked_in_english_until_they_are_translated(
    questions: InstrumentVersion, tmp_path: Path
) -> None:
    text = (instruments.FOLDER / "bothways-own.en.yaml").read_text()
    changed = tmp_path / "bothways-own.en.yaml"
    changed.write_text(text.replace("I stay calm when", "I keep calm when"))

    newer = instruments.load(changed, at=BEFORE)

    assert instruments.current("es") == newer


def test_translation_of_other_questions_is_refused(
    questions: InstrumentVersion, tmp_path: Path
) -> None:
    text = (instruments.FOLDER / "bothways-own.es.yaml").read_text()
    bad = tmp_path / "bad.yaml"
    bad.write_text(text.replace("key: skip-test", "key: another"))

    with pytest.raises(instruments.BadInstrument, match="not the same questions"):
        instruments.load_translation(bad, at=BEFORE)


def test_translation_of_a_version_that_is_not_here_waits(
    questions: InstrumentVersion, tmp_path: Path
) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(f"key: bothways-own\nlanguage: es\ntranslates: {'0' * 64}\nitems: []\n")

    assert instruments.load_translation(other, at=BEFORE) is None


@time_machine.travel(BEFORE)
def test_person_answers_in_their_language_and_the_answer_says_so(
    client: Client, lucia: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(lucia)
    url = reverse("reflections:assessment", args=[amara_part.public_id, "pre"])
    answers = {item.key: "4" for item in questions.items.all()}

    page = client.get(url).text
    client.post(url, answers | {"submit": "1"})

    assert "Mantengo la calma cuando nadie puede decir qué va a pasar." in page
    assert "Muy de acuerdo" in page
    assert Assessment.objects.get().instrument.language == "es"


@time_machine.travel(BEFORE)
def test_answers_begun_in_one_language_go_on_in_another(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(amara)
    url = reverse("reflections:assessment", args=[amara_part.public_id, "pre"])
    client.post(url, {"know-price": "2", "save": "1"})
    User.objects.filter(pk=amara.pk).update(language="fr")

    page = client.get(url).text
    client.post(url, {"skip-test": "3", "save": "1"})

    kept = Assessment.objects.get()
    assert "Je reste calme" in page
    assert kept.answers == {"know-price": 2, "skip-test": 3}
    assert kept.instrument.language == "fr"


def test_answers_in_two_languages_compare(
    amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    answer_all(amara_part, "pre", 2, questions, BEFORE)
    answer_all(amara_part, "post", 4, spanish(questions), AFTER)

    own = own_outcomes(amara)[0]
    group = group_outcome("Everybody", TripMember.objects.filter(pk=amara_part.pk))

    assert own.is_comparable
    assert group.both == 1


def test_answers_to_two_versions_do_not_compare(
    amara: User, amara_part: TripMember, questions: InstrumentVersion, tmp_path: Path
) -> None:
    text = (instruments.FOLDER / "bothways-own.en.yaml").read_text()
    changed = tmp_path / "bothways-own.en.yaml"
    changed.write_text(text.replace("I stay calm when", "I keep calm when"))
    answer_all(amara_part, "pre", 2, spanish(questions), BEFORE)
    answer_all(amara_part, "post", 4, instruments.load(changed, at=AFTER), AFTER)

    assert not own_outcomes(amara)[0].is_comparable
    assert group_outcome("Everybody", TripMember.objects.filter(pk=amara_part.pk)).both == 0


def test_every_prompt_is_offered_once_in_the_readers_language(
    client: Client, shipped: None, lucia: User, amara_part: TripMember
) -> None:
    client.force_login(lucia)

    page = client.get(reverse("reflections:new_entry")).text

    assert page.count("?prompt=did-without") == 1
    assert "Una prueba que no hice" in page
    assert "A test I did without" not in page


def test_entry_keeps_the_question_in_the_language_in_which_it_was_asked(
    client: Client, shipped: None, lucia: User, amara_part: TripMember
) -> None:
    client.force_login(lucia)

    client.post(reverse("reflections:new_entry"), {"prompt": "did-without"})

    entry = Entry.objects.get()
    assert entry.prompt_text.startswith("Una prueba, un medicamento o un aparato")
    assert entry.prompt
    assert entry.prompt.locale.language_code == "es"


@pytest.mark.parametrize("language", TRANSLATED)
def test_all_prompts_are_translated(shipped: None, language: str) -> None:
    keys = Prompt.objects.filter(locale__language_code="en").values_list("key", flat=True)
    found = Prompt.objects.filter(locale__language_code=language, live=True)

    assert sorted(found.values_list("key", flat=True)) == sorted(keys)


def test_prompt_without_a_translation_is_offered_in_english(shipped: None) -> None:
    Prompt.objects.filter(key="surprised", locale__language_code="es").delete()

    offered = Prompt.objects.offered().in_language("es")

    assert offered.get(key="surprised").title == "A moment that surprised me"
    assert offered.get(key="across-rank").title == "Dicho y oído"


def test_prompt_that_an_editor_changed_is_not_translated_from_the_file(shipped: None) -> None:
    changed = Prompt.objects.get(key="surprised", locale__language_code="en")
    changed.text = "What surprised you?"
    changed.save(update_fields=["text"])
    Prompt.objects.filter(key="surprised", locale__language_code="es").delete()

    load_prompts()

    assert not Prompt.objects.filter(key="surprised", locale__language_code="es").exists()


@pytest.mark.parametrize("language", TRANSLATED)
def test_rubric_has_the_same_criteria_and_levels_in_each_language(
    shipped: None, language: str
) -> None:
    load_rubric()

    found, source = default_rubric(language), default_rubric()

    assert found
    assert source
    assert found.locale.language_code == language
    assert found.translation_key == source.translation_key
    assert RubricVersion.objects.count() == 1 + len(TRANSLATED)
    shape = ["key", "position", "levels__number"]
    assert list(found.criteria.values_list(*shape)) == list(source.criteria.values_list(*shape))


def test_reviewer_sees_the_rubric_in_their_language(
    client: Client, sent: Entry, dr_osei: User
) -> None:
    dr_osei.language = "es"
    dr_osei.save(update_fields=["language"])
    client.force_login(dr_osei)
    request = ReviewRequest.objects.get(reviewer=dr_osei)

    page = client.get(reverse("reflections:desk_entry", args=[request.public_id])).text

    assert "El momento de duda" in page
    assert "No se nombra ninguna tensión." in page
