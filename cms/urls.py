"""The editors' CMS: Wagtail's admin behind our own sign-in."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from . import check_views, views

urlpatterns = [
    path("login/", views.gate, name="cms_gate"),
    path("logout/", views.sign_out),
    path("password_reset/", views.password_reset),
    re_path(r"^(users|groups)/", views.not_here),
    path("checks/<int:module_pk>/", check_views.module, name="cms_checks"),
    path("checks/editions/<uuid:edition_id>/", check_views.edition, name="cms_checks_edition"),
    path("", include(wagtailadmin_urls)),
]
