"""Addresses of files."""

from django.urls import path

from . import views

app_name = "publishing"
urlpatterns = [path("<path:name>", views.media, name="media")]
