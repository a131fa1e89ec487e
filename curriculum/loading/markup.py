"""Markdown as the rich text of the CMS: paragraphs, two orders of headings, lists, links."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.token import Token

PLAIN = {"strong": "b", "em": "i"}
LIST = {"bullet_list": "ul", "ordered_list": "ol", "list_item": "li"}
REFUSED = {
    "blockquote_open": "Words of others stand in a block: “::: quote {#id by=…}”.",
    "fence": "There is no code in a lesson.",
    "code_block": "A line that begins with four spaces would be code. Take them away.",
    "code_inline": "There is no code in a lesson.",
    "image": "A picture stands in a block: “::: figure {#id svg=…}”.",
    "html_block": "HTML is not used here.",
    "html_inline": "HTML is not used here.",
    "table_open": "A table stands in a block: “::: table {#id}”.",
    "hr": "A lesson has no rules; use a heading.",
}
# `page:` is a module or lesson of ours, by its address: page:why-we-go/forty-hernias.
# `here:` is any other address of this installation: here:/help/.
PAGE, HERE = "page:", "here:"
LINKS = ("https://", "http://", "ftp://", "ftps://", "mailto:", "tel:", "#", PAGE, f"{HERE}/")

Found = list[tuple[int, str]]


def parser() -> MarkdownIt:
    """CommonMark with tables, so that what we do not use is noticed and not shown raw."""
    found = MarkdownIt("commonmark").enable("table")
    found.normalizeLink = str  # type: ignore  # an address stays as it is written
    return found


def to_html(text: str, faults: Found, *, headings: bool = False) -> str:
    """Rich text; what does not belong there is added to `faults` with its line (from 0)."""
    return "".join(blocks(parser().parse(text), faults, headings))


def to_inline(text: str, faults: Found) -> str:
    """One paragraph of rich text."""
    return f"<p>{inline(parser().parseInline(text)[0].children or [], faults, 0)}</p>"


def blocks(tokens: Sequence[Token], faults: Found, headings: bool) -> list[str]:
    """Tokens of blocks as HTML."""
    html: list[str] = []
    for token in tokens:
        line = token.map[0] if token.map else 0
        kind = token.type.removesuffix("_open").removesuffix("_close")
        slash = "/" if token.type.endswith("_close") else ""
        if token.type in REFUSED:
            faults.append((line, REFUSED[token.type]))
        elif kind == "heading" and not slash:
            check_heading(token.tag, line, faults, headings)
            html.append(f"<{token.tag}>")
        elif kind == "heading":
            html.append(f"</{token.tag}>")
        elif kind in LIST:
            html.append(f"<{slash}{LIST[kind]}>")
        elif kind == "paragraph" and not token.hidden:
            html.append(f"<{slash}p>")
        elif token.type == "inline":
            html.append(inline(token.children or [], faults, line))
    return html


def check_heading(tag: str, line: int, faults: Found, headings: bool) -> None:
    """Two orders of headings, and only in running text."""
    if not headings:
        faults.append((line, "A heading does not belong into this block."))
    elif tag not in {"h2", "h3"}:
        faults.append((line, "Headings are of the second or third order: “##” or “###”."))


def inline(tokens: Sequence[Token], faults: Found, line: int) -> str:
    """Tokens of a line as HTML."""
    html: list[str] = []
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        slash = "/" if token.type.endswith("_close") else ""
        if token.type in REFUSED:
            faults.append((line, REFUSED[token.type]))
        elif token.type == "text":
            html.append(escape(token.content))
        elif token.type == "softbreak":
            html.append(" ")
        elif token.type == "hardbreak":
            html.append("<br/>")
        elif kind in PLAIN:
            html.append(f"<{slash}{PLAIN[kind]}>")
        elif kind == "link":
            html.append("</a>" if slash else link(str(token.attrGet("href")), faults, line))
    return "".join(html)


def link(address: str, faults: Found, line: int) -> str:
    """The opening of a link to the web or to a mail address."""
    if not address.startswith(LINKS) or address.startswith(f"{HERE}//"):
        faults.append((line, f"A link begins with https:// or mailto:, not “{address}”."))
        return "<a>"
    return f'<a href="{escape(address.removeprefix(HERE))}">'
