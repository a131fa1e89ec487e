from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "curriculum"

    def ready(self) -> None:
        """Editors get their permissions with their role, and with each module."""
        from wagtail.signals import page_published

        from people.events import editors_named

        from .editors import on_editors_named, on_published

        editors_named.connect(on_editors_named, dispatch_uid="curriculum")
        page_published.connect(on_published, dispatch_uid="let_edit")
