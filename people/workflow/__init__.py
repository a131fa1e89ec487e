"""Every change of who belongs where and in which role. One function per act.

Each is atomic, may be called twice, takes the hour as `at`, and writes a line to the log.
"""

from .groups import EDITORS, editors_group, groups_of_editors, keep_groups_in_step
from .invitations import (
    HasAccount,
    NewPerson,
    Wanted,
    accept_as_new,
    accept_invitation,
    decline_invitation,
    find_invitation,
    invite,
    mail_invitation,
    resend_invitation,
    try_to_mail,
    withdraw_invitation,
)
from .memberships import (
    NotPossible,
    change_cohort,
    end_supervision,
    grant,
    revoke,
    supervise,
)
from .places import (
    Facts,
    add_cohort,
    add_programme,
    change_institution,
    found_institution,
    invite_partner,
    may_found,
    rename_programme,
)

__all__ = [
    "EDITORS",
    "Facts",
    "HasAccount",
    "NewPerson",
    "NotPossible",
    "Wanted",
    "accept_as_new",
    "accept_invitation",
    "add_cohort",
    "add_programme",
    "change_cohort",
    "change_institution",
    "decline_invitation",
    "editors_group",
    "end_supervision",
    "find_invitation",
    "found_institution",
    "grant",
    "groups_of_editors",
    "invite",
    "invite_partner",
    "keep_groups_in_step",
    "mail_invitation",
    "may_found",
    "rename_programme",
    "resend_invitation",
    "revoke",
    "supervise",
    "try_to_mail",
    "withdraw_invitation",
]
