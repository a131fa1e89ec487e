from django.apps import AppConfig
from django.db.models.signals import pre_save


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        """Wagtail's publishing makes editions; what was published is not rewritten."""
        from wagtail.models import Revision
        from wagtail.signals import page_published

        from .editions import on_published
        from .guards import refuse_rewrite

        page_published.connect(on_published, dispatch_uid="make_edition")
        pre_save.connect(refuse_rewrite, sender=Revision, dispatch_uid="refuse_rewrite")
