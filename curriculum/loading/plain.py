"""Plain text in a file: one line, with a backslash before what would mean something else.

A backslash at the end of a line is a new line in the text; before a sign or a space it is that
sign or space. Anywhere else it is a backslash.
"""

from __future__ import annotations

import re

SIGNS = r"""!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"""
ESCAPED = re.compile(rf"\\([{SIGNS} \t\n])")
# What begins a line and would be read as the start of something.
BEGINS = re.compile(r"^(:::|[-*>|]|\d+[.)]|(?:title|alt|note|caption|picture):)")
# Spaces that reading takes away: at the ends.
EDGE = re.compile(r"^[ \t]+|[ \t]+$")


def written(text: str) -> str:
    """The text as it stands in a file, over several lines where it has several."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\\n".join(map(written_line, lines))


def written_line(line: str) -> str:
    """One line of it."""
    line = line.replace("\\", "\\\\")
    if BEGINS.match(line):
        line = re.sub(r"(\W)", r"\\\1", line, count=1)
    return EDGE.sub(lambda found: re.sub(r"([ \t])", r"\\\1", found[0]), line)


def quoted(text: str) -> str:
    """The text as the value of an attribute."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def meant(text: str) -> str:
    """What a line in a file means."""
    return ESCAPED.sub(r"\1", text)


def trimmed(line: str) -> str:
    """A line without the spaces at its ends, but for the last that a backslash keeps."""
    bare = line.strip(" \t")
    return bare + line.rstrip("\n")[-1:] if goes_on(bare) and line.endswith((" ", "\t")) else bare


def goes_on(line: str) -> bool:
    """Whether the next line belongs to the same text: an odd number of backslashes at the end."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def together(lines: list[str]) -> str:
    """Lines of a file as one text: joined by a space, by a new line where the backslash says so."""
    found = ""
    for number, line in enumerate(map(trimmed, lines)):
        if number and not goes_on(found):
            found += " "
        elif number:
            found += "\n"
        found += line
    return meant(found)
