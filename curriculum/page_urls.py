"""Addresses of pages. Without a namespace, because Wagtail asks for `wagtail_serve`."""

from django.urls import re_path
from wagtail.urls import serve_pattern

from .views.pages import serve

urlpatterns = [re_path(serve_pattern, serve, name="wagtail_serve")]
