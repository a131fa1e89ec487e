"""Reads a roster from CSV or XLSX into rows of text, or says in one sentence why it cannot."""

from __future__ import annotations

import csv
import io
import logging
import zipfile
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from openpyxl import load_workbook

LARGEST = 1_000_000  # bytes of the file
UNPACKED = 20_000_000  # bytes of what is inside an XLSX
MOST_ROWS = 500
MOST_COLUMNS = 30

COLUMNS = {
    "name": {"name", "full name", "display name", "nombre", "nom"},
    "email": {"email", "e-mail", "e-mail address", "email address", "mail", "correo", "courriel"},
    "role": {"role", "rol", "rôle"},
    "programme": {"programme", "program", "department", "programa"},
    "cohort": {"cohort", "year", "cohorte", "año", "année"},
}
NEEDED = ["name", "email"]

NEITHER = gettext_lazy("This is neither a CSV file nor an Excel workbook (.xlsx).")

Cells = dict[str, str]
log = logging.getLogger(__name__)


class Unreadable(Exception):
    """The file as a whole cannot be used; the text is a sentence for the person."""


def read(name: str, content: bytes) -> list[tuple[int, Cells]]:
    """Row numbers as the spreadsheet shows them, each with its cells by column."""
    if not content.strip():
        raise Unreadable(_("This file is empty."))
    if len(content) > LARGEST:
        raise Unreadable(_("This file is larger than 1 MB. A list of 500 people is far smaller."))
    if content.startswith(b"PK"):
        table = from_xlsx(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("This is an old or a locked Excel file. Save it as .xlsx without a password, or CSV.")
        )
    else:
        table = from_csv(content)
    return by_column(table)


def from_xlsx(content: bytes) -> list[list[str]]:
    """The first sheet. Formulas come as their text, so that they are seen and refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise Unreadable(_("This file unpacks to far more than a list of people."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        return [[as_text(cell) for cell in row] for row in rows]
    except Unreadable:
        raise
    except Exception as error:
        # A damaged workbook fails in many ways, deep inside the reader.
        log.info("roster not readable: %s", type(error).__name__)
        raise Unreadable(_("This is no Excel workbook, or it is damaged. Try CSV.")) from error


def as_text(cell: Any) -> str:
    """What stands in the cell: a year typed as a number has no decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def from_csv(content: bytes) -> list[list[str]]:
    """Text with commas, semicolons or tabs, in UTF-8, UTF-16 or what Windows writes."""
    text = decoded(content)
    first = text.split("\n", 1)[0]
    if any(ord(c) < 32 and c not in "\t\r" for c in first):
        raise Unreadable(str(NEITHER))
    comma = max([",", ";", "\t"], key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
        return [row[:MOST_COLUMNS] for row in reader]
    except csv.Error as error:
        raise Unreadable(str(NEITHER)) from error


def decoded(content: bytes) -> str:
    """The text of the file; the preview shows whether the letters came out right."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise Unreadable(str(NEITHER)) from error
        return content.decode("cp1252", errors="replace")


def by_column(table: Iterable[list[str]]) -> list[tuple[int, Cells]]:
    """The rows below the heading, empty ones left out."""
    rows = list(table)
    where = columns_of(rows[0] if rows else [])
    found = [
        (number, {key: row[place] if place < len(row) else "" for key, place in where.items()})
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    if not found:
        raise Unreadable(_("Below the heading there is no row."))
    if len(found) > MOST_ROWS:
        raise Unreadable(
            ngettext(
                "This list is too long: %(n)s row is possible at once. Split it.",
                "This list is too long: %(n)s rows are possible at once. Split it.",
                MOST_ROWS,
            )
            % {"n": MOST_ROWS}
        )
    return found


def columns_of(heading: list[str]) -> dict[str, int]:
    """Which column holds what, by the names in the first row."""
    words = [cell.strip().lower() for cell in heading]
    where = {
        key: words.index(word) for key, names in COLUMNS.items() for word in words if word in names
    }
    missing = [key for key in NEEDED if key not in where]
    if missing:
        raise Unreadable(
            _("Row 1 must name the columns. Missing: %(names)s. Possible: %(all)s.")
            % {"names": ", ".join(missing), "all": ", ".join(COLUMNS)}
        )
    return where
