"""Addresses of the curriculum: actions first, every other path is a page."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

app_name = "curriculum"
urlpatterns = [
    path("", include(wagtail_urls)),
]
