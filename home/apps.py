from django.apps import AppConfig
from django.core.checks import Tags, register

from .checks import check_accounts, check_settings


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        """Refuse an unsafe production start."""
        register(check_settings, Tags.security)
        register(check_accounts, Tags.database)
