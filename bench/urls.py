"""All addresses of Bothways and one more: the least that a signed-in page can cost."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import URLPattern, URLResolver, path

from lms import urls as ours

FLOOR = "/bench/floor/"
handler404 = ours.handler404


def floor(request: HttpRequest) -> HttpResponse:
    """Who asks is known, and a trivial template is rendered."""
    page = engines["django"].from_string("<!doctype html><p>{{ request.user.display_name }}</p>")
    return HttpResponse(page.render({}, request))


urlpatterns: list[URLPattern | URLResolver] = [
    path(FLOOR.strip("/") + "/", floor),
    *ours.urlpatterns,
]
