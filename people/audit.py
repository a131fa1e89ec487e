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
        "An invitation as %(detail)s at %(place)s was answered by %(subject)s."
    ),
    Kind.ROLE_GRANTED: gettext_lazy("%(actor)s: %(subject)s is now %(detail)s at %(place)s."),
    Kind.ROLE_REVOKED: gettext_lazy("%(actor)s: %(subject)s is no longer %(detail)s at %(place)s."),
    Kind.SUPERVISION: gettext_lazy("%(actor)s changed who supervises %(subject)s: %(detail)s."),
    Kind.SETTING: gettext_lazy("%(actor)s changed a setting: %(detail)s."),
    Kind.EXPORT: gettext_lazy("%(actor)s exported data: %(detail)s."),
    Kind.BREAK_GLASS: gettext_lazy("%(actor)s opened data of %(subject)s in an emergency."),
}

# Details that the log keeps as a code, so that they can be read in any language.
DETAILS: dict[str, str | Promise] = {
    **dict(Role.choices),
    "unknown": gettext_lazy("an address that has no account"),
    "begun": gettext_lazy("a supervision began"),
    "ended": gettext_lazy("a supervision ended"),
    "declined": gettext_lazy("declined"),
    "withdrawn": gettext_lazy("an invitation was withdrawn"),
    "resent": gettext_lazy("an invitation was sent again"),
    "institution": gettext_lazy("the facts of the institution"),
    "institution-added": gettext_lazy("an institution was added"),
    "programme": gettext_lazy("the programmes"),
    "cohort": gettext_lazy("the cohorts"),
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
    nobody = _("the system")
    subject = event.subject.display_name if event.subject else str(DETAILS["unknown"])
    return str(SENTENCES[event.kind]) % {
        "actor": event.actor.display_name if event.actor else nobody,
        "subject": subject,
        "place": event.institution.short_name if event.institution else "–",
        "detail": str(DETAILS.get(event.detail, event.detail)),
    }
