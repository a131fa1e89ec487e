"""How people are called."""

from __future__ import annotations

import pytest

from people.models import User


@pytest.mark.parametrize(
    ("display_name", "called"),
    [
        ("Dr Neema Mushi", "Neema"),
        ("Dra. Lucía Batz Ordóñez", "Lucía"),
        ("Doña Marta Xicará", "Marta"),
        ("Ines Halloran", "Ines"),
        ("Prof.", "Prof."),
    ],
)
def test_title_is_not_what_one_is_called(display_name: str, called: str) -> None:
    assert User(display_name=display_name).get_short_name() == called
