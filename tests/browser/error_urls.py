"""The addresses of the house, and one for each error page, so that a browser can look at it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from home import errors
from lms.urls import handler400, handler403, handler404, handler500
from lms.urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The page as the handler makes it."""
    if code == "429":
        return render(request, "429.html", status=429)
    if code == "500":
        return errors.server_error(request)
    if code == "405":
        return render(request, "errors/405.html", status=405)
    handlers = {
        "400": errors.bad_request,
        "403": errors.forbidden,
        "404": errors.not_found,
        "csrf": errors.csrf_failure,
    }
    if code == "413":
        return errors.bad_request(request, RequestDataTooBig())
    return handlers[code](request)


urlpatterns = [path("error-pages/<str:code>/", show, name="error_page"), *own]
ERROR_PAGES = [
    f"/error-pages/{code}/" for code in ("400", "403", "404", "405", "413", "429", "500", "csrf")
]
