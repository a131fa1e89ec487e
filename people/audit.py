"""Writes the log of sign-ins, roles and settings, and reads it back as sentences."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import AuditEvent, Institution, Role, User

Kind = AuditEvent.Kind

SENTENCES: dict[str, str | Promise] = {
    Kind.SIGNED_IN: gettext_lazy("%(actor)s signed in."),
    Kind.SIGN_IN_FAILED: gettext_lazy("A sign-in for %(subject)s was refused."),
    Kind.SIGNED_OUT: gettext_lazy("%(actor)s signed out."),
    Kind.PASSWORD_CHANGED: gettext_lazy("%(subject)s changed their password."),
    Kind.EMAIL_CHANGED: gettext_lazy("%(subject)s changed their e-mail address."),
    Kind.MFA_ADDED: gettext_lazy("%(subject)s set up a second step at sign-in."),
    Kind.MFA_REMOVED: gettext_lazy("%(subject)s removed a second step at sign-in."),
    Kind.INVITED: gettext_lazy("%(actor)s invited somebody as %(detail)s at %(place)s."),
    Kind.INVITATION_ANSWERED: gettext_lazy(
        "%(subject)s accepted an invitation as %(detail)s at %(place)s."
    ),
    Kind.ROLE_GRANTED: gettext_lazy("%(actor)s: %(subject)s is now %(detail)s at %(place)s."),
    Kind.ROLE_REVOKED: gettext_lazy("%(actor)s: %(subject)s is no longer %(detail)s at %(place)s."),
    Kind.SUPERVISION: gettext_lazy("%(actor)s changed who supervises %(subject)s."),
    Kind.SETTING: gettext_lazy("%(actor)s changed a setting of %(place)s: %(detail)s."),
    Kind.EXPORT: gettext_lazy("%(actor)s exported data: %(detail)s."),
    Kind.BREAK_GLASS: gettext_lazy("%(actor)s opened data of %(subject)s in an emergency."),
}

# The log keeps a code with some events; with it they read differently.
EXACT: dict[tuple[str, str], str | Promise] = {
    (Kind.INVITED, "withdrawn"): gettext_lazy("%(actor)s withdrew an invitation to %(place)s."),
    (Kind.INVITED, "resent"): gettext_lazy("%(actor)s sent an invitation to %(place)s again."),
    (Kind.INVITATION_ANSWERED, "declined"): gettext_lazy(
        "An invitation to %(place)s was declined."
    ),
    (Kind.SUPERVISION, "begun"): gettext_lazy("%(actor)s named a mentor for %(subject)s."),
    (Kind.SUPERVISION, "ended"): gettext_lazy("%(actor)s ended a supervision of %(subject)s."),
    (Kind.SETTING, "institution"): gettext_lazy("%(actor)s changed the facts of %(place)s."),
    (Kind.SETTING, "institution-added"): gettext_lazy("%(actor)s added %(place)s."),
    (Kind.SETTING, "programme"): gettext_lazy("%(actor)s changed the programmes of %(place)s."),
    (Kind.SETTING, "cohort"): gettext_lazy("%(actor)s changed the cohorts of %(place)s."),
}


def record(
    kind: str,
    *,
    at: datetime,
    actor: User | None = None,
    subject: User | None = None,
    institution: Institution | None = None,
    detail: str = "",
) -> AuditEvent:
    """Add one line to the log. Ids and codes only: no typed text, no address, no password."""
    return AuditEvent.objects.create(
        kind=kind, at=at, actor=actor, subject=subject, institution=institution, detail=detail
    )


def sentence(event: AuditEvent) -> str:
    """The event as one sentence in the reader's language. Needs actor, subject, institution."""
    words = EXACT.get((event.kind, event.detail)) or SENTENCES[event.kind]
    nobody = _("an address that has no account")
    return str(words) % {
        "actor": event.actor.display_name if event.actor else _("The system"),
        "subject": event.subject.display_name if event.subject else nobody,
        "place": event.institution.short_name if event.institution else _("the installation"),
        "detail": dict(Role.choices).get(event.detail, event.detail),
    }
