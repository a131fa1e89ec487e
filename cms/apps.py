from django.apps import AppConfig


class CMSConfig(AppConfig):
    name = "cms"
