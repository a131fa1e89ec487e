from django.apps import AppConfig


class LTIConfig(AppConfig):
    name = "lti"
