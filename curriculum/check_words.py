"""What the first answers to a check say to its editor: counts, and doubts in words.

Numbers appear from five people on, shares and what needs many people from twenty on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from measures.consistency import Consistency
from measures.items import discrimination
from measures.words import SMALLEST_GROUP

from .first_answers import FirstAnswers, Tally
from .rendering import Check

MANY = 20  # people
TOO_WIDE = 0.4
NO_TREND = 0.1
NO_WORK = 0.05  # a wrong answer that fewer take does no work (Tarrant 2009)


@dataclass(frozen=True)
class ChoiceLine:
    """One answer, and how often it is taken."""

    letter: str
    text: str
    right: bool
    words: str


@dataclass(frozen=True)
class CheckLine:
    """One check, as far as enough people have answered it."""

    id: str
    number: int
    question: str
    multiple: bool
    people: str
    right: str
    choices: list[ChoiceLine]
    flags: list[str]
    others: str


def letter_of(place: int) -> str:
    """a for the first answer."""
    return "abcdefghijklmnopqrstuvwxyz"[place]


def people_words(n: int) -> str:
    """How many people; a small number is not told."""
    if n == 0:
        return _("Nobody yet")
    if n < SMALLEST_GROUP:
        return _("Fewer than %(n)s people") % {"n": SMALLEST_GROUP}
    return _("%(n)s people") % {"n": number_format(n)}


def count_words(some: int, n: int) -> str:
    """So many of so many; a percentage only from twenty people up."""
    words = _("%(some)s of %(n)s") % {"some": number_format(some), "n": number_format(n)}
    return f"{words} ({round(100 * some / n)}\u00a0%)" if n >= MANY else words


def lines_of(checks: Sequence[Check], found: FirstAnswers) -> list[CheckLine]:
    """Every check of an edition."""
    return [
        line_of(check, number, found.tallies[check.id], found.rows)
        for number, check in enumerate(checks, 1)
    ]


def line_of(check: Check, number: int, tally: Tally, rows: list[list[int]]) -> CheckLine:
    """One check; below five people nothing but its words."""
    enough = tally.n >= SMALLEST_GROUP
    return CheckLine(
        id=check.id,
        number=number,
        question=check.question,
        multiple=check.multiple,
        people=people_words(tally.n),
        right=count_words(tally.right, tally.n) if enough else "",
        choices=[
            ChoiceLine(
                letter_of(place),
                choice.text,
                choice.right,
                count_words(tally.taken[choice.id], tally.n) if enough else "",
            )
            for place, choice in enumerate(check.choices)
        ],
        flags=flags_of(check, tally),
        others=others_sentence(rows, number - 1),
    )


def is_doubtful(tally: Tally) -> bool:
    """Whether the editors' first page names it: most are wrong, or of many nobody is."""
    if tally.n >= MANY and tally.right == tally.n:
        return True
    return tally.n >= SMALLEST_GROUP and 2 * tally.right < tally.n


def flags_of(check: Check, tally: Tally) -> list[str]:
    """What an editor should look at, in sentences. Nothing below five people."""
    if tally.n < SMALLEST_GROUP:
        return []
    if tally.right == tally.n:
        return [_("Everybody is right at the first try.")]
    doubts, idle = [], []
    for place, choice in enumerate(check.choices):
        letter, taken = letter_of(place), tally.taken[choice.id]
        if choice.right and check.multiple and not taken:
            doubts.append(_("Nobody takes %(letter)s, which is right.") % {"letter": letter})
        elif not choice.right and 2 * taken >= tally.n and (check.multiple or taken > tally.right):
            doubts.append(key_sentence(letter, taken, tally.n))
        elif not choice.right:
            idle.append(idle_sentence(letter, taken, tally.n))
    if not doubts and 2 * tally.right < tally.n:
        doubts.append(few_right(tally.right))
    return doubts + [words for words in idle if words]


def key_sentence(letter: str, taken: int, n: int) -> str:
    """A wrong answer that most people choose may be the right one."""
    if taken == n:
        words = _("Everybody chooses %(letter)s: is the key right?")
    elif 4 * taken >= 3 * n:
        words = _("Three quarters or more choose %(letter)s: is the key right?")
    elif 3 * taken >= 2 * n:
        words = _("Two thirds or more choose %(letter)s: is the key right?")
    else:
        words = _("Half or more choose %(letter)s: is the key right?")
    return words % {"letter": letter}


def few_right(right: int) -> str:
    """No single answer misleads them, and yet they are wrong."""
    if right == 0:
        return _("Nobody is right at the first try.")
    return _("Fewer than half are right at the first try.")


def idle_sentence(letter: str, taken: int, n: int) -> str:
    """A wrong answer that does no work; empty if it does some."""
    if taken == 0:
        return _("Nobody takes %(letter)s.") % {"letter": letter}
    if n >= MANY and taken < NO_WORK * n:
        return _("Fewer than one in twenty takes %(letter)s.") % {"letter": letter}
    return ""


def others_sentence(rows: list[list[int]], place: int) -> str:
    """Whether those who did well on the other checks did well here; from twenty people on."""
    if len(rows) < MANY:
        return ""
    mine = [row[place] for row in rows]
    rest = [sum(row) - row[place] for row in rows]
    value, _reason = discrimination(mine, rest, len(rows[0]))
    if value is None:
        return ""
    if value <= -NO_TREND:
        words = _("Those who did well elsewhere got it right less often (%(value)s).")
    elif value < NO_TREND:
        words = _("Those who did well elsewhere got it right about as often (%(value)s).")
    else:
        words = _("Those who did well elsewhere got it right more often (%(value)s).")
    return words % {"value": decimals(value)}


def consistency_sentence(found: Consistency) -> str:
    """KR-20 with its interval, or why there is none."""
    if found.reason == "fewer_than_2_items":
        return _("Not estimable: it needs at least two checks.")
    if found.n_used < MANY:
        return _("Not shown: fewer than %(n)s people have answered every check.") % {"n": MANY}
    if found.value is None:
        return _("Not estimable: all total scores are equal.")
    if found.ci_low is None or found.ci_high is None:
        return _("Not estimable: the checks are copies of each other.")
    if found.ci_high - found.ci_low > TOO_WIDE:
        return _("Too few people to say: the interval is wider than 0.4.")
    value = decimals(found.value) if found.value >= 0 else _("Below 0")
    return _("%(value)s (95 %% interval %(low)s to %(high)s), from %(n)s people.") % {
        "value": value,
        "low": decimals(found.ci_low),
        "high": decimals(found.ci_high),
        "n": number_format(found.n_used),
    }


def decimals(value: float) -> str:
    """Two decimals; never rounded across zero."""
    rounded = round(value, 2)
    if rounded == 0 and value != 0:
        rounded = 0.01 if value > 0 else -0.01
    return ("−" if rounded < 0 else "") + str(number_format(abs(rounded), 2))
