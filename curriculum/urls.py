"""Actions of the curriculum. Its pages are addressed in page_urls.py."""

from django.urls import path

from .views import answers, mapping, opinions

app_name = "curriculum"
urlpatterns = [
    path("curriculum/map/", mapping.competency_map, name="map"),
    path("curriculum/editions/<uuid:edition_id>/", answers.edition, name="edition"),
    path("curriculum/editions/<uuid:edition_id>/complete/", answers.complete, name="complete"),
    path("curriculum/opinions/<uuid:key>/", opinions.give, name="opinions"),
    path(
        "curriculum/editions/<uuid:edition_id>/checks/<uuid:block_id>/",
        answers.check,
        name="check",
    ),
]
