"""What belongs to the person who is signed in: settings, and words that were almost lost."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import stash
from ..forms.me import MeForm
from ..models import Membership, Supervision
from ..requests import PersonRequest, posted
from ..shared_computer import is_shared, remember_choice


@dataclass(frozen=True)
class MePage:
    """Settings, and what one is here."""

    form: MeForm
    roles: list[Membership]
    mentors: list[Supervision]
    learners: list[Supervision]
    has_password: bool
    has_second_step: bool
    is_shared: bool


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: PersonRequest) -> HttpResponse:
    """Name, language, time zone; the way to everything else about oneself."""
    user = request.user
    initial = {name: getattr(user, name) for name in MeForm.base_fields}
    form = MeForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(user, name, value)
        user.save(update_fields=list(form.cleaned_data))
        translation.activate(user.language)
        messages.success(request, _("Saved."))
        return redirect("people:me")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/me.html", {"page": me_page(request, form)}, status=status)


def me_page(request: PersonRequest, form: MeForm) -> MePage:
    """The page's facts."""
    user, today = request.user, timezone.now().date()
    pairs = Supervision.objects.valid(today).select_related("learner", "supervisor")
    return MePage(
        form=form,
        roles=list(Membership.objects.for_user(user).valid(today).with_places()),
        mentors=list(pairs.filter(learner=user)),
        learners=list(pairs.filter(supervisor=user)),
        has_password=user.has_usable_password(),
        has_second_step=is_mfa_enabled(user, types=[Authenticator.Type.TOTP]),
        is_shared=is_shared(request),
    )


@require_POST
def shared(request: PersonRequest) -> HttpResponse:
    """Say, after signing in, that others use this computer, or that they do not."""
    remember_choice(request, is_shared=request.POST.get("shared") == "yes")
    if is_shared(request):
        messages.success(request, _("Nothing you write stays on this computer after you sign out."))
    else:
        messages.success(request, _("This computer keeps a copy of unsent words for you."))
    return redirect("people:me")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsent(request: PersonRequest) -> HttpResponse:
    """What was typed when the session ended, with one button that sends it again."""
    if request.method == "POST":
        stash.forget(request)
        messages.success(request, _("Thrown away."))
        return redirect("home:dashboard")
    return render(request, "people/unsent.html", {"stash": stash.find(request, request.user)})
