"""Rich text of the CMS as Markdown that `loading.markup` reads back to the same.

Written plainly where that is read back right, which is nearly always; else with every sign as its
number, which always is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from ..loading.markup import HERE, to_html, to_inline
from ..richtext import BREAK, LISTS, Block, Line, Run, canonical, lines_of, read

Address = Callable[[str], str]  # the address in a file of a link in the CMS

MARKS = {"b": "**", "i": "*"}
SAFE_MARKS = {"b": "**", "i": "_"}
CITATION = re.compile(r"\[@[A-Za-z0-9_-]+\](?![(\[:])")
ENTITY = re.compile(r"&(?=#?\w+;)")
SIGN = re.compile(r"[\\`*_\[\]<>&|]")
BEGINS = re.compile(r"^([-#+=~]|:::|:-)")
NUMBERED = re.compile(r"^(\d+)([.)])")
# `*` is a bullet too, and two lists after each other would become one with the same sign.
BULLETS = (("-", "*"), (".", ")"))


def to_markdown(html: str, address: Address) -> str:
    """Markdown of some rich text."""
    blocks, _unknown = read(html)
    return "\n\n".join(written(blocks, address))


def to_lines(html: str, address: Address) -> list[str]:
    """One line for each paragraph, for lists whose lines are read one by one."""
    blocks, _unknown = read(html)
    return [line_of(block, address, to_inline) for block in blocks]


def written(blocks: list[Block], address: Address, depth: int = 0) -> Iterator[str]:
    """Each block as Markdown. Inner lists change their sign, or three empty ones were a rule."""
    same = 0
    for before, block in pairwise([Block(""), *blocks]):
        same = same + 1 if before.kind == block.kind else 0
        if block.kind in LISTS:
            yield list_of(block, same + depth, address)
        else:
            yield line_of(block, address, to_html)


def list_of(block: Block, turn: int, address: Address) -> str:
    """A list; its inner lists are indented as far as its lines."""
    bullet, dot = (pair[turn % 2] for pair in BULLETS)
    lines = []
    for number, item in enumerate(block.items, 1):
        mark = f"{bullet} " if block.kind == "ul" else f"{number}{dot} "
        indent = " " * len(mark)
        close = all(part.kind in LISTS and part.items[0] for part in item[1:])
        text = ("\n" if close else "\n\n").join(written(item, address, turn + 1))
        lines.append(mark + text.replace("\n", f"\n{indent}"))
    return re.sub(r"[ ]+(?=\n|$)", "", "\n".join(lines))


def line_of(block: Block, address: Address, reader: Callable[..., str]) -> str:
    """A paragraph or a heading, plainly if it is read back as it is meant."""
    marks = {"h2": "## ", "h3": "### "}.get(block.kind, "")
    line = tuple(Run(run.text, run.styles, address(run.link)) for run in block.line)
    meant = tuple(Run(run.text, run.styles, run.link.removeprefix(HERE)) for run in line)
    wanted = "\n".join(lines_of([Block(block.kind, meant)], ""))
    plain = marks + inline(line, plainly, MARKS)
    options = {"headings": True} if reader is to_html else {}
    if canonical(reader(plain, [], **options)) == wanted:
        return plain
    return marks + inline(line, by_number, SAFE_MARKS)


def inline(line: Line, text: Callable[[str], str], marks: dict[str, str]) -> str:
    """Runs with their marks: links outside, then weight, then stress."""
    parts: list[str] = []
    link, open_styles = "", list[str]()
    for run in [*line, Run("")]:
        wanted = [style for style in "bi" if style in run.styles]
        while open_styles and (run.link != link or open_styles != wanted[: len(open_styles)]):
            parts.append(marks[open_styles.pop()])
        if run.link != link:
            parts += [f"]({destination(link)})" if link else "", "[" if run.link else ""]
            link = run.link
        new = wanted[len(open_styles) :]
        parts += [marks[style] for style in new]
        open_styles += new
        parts.append("\\\n" if run.text == BREAK else text(run.text))
    return "\n".join(begun(part, text) for part in "".join(parts).split("\n"))


def destination(link: str) -> str:
    """Where a link leads, so that no sign of it ends it."""
    link = ENTITY.sub("&amp;", re.sub(r"([\\<>])", r"\\\1", link))
    return f"<{link}>" if re.search(r"[\s()\\]", link) else link


def begun(line: str, text: Callable[[str], str]) -> str:
    """A line that does not begin like a heading, a list or a block."""
    if text is by_number:
        return line
    if NUMBERED.match(line):
        return NUMBERED.sub(r"\1\\\2", line)
    return BEGINS.sub(r"\\\1", line)


def plainly(text: str) -> str:
    """The words, with a backslash before what Markdown would read as a sign."""
    parts, end = [], 0
    for found in CITATION.finditer(text):
        parts += [SIGN.sub(escaped, text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, SIGN.sub(escaped, text[end:])])


def escaped(found: re.Match[str]) -> str:
    """A sign that stands for itself, where it would not anyway."""
    sign, text = found[0], found.string
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if sign == "_" and before.isalnum() and after.isalnum():
        return sign
    if sign == "&" and not (after.isalnum() or after == "#"):
        return sign
    if sign == "<" and (not after or after in " =0123456789"):
        return sign
    if sign == ">" and before:
        return sign
    return "\\" + sign


def by_number(text: str) -> str:
    """The words with every sign, and what stands at the ends, as its number."""
    last = len(text) - 1
    return "".join(
        sign if sign.isalnum() and 0 < place < last else f"&#{ord(sign)};"
        for place, sign in enumerate(text)
    )
