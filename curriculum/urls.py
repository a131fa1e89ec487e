"""Actions of the curriculum. Its pages are addressed in page_urls.py."""

from django.urls import path

from .views import answers, mapping, opinions, reports

app_name = "curriculum"
urlpatterns = [
    path("curriculum/map/", mapping.competency_map, name="map"),
    path("curriculum/editions/<uuid:edition_id>/", answers.edition, name="edition"),
    path("curriculum/editions/<uuid:edition_id>/complete/", answers.complete, name="complete"),
    path("curriculum/editions/<uuid:edition_id>/report/", reports.report, name="report"),
    path("curriculum/reports/", reports.reports, name="reports"),
    path("curriculum/reports/<uuid:public_id>/", reports.report_detail, name="report_detail"),
    path(
        "curriculum/reports/<uuid:public_id>/settle/", reports.report_settle, name="report_settle"
    ),
    path(
        "curriculum/reports/<uuid:public_id>/take-back/",
        reports.report_take_back,
        name="report_take_back",
    ),
    path("curriculum/opinions/<uuid:key>/", opinions.give, name="opinions"),
    path(
        "curriculum/editions/<uuid:edition_id>/checks/<uuid:block_id>/",
        answers.check,
        name="check",
    ),
]
