"""Rich text of the CMS in one form, so that two texts can be compared whoever wrote them.

An editor's text carries keys for comments and empty lines, a file's does not, and bold in italics
is italics in bold: what readers see is the same, and here it becomes the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

BREAK = "\n"
STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i"}
HEADINGS = {"h2", "h3"}
LISTS = {"ul", "ol"}


@dataclass(frozen=True)
class Run:
    """Words in one style. `link` is an address, or `page:` and the number of a page."""

    text: str
    styles: frozenset[str] = frozenset()
    link: str = ""


Line = tuple[Run, ...]


@dataclass
class Block:
    """A paragraph, a heading, or a list with the blocks of each of its lines."""

    kind: str
    line: Line = ()
    items: list[list[Block]] = field(default_factory=list)


class Reader(HTMLParser):
    """HTML as blocks. Tags that the CMS does not offer are noted in `unknown`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.places: list[list[Block]] = [self.blocks]
        self.lists: list[Block] = []
        self.kind = "p"
        self.runs: list[Run] = []
        self.styles: list[str] = []
        self.link = ""
        self.unknown: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block, a list, a style, a link or a break begins."""
        if tag in STYLES:
            self.styles.append(STYLES[tag])
        elif tag == "a":
            self.link = link_of(dict(attrs))
        elif tag == "br":
            self.runs.append(Run(BREAK))
        elif tag == "p" or tag in HEADINGS:
            self.end_block()
            self.kind = tag
        elif tag in LISTS:
            self.end_block()
            self.lists.append(Block(tag))
            self.places[-1].append(self.lists[-1])
        elif tag == "li" and self.lists:
            self.lists[-1].items.append([])
            self.places.append(self.lists[-1].items[-1])
        else:
            self.unknown.add(tag)

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        if tag in STYLES and STYLES[tag] in self.styles:
            self.styles.remove(STYLES[tag])
        elif tag == "a":
            self.link = ""
        elif tag == "p" or tag in HEADINGS:
            self.end_block()
        elif tag in LISTS and self.lists:
            self.end_block()
            self.lists.pop()
        elif tag == "li" and len(self.places) > 1:
            self.end_block()
            self.places.pop()

    def handle_data(self, data: str) -> None:
        """Words; the ends of lines in the HTML are spaces."""
        text = data.replace("\r\n", "\n").replace("\r", "\n").replace("\n", " ")
        self.runs.append(Run(text, frozenset(self.styles), self.link))

    def end_block(self) -> None:
        """What was read becomes a block; what is empty does not."""
        line = joined(self.runs)
        if line:
            self.places[-1].append(Block(self.kind, line))
        self.runs, self.kind = [], "p"


def link_of(attrs: dict[str, str | None]) -> str:
    """Where a link leads."""
    if attrs.get("linktype") == "page":
        return f"page:{attrs.get('id')}"
    return attrs.get("href") or ""


def joined(runs: list[Run]) -> Line:
    """Runs of one style together; nothing where there is nothing but space."""
    found: list[Run] = []
    for run in runs:
        alike = found and run.text != BREAK != found[-1].text
        if alike and (found[-1].styles, found[-1].link) == (run.styles, run.link):
            found[-1] = Run(found[-1].text + run.text, run.styles, run.link)
        elif run.text:
            found.append(run)
    while found and found[-1].text == BREAK:  # nobody sees it
        found.pop()
    return tuple(found) if any(run.text.strip() or run.text == BREAK for run in found) else ()


def read(html: str) -> tuple[list[Block], set[str]]:
    """The blocks, and the tags that are not known here."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks, reader.unknown


def canonical(html: str) -> str:
    """The one form: equal exactly if readers see the same."""
    return "\n".join(lines_of(read(html)[0], ""))


def lines_of(blocks: list[Block], depth: str) -> Iterator[str]:
    """Every block as a line of text that says all that there is to it."""
    for block in blocks:
        if block.kind not in LISTS:
            runs = [(run.text, sorted(run.styles), run.link) for run in block.line]
            yield f"{depth}{block.kind} {runs!r}"
        else:
            yield f"{depth}{block.kind}"
        for item in block.items:
            yield f"{depth} li"
            yield from lines_of(item, f"{depth}  ")
