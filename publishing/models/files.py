"""Files that editors upload: pictures, audio and video with their captions and transcripts."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Orderable
from wagtailmedia.models import AbstractMedia


class Image(AbstractImage):
    """A picture or a drawing (SVG). What it shows is said where it is used, as alt text."""

    # Of our own, because Wagtail keeps an Image with the same reverse names.
    tags = TaggableManager(
        help_text=None, blank=True, verbose_name=_("tags"), related_name="publishing_images"
    )
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    admin_form_fields = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        # Wagtail asks for it before it shows the chooser; its own image class brings it, ours must.
        permissions = [("choose_image", "Can choose image")]


class Rendition(AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_made_once"
            ),
        ]


class Document(AbstractDocument):
    """Wagtail's admin does not start without documents. Ours are offered to nobody yet."""

    # Of our own, because Wagtail keeps a Document with the same reverse names.
    tags = TaggableManager(
        help_text=None, blank=True, verbose_name=_("tags"), related_name="publishing_documents"
    )
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class Media(AbstractMedia, ClusterableModel):
    """Audio or video, with its captions and transcript as tracks."""

    tags = TaggableManager(
        help_text=None, blank=True, verbose_name=_("tags"), related_name="publishing_media"
    )
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    admin_form_fields = ("title", "file", "collection", "duration", "width", "height", "tags")

    class Meta(AbstractMedia.Meta):
        verbose_name = _("audio or video")
        verbose_name_plural = _("audio and video")


def starts_as_webvtt(upload: UploadedFile) -> None:
    """Captions are WebVTT: the file says so in its first word."""
    head = upload.read(9).removeprefix(b"\xef\xbb\xbf")
    upload.seek(0)
    if not head.startswith(b"WEBVTT"):
        raise ValidationError(_("Upload a WebVTT file: its first word is WEBVTT."))


class MediaTrack(Orderable):
    """Captions or a transcript in one language."""

    class Kind(models.TextChoices):
        CAPTIONS = "captions", _("Captions")
        TRANSCRIPT = "transcript", _("Transcript")

    media = ParentalKey(Media, on_delete=models.CASCADE, related_name="tracks")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    language = models.CharField(_("language"), max_length=10, default="en")
    file = models.FileField(
        _("WebVTT file"), upload_to="tracks", blank=True, validators=[starts_as_webvtt]
    )
    text = models.TextField(_("transcript"), blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            # Captions without a file or a transcript without words would promise what is not there.
            models.CheckConstraint(
                name="media_track_has_content", condition=~Q(file="") | ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media}, {self.get_kind_display()}, {self.language}"
