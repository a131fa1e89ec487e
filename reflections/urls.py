"""Addresses of the journal, the desk and the outcomes."""

from django.urls import path

from .views import assessments, outcomes

app_name = "reflections"
urlpatterns = [
    path("outcomes/", outcomes.my_outcomes, name="my_outcomes"),
    path("outcomes/programme/", outcomes.programme_outcomes, name="programme_outcomes"),
    path("outcomes/<uuid:public_id>/<str:wave>/", assessments.assessment, name="assessment"),
]
