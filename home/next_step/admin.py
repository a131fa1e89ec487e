"""What is next for whoever runs the installation: is it alive, is it safe, can others begin?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.libraries import PACKAGES

from .step import Rule, Step, apply


@dataclass(frozen=True)
class AdminFacts:
    """What is known about the installation now. Ages are minutes; None: never seen."""

    worker_age: float | None = 0
    clock_age: float | None = 0
    failed_tasks: int = 0
    waiting_mails: int = 0
    coordinators: int = 1
    modules: int = 1
    questions: int = 1
    policies: int = 1
    demo_accounts: int = 0
    is_demo: bool = False
    has_second_factor: bool = True
    must_have_second_factor: bool = False
    makes_pdf: bool = True


STALE_MINUTES = 10
READY = "/readyz"


def worker(facts: AdminFacts) -> Step | None:
    """Mails and index updates stand still without the worker."""
    if facts.worker_age is not None and facts.worker_age <= STALE_MINUTES:
        return None
    return Step(
        "worker",
        _("Start the worker"),
        _("It gave no sign for more than ten minutes. Mails and search wait for it."),
        READY,
        _("Look at the state"),
    )


def clock(facts: AdminFacts) -> Step | None:
    """Nothing opens, closes or is mailed without the clock."""
    if facts.clock_age is not None and facts.clock_age <= STALE_MINUTES:
        return None
    return Step(
        "clock",
        _("Start the clock"),
        _("It gave no sign for more than ten minutes. Scheduled pages and mails wait for it."),
        READY,
        _("Look at the state"),
    )


def demo_accounts(facts: AdminFacts) -> Step | None:
    """Accounts whose password everybody knows."""
    if facts.is_demo or not facts.demo_accounts:
        return None
    return Step(
        "demo-accounts",
        _("Remove the demo accounts"),
        _("Their password is public. The next start will be refused while they exist."),
        "/people/log/",
        _("Look at the log"),
    )


def second_factor(facts: AdminFacts) -> Step | None:
    """An administrator without a second step."""
    if facts.has_second_factor or not facts.must_have_second_factor:
        return None
    return Step(
        "second-factor",
        _("Set up your second step at sign-in"),
        _("Your account can change everything here."),
        "/accounts/2fa/",
        _("Set it up"),
    )


def failed_tasks(facts: AdminFacts) -> Step | None:
    """Work that broke."""
    if not facts.failed_tasks:
        return None
    return Step(
        "failed-tasks",
        ngettext(
            "Look at %(n)s task that failed",
            "Look at %(n)s tasks that failed",
            facts.failed_tasks,
        )
        % {"n": facts.failed_tasks},
        _("The log of the worker says why."),
        READY,
        _("Look at the state"),
    )


def waiting_mails(facts: AdminFacts) -> Step | None:
    """Mails whose hour has passed."""
    if not facts.waiting_mails:
        return None
    return Step(
        "mails",
        ngettext("%(n)s mail is overdue", "%(n)s mails are overdue", facts.waiting_mails)
        % {"n": facts.waiting_mails},
        _("The mail server may refuse them: look at the log of the worker."),
        READY,
        _("Look at the state"),
    )


def pdf_libraries(facts: AdminFacts) -> Step | None:
    """Certificates can only be printed."""
    if facts.makes_pdf:
        return None
    return Step(
        "pdf-libraries",
        _("Install the libraries that make PDFs"),
        _(
            "Until then certificates are printed. "
            "On Debian or Ubuntu run “apt install %(packages)s”."
        )
        % {"packages": PACKAGES},
        "/help/",
        _("How to get help"),
    )


def contents(facts: AdminFacts) -> Step | None:
    """Questions and policies that come with the product and were not loaded."""
    if facts.questions and facts.policies:
        return None
    return Step(
        "prepare",
        _("Load what comes with Bothways"),
        _("Run “manage.py prepare”: questions, prompts, rubric and privacy notice are missing."),
        "/help/",
        _("How to get help"),
    )


def modules(facts: AdminFacts) -> Step | None:
    """No module to read."""
    if facts.modules:
        return None
    return Step(
        "modules",
        _("Load the modules"),
        _("Run “manage.py load_curriculum”, or let an editor write one."),
        "/cms/",
        _("Open the CMS"),
    )


def coordinators(facts: AdminFacts) -> Step | None:
    """Nobody can begin without a coordinator."""
    if facts.coordinators:
        return None
    return Step(
        "coordinator",
        _("Make the first coordinator"),
        _("Run “manage.py first_coordinator”. She invites everybody else."),
        "/help/",
        _("How to get help"),
    )


RULES: list[Rule[AdminFacts]] = [
    worker,
    clock,
    demo_accounts,
    second_factor,
    failed_tasks,
    waiting_mails,
    contents,
    coordinators,
    modules,
    pdf_libraries,
]


def admin_steps(facts: AdminFacts) -> list[Step]:
    """Everything that is next for an administrator. Empty: all is well."""
    return apply(RULES, facts)
