"""Addresses of people."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import workflow
from .views import audit, invitations, join, me, members, notices, places, policies, rosters

app_name = "people"
urlpatterns = [
    path("people/", members.people_list, name="people_list"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/partner/", invitations.partner_new, name="partner_new"),
    path("people/roster/", rosters.roster, name="roster"),
    path("people/roster/<str:key>/", rosters.roster_preview, name="roster_preview"),
    path("people/roster/<str:key>/confirm/", rosters.roster_confirm, name="roster_confirm"),
    path("people/invitations/", invitations.invitations, name="invitations"),
    path(
        "people/invitations/<uuid:public_id>/resend/",
        invitations.step(workflow.resend_invitation, _("Sent again, with a new link.")),
        name="invitation_resend",
    ),
    path(
        "people/invitations/<uuid:public_id>/withdraw/",
        invitations.step(workflow.withdraw_invitation, _("The invitation is withdrawn.")),
        name="invitation_withdraw",
    ),
    path("people/log/", audit.log, name="log"),
    path("people/policies/", policies.policy_list, name="policy_list"),
    path("people/policies/<slug:slug>/new/", policies.policy_new, name="policy_new"),
    path("people/places/new/", places.place_new, name="place_new"),
    path("people/places/<slug:slug>/", places.place_detail, name="place_detail"),
    path("people/places/<slug:slug>/change/", places.place_change, name="place_change"),
    path("people/places/<slug:slug>/programmes/", places.programme_add, name="programme_add"),
    path(
        "people/places/<slug:slug>/programmes/<uuid:public_id>/rename/",
        places.programme_rename,
        name="programme_rename",
    ),
    path(
        "people/places/<slug:slug>/programmes/<uuid:public_id>/cohorts/",
        places.cohort_add,
        name="cohort_add",
    ),
    path("people/<uuid:public_id>/", members.member_detail, name="member_detail"),
    path("people/<uuid:public_id>/roles/", members.role_give, name="role_give"),
    path("people/<uuid:public_id>/roles/<uuid:row_id>/end/", members.role_end, name="role_end"),
    path("people/<uuid:public_id>/roles/<uuid:row_id>/move/", members.role_move, name="role_move"),
    path("people/<uuid:public_id>/mentors/", members.mentor_add, name="mentor_add"),
    path(
        "people/<uuid:public_id>/mentors/<uuid:row_id>/end/",
        members.mentor_end,
        name="mentor_end",
    ),
    path("invitation/<str:token>/", join.join, name="join"),
    path("me/", me.me, name="me"),
    path("me/shared/", me.shared, name="shared"),
    path("me/unsent/", me.unsent, name="unsent"),
    path("me/policies/", policies.policies_page, name="policies"),
    path("me/notices/", notices.notices, name="notices"),
    path("me/notices/read/", notices.notices_read, name="notices_read"),
    path("me/notices/<uuid:public_id>/open/", notices.notice_open, name="notice_open"),
]
