"""Media behind a door: signed-in people, and visitors where a page is open to everybody."""

from __future__ import annotations

import mimetypes
import posixpath
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .opening import WAITING, is_open_to_visitors

# A drawing may use its own style rules; nothing in a media file may run, load or be framed.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
SHOWN = {"image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "text/vtt"}
SHOWN_PREFIXES = ("audio/", "video/")


@login_not_required
@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file by its storage name. Names that climb out of the store do not exist."""
    clean = posixpath.normpath(name)
    if clean != name or clean.startswith(("/", "..")) or "\0" in clean:
        raise Http404
    if clean.startswith(f"{WAITING}/"):
        raise Http404
    if not request.user.is_authenticated and not is_open_to_visitors(clean):
        return redirect_to_login(request.get_full_path())
    if not default_storage.exists(clean):
        raise Http404
    try:
        response = hand_over(clean)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, max_age=3600)
    return response


def hand_over(name: str) -> HttpResponseBase:
    """The file itself, or a word to the web server in front to send it (MEDIA_ACCEL)."""
    kind = content_type(name)
    attach = not (kind in SHOWN or kind.startswith(SHOWN_PREFIXES))
    if settings.MEDIA_ACCEL:
        response: HttpResponseBase = HttpResponse(content_type=kind)
        response["X-Accel-Redirect"] = posixpath.join(settings.MEDIA_ACCEL, quote(name))
    else:
        response = FileResponse(default_storage.open(name), content_type=kind)
    if attach:
        response["Content-Disposition"] = "attachment"
    return response


def content_type(name: str) -> str:
    """The type by the file's ending; what we do not know is just bytes."""
    if name.endswith(".vtt"):
        return "text/vtt"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
