"""All addresses of Bothways (DESIGN §6). One address per thing, no language prefix."""

from django.urls import include, path

handler400 = "home.errors.bad_request"
handler403 = "home.errors.forbidden"
handler404 = "home.errors.not_found"
handler500 = "home.errors.server_error"

urlpatterns = [
    path("", include("home.urls")),
    path("", include("people.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("partnerships.urls")),
    path("", include("reflections.urls")),
    path("", include("pathways.urls")),
    path("media/", include("publishing.urls")),
    path("cms/", include("cms.urls")),
    path("", include("curriculum.urls")),
    path("", include("curriculum.page_urls")),  # last: takes every path that is left
]
