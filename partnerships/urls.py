"""Addresses of partnerships and trips."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import workflow
from .views import members, partnerships, trips

app_name = "partnerships"
urlpatterns = [
    path("partnerships/", partnerships.partnership_list, name="partnership_list"),
    path("partnerships/new/", partnerships.partnership_new, name="partnership_new"),
    path("partnerships/<slug:slug>/", partnerships.partnership_detail, name="partnership_detail"),
    path(
        "partnerships/<slug:slug>/agree/",
        partnerships.partnership_agree,
        name="partnership_agree",
    ),
    path("trips/", trips.trip_list, name="trip_list"),
    path("trips/new/", trips.trip_new, name="trip_new"),
    path("trips/<uuid:public_id>/", trips.trip_detail, name="trip_detail"),
    path("trips/<uuid:public_id>/change/", trips.trip_change, name="trip_change"),
    path(
        "trips/<uuid:public_id>/agree/",
        trips.step(workflow.agree_trip, _("The visit is agreed.")),
        name="trip_agree",
    ),
    path(
        "trips/<uuid:public_id>/cancel/",
        trips.step(workflow.cancel_trip, _("The visit is cancelled.")),
        name="trip_cancel",
    ),
    path(
        "trips/<uuid:public_id>/close/",
        trips.step(workflow.close_trip, _("The visit is closed.")),
        name="trip_close",
    ),
    path("trips/<uuid:public_id>/members/new/", members.member_new, name="member_new"),
    path(
        "trips/<uuid:public_id>/members/<uuid:member_id>/",
        members.member_change,
        name="member_change",
    ),
    path(
        "trips/<uuid:public_id>/members/<uuid:member_id>/withdraw/",
        members.member_withdraw,
        name="member_withdraw",
    ),
]
