"""Addresses of certificates."""

from django.urls import path

from .views import certificates, checking, people

app_name = "pathways"
urlpatterns = [
    path("certificates/", certificates.mine, name="certificates"),
    path("certificates/of/<uuid:public_id>/", certificates.of_completion, name="of_completion"),
    path("certificates/<str:code>/", checking.check, name="check"),
    path("certificates/<str:code>/sheet/", certificates.certificate, name="certificate"),
    path("certificates/<str:code>/name/", certificates.name, name="certificate_name"),
    path("certificates/<str:code>/pdf/<slug:size>/", certificates.pdf, name="certificate_pdf"),
    path("certificates/<str:code>/revoke/", checking.revoke, name="certificate_revoke"),
    path("certificates/<str:code>/again/", checking.give_again, name="certificate_again"),
    path(
        "people/<uuid:public_id>/certificates/",
        people.person_certificates,
        name="person_certificates",
    ),
]
