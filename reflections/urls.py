"""Addresses of the journal, the desk and the outcomes."""

from django.urls import path

from .views import assessments, desk, journal, outcomes, writing

app_name = "reflections"
urlpatterns = [
    path("journal/", journal.journal, name="journal"),
    path("journal/new/", journal.new_entry, name="new_entry"),
    path("journal/<uuid:public_id>/", journal.entry, name="entry"),
    path("journal/<uuid:public_id>/edit/", writing.write, name="write"),
    path("journal/<uuid:public_id>/autosave/", writing.save, name="autosave"),
    path("journal/<uuid:public_id>/save/", writing.save_form, name="save_entry"),
    path("journal/<uuid:public_id>/take-back/", writing.take_back, name="take_back"),
    path("journal/<uuid:public_id>/reopen/", writing.reopen, name="reopen"),
    path("journal/<uuid:public_id>/discard/", writing.discard, name="discard"),
    path("journal/<uuid:public_id>/readers/", writing.readers, name="readers"),
    path("journal/<uuid:public_id>/versions/<uuid:version_id>/", writing.settle, name="settle"),
    path("journal/<uuid:public_id>/marks/<slug:fingerprint>/", writing.mark, name="mark"),
    path("reviews/", desk.desk, name="desk"),
    path("reviews/<uuid:public_id>/", desk.desk_entry, name="desk_entry"),
    path("reviews/<uuid:public_id>/autosave/", desk.save, name="autosave_review"),
    path("reviews/<uuid:public_id>/save/", desk.save_form, name="save_review"),
    path("reviews/<uuid:public_id>/undo/", desk.undo, name="undo_review"),
    path("reviews/<uuid:public_id>/remarks/", desk.remark, name="remark"),
    path("outcomes/", outcomes.my_outcomes, name="my_outcomes"),
    path("outcomes/programme/", outcomes.programme_outcomes, name="programme_outcomes"),
    path("outcomes/<uuid:public_id>/<str:wave>/", assessments.assessment, name="assessment"),
]
