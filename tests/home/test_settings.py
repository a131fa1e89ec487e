"""Every setting that comes from the environment is declared once and told to operators."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lms.settings import environment

ROOT = Path(__file__).resolve().parent.parent.parent
ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`(.*?)`|empty) \| (.+) \|$", re.MULTILINE)
READS = re.compile(r"""\b(?:env|environ)(?:\.\w+)?[(\[]["']([A-Z_]+)["']""")


def test_manual_lists_every_setting_with_its_default() -> None:
    rows = ROW.findall((ROOT / "docs" / "operating.md").read_text())

    assert rows == [(v.name, v.default, v.meaning) for v in environment.VARIABLES.values()]


def test_settings_read_nothing_that_is_not_declared() -> None:
    files = (ROOT / "lms" / "settings").glob("*.py")
    read = {name for file in files for name in READS.findall(file.read_text())}

    assert read <= set(environment.VARIABLES)


def test_undeclared_setting_cannot_be_read() -> None:
    with pytest.raises(KeyError):
        environment.read("SOMETHING_ELSE")


def test_bad_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDLE_MINUTES", "half an hour")

    with pytest.raises(SystemExit, match="IDLE_MINUTES must be a whole number"):
        environment.number("IDLE_MINUTES")


@pytest.mark.parametrize("url", ["nonsense", "mysql://a:secret@b/c", "postgres://a:secret@b:x/c"])
def test_address_of_no_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SystemExit, match="DATABASE_URL must look like") as refusal:
        environment.read_address(url)

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "value"), [("on", True), ("True", True), ("1", True), ("off", False), ("", False)]
)
def test_switches_are_read_in_words(
    monkeypatch: pytest.MonkeyPatch, text: str, value: bool
) -> None:
    monkeypatch.setenv("REQUIRE_MFA", text)

    assert environment.switch("REQUIRE_MFA") is value
