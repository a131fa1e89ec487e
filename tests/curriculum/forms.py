"""What a browser posts from the editor's form of a lesson."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

INLINE = ["bold", "italic", "link"]


def words(html: str, features: list[str] | None = None) -> str:
    """Rich text as the editor sends it."""
    return rich_text(html, features=features or INLINE)


def list_of(*values: Any) -> dict[str, Any]:
    """A list block."""
    items = {
        str(n): {"value": value, "deleted": "", "order": str(n), "id": ""}
        for n, value in enumerate(values)
    }
    return items | {"count": str(len(values))}


def grid(headings: list[str], *rows: list[str]) -> dict[str, Any]:
    """A table; the last column is a number."""
    data: dict[str, Any] = {
        "caption": "",
        "column-count": str(len(headings)),
        "row-count": str(len(rows)),
    }
    for n, heading in enumerate(headings):
        kind = "number" if n == len(headings) - 1 else "text"
        data |= {
            f"column-{n}-type": kind,
            f"column-{n}-order": str(n),
            f"column-{n}-deleted": "",
            f"column-{n}-heading": heading,
        }
    for r, row in enumerate(rows):
        data |= {f"row-{r}-order": str(r), f"row-{r}-deleted": ""}
        data |= {f"cell-{r}-{c}": cell for c, cell in enumerate(row)}
    return data


def choice(text: str, *, right: bool = False, because: str = "Because.") -> dict[str, str]:
    """An answer of a check."""
    ticked = {"right": "on"} if right else {}
    return {"text": text, "explanation": because} | ticked


def question(*choices: dict[str, str], multiple: bool = False) -> dict[str, Any]:
    """A knowledge check."""
    ticked = {"multiple": "on"} if multiple else {}
    return {"question": "What do you do first?", "choices": list_of(*choices)} | ticked


def cited(key: str = "flores2012") -> tuple[str, dict[str, str]]:
    """A source."""
    return "source", {
        "key": key,
        "citation": "Flores G. 2012. doi 10.1016/j.x.1",
        "read": "abstract",
    }


def every_block(image: int, media: int) -> list[tuple[str, Any]]:
    """One block of each kind."""
    table = grid(["Who", "Errors"], ["A helper", "22 %"])
    return [
        ("text", words("<h2>You could have timed it</h2><p>So <b>count</b>. [@flores2012]</p>",
                       ["h2", "h3", *INLINE, "ol", "ul"])),
        ("vignette", {"text": words("<p>Rehema is mopping.</p>", ["bold", "italic"]),
                      "agreed_with": "Sister Agnes Tarimo"}),
        ("fact", {"text": words("<p>57 visits, 1,884 errors.</p>"), "source": "flores2012"}),
        ("figure", {"title": "Hours count", "image": str(image), "alt": "Bars: 22 and 2 percent.",
                    "table": table, "note": "Shares of errors.", "source": "flores2012"}),
        ("recording", {"media": str(media), "title": "Sister Agnes explains", "source": ""}),
        ("quote", {"text": "Has anyone told her that she may interrupt?",
                   "by": "Sister Agnes Tarimo, Kilimari", "invented": "on"}),
        ("table", {"title": "Counted", "table": table, "note": "", "source": ""}),
        ("steps", {"steps": list_of(words("<p>Ask who interprets.</p>"),
                                    words("<p>Brief for one minute.</p>"))}),
        ("check", question(choice("Go on"), choice("Pause", right=True, because="It shows you."))),
    ]  # fmt: skip


def lesson_form(body: list[tuple[str, Any]], **fields: Any) -> dict[str, Any]:
    """The whole form."""
    data = {
        "title": "What gets lost",
        "slug": "what-gets-lost",
        "number": "1",
        "summary": "Ten seconds.",
        "body": streamfield(body),
        "sources": streamfield([cited()]),
        "serves": streamfield([]),
        "change": "",
        "change_note": "",
        "comments": inline_formset([]),
    } | fields
    return nested_form_data(data)


def page_errors(response: Any) -> str:
    """The errors that the CMS shows, for messages of tests."""
    form = response.context["form"] if response.context else None
    return str(form.errors) if form else str(response.status_code)


def child_of(parent: Page, slug: str) -> Page:
    """The page of this slug below another."""
    return Page.objects.child_of(parent).get(slug=slug).specific
