"""A module's folder as somebody writes it, with one thing changed where a test wants it."""

from __future__ import annotations

from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9"/></svg>'

MODULE = """---
module: 3
slug: language
title: Language, interpreters, consent
summary: How to be understood through another person.
language: en
themes: [C, K, E]
outcomes:
  - brief an interpreter before a talk and debrief after it
  - judge when an untrained interpreter is unsafe, and say so
competencies:
  - {framework: ACGME, code: ICS1, name: Communication with patients}
validity_months: 24
facts_due: 2027-03-01
required: departure
open: true
demo:
  authors:
    - {name: Dr Leila Haddad, institution: Harrow Lake University Hospital, country: United States}
  leading_institution: harrow-lake
  reviewing_institution: Kilimari
  reviewer: Sister Agnes Tarimo, interpreter trainer
  reviewed_on: 2026-03-02
---

Four lessons, each from *one* morning.
"""

LESSON = """---
lesson: "3.1"
slug: what-gets-lost
title: What an interpreter catches
summary: Two minutes go in, ten seconds come out.
minutes: 10
language: en
themes: [C, K]
serves:
  - brief an interpreter before a talk and debrief after it
sources:
  flores2012: {read: abstract, cite: "Flores G. Ann Emerg Med 2012. doi 10.1016/j.x.1"}
  ward2014: {read: table 1, cite: "BMC Med Educ 2014;14:187."}
change: {kind: re-read, note: "First edition."}
---

::: vignette {#rehema agreed-with="Sister Agnes Tarimo"}
Rehema is mopping the corridor.

You talk for *two* minutes.
:::

## You could have timed it

Rehema did not lie. She left out the **choking**. [@ward2014]

- one
- two

::: fact {#errors source=flores2012}
57 visits, 1,884 errors.
:::

::: figure {#shares source=flores2012 svg="figures/shares.svg"}
title: 2 % with 100 hours, 22 % without
alt: Bars. Untrained helper 22 percent, professional 2.

| Who interpreted | Errors | Visits |
|---|---|---|
| A helper | 22 % | 27 |
| A professional | 2 % | not in the summary |

note: Shares of errors, not of visits.
:::

::: quote {#interrupt by="Sister Agnes Tarimo, Kilimari"}
Has anyone told her that she may interrupt?
:::

::: table {#counted}
title: Counted

| Who | n |
|---|--:|
| Helpers | 27 |
:::

::: steps {#tonight}
1. **Ask the host team** who interprets here.
2. Brief for one minute.
:::

::: check {#short}
The helper takes eight seconds. What do you do first?
- [ ] Go on: he nodded
  > A nod can mean many things.
- [x] Give it again in two sentences
  > A small piece can be said whole.
:::

::: check {#several multiple}
What belongs into a briefing?
- [x] Say everything
  > Also what frightens him.
- [x] Stop me
  > If I go too fast.
- [ ] Be quick
  > Speed is what got lost.
:::
"""


def write_module(folder: Path, lesson: str = LESSON, module: str = MODULE) -> Path:
    """The folder of module 3 with its one lesson."""
    place = folder / "3-language"
    (place / "figures").mkdir(parents=True, exist_ok=True)
    (place / "figures" / "shares.svg").write_text(SVG)
    (place / "module.md").write_text(module)
    (place / "1-what-gets-lost.md").write_text(lesson)
    return place


def line_of(text: str, words: str) -> int:
    """The line on which the words stand."""
    return text[: text.index(words)].count("\n") + 1
