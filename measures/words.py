"""Numbers as sentences. Counts before percentages; too few people is said in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .change import PairedChange, RankBiserial

SMALLEST_GROUP = 5  # people, inside a programme
SMALLEST_EFFECT = 6  # pairs
VERY_FEW = 9


def change_sentence(change: PairedChange) -> str:
    """How many moved, of how many people, each once."""
    if change.n_pairs < SMALLEST_GROUP:
        return _("Fewer than %(n)s people answered both times.") % {"n": SMALLEST_GROUP}
    return _(
        "Of %(pairs)s people who answered both times, %(up)s moved up, %(same)s stayed, "
        "%(down)s moved down."
    ) % {
        "pairs": change.n_pairs,
        "up": change.n_up,
        "same": change.n_same,
        "down": change.n_down,
    }


def response_sentence(answered: int, asked: int) -> str:
    """How many of those who were asked answered; a percentage only from 20 people up."""
    words = ngettext(
        "%(answered)s of %(asked)s person answered",
        "%(answered)s of %(asked)s people answered",
        asked,
    ) % {"answered": answered, "asked": asked}
    if asked >= 20:
        return f"{words} ({round(100 * answered / asked)} %)"
    return words


def direction_sentence(effect: RankBiserial) -> str:
    """The effect with its interval, from six pairs up; else an empty string."""
    if effect.n_pairs < SMALLEST_EFFECT:
        return ""
    if effect.r is None or effect.ci_low is None or effect.ci_high is None:
        return _("A direction cannot be worked out: nobody’s answer changed.")
    sentence = _("Direction of change %(r)s (95 %% interval %(low)s to %(high)s).") % {
        "r": signed(effect.r),
        "low": signed(effect.ci_low),
        "high": signed(effect.ci_high),
    }
    if effect.n_pairs <= VERY_FEW:
        sentence += " " + _("Very few people.")
    return sentence


def signed(value: float) -> str:
    """Two decimals with a sign; an end of an interval is never rounded across zero."""
    rounded = round(value, 2)
    if rounded == 0 and value != 0:
        rounded = 0.01 if value > 0 else -0.01
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + str(number_format(abs(rounded), 2))
