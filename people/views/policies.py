"""Privacy notice and terms: read and accept them; publish the institution’s own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from writing.markdown import render as markdown

from .. import policies
from ..forms.policies import PolicyForm
from ..models import Institution, Policy
from ..requests import PersonRequest, must_coordinate, way_back


@dataclass(frozen=True)
class Text:
    """One text, ready to read, and since when the person has accepted it."""

    policy: Policy
    html: SafeString
    accepted_at: datetime | None


@dataclass(frozen=True)
class PoliciesPage:
    """The texts that hold for a person; which of them wait for a yes."""

    texts: list[Text]
    pending: list[Policy]
    next: str


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: a path of ours, or nothing."""
    return way_back(request, request.POST.get("next") or request.GET.get("next") or "")


@require_http_methods(["GET", "HEAD", "POST"])
def policies_page(request: PersonRequest) -> HttpResponse:
    """Read the texts; accept those that are new. What was shown is what is accepted."""
    now = timezone.now()
    pending = policies.pending_for(request.user, at=now)
    if request.method == "POST":
        shown = set(request.POST.getlist("policy"))
        if {str(policy.pk) for policy in pending} <= shown:
            policies.accept(request.user, pending, at=now)
            messages.success(request, _("Thank you. You can read the texts again under Settings."))
            return redirect(safe_next(request) or "people:policies")
        messages.warning(request, _("A text has changed meanwhile. Please read it once more."))
    done = policies.accepted_by(request.user)
    current = Policy.objects.filter(
        pk__in=[policy.pk for policy in policies.current_for(request.user, at=now)]
    ).select_related("institution")
    page = PoliciesPage(
        texts=[Text(p, markdown(p.body), done.get(policies.key_of(p))) for p in current],
        pending=pending,
        next=safe_next(request),
    )
    return render(request, "people/policies.html", {"page": page})


@dataclass(frozen=True)
class PolicyRow:
    """Which text of one kind holds for an institution."""

    label: str
    own: Policy | None
    kind: str


@dataclass(frozen=True)
class PolicyListPage:
    """An institution with its two texts."""

    places: list[tuple[Institution, list[PolicyRow]]]


@require_safe
def policy_list(request: PersonRequest) -> HttpResponse:
    """Which texts hold for the people of the own institutions."""
    places = must_coordinate(request)
    own = policies.place_texts(places, get_language() or "en")
    rows = [
        (
            place,
            [
                PolicyRow(str(kind.label), own.get((place.pk, kind.value)), kind.value)
                for kind in policies.KINDS
            ],
        )
        for place in places
    ]
    return render(request, "people/policy_list.html", {"page": PolicyListPage(rows)})


@require_http_methods(["GET", "HEAD", "POST"])
def policy_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Write the institution’s own text, look at it, publish it."""
    place = get_object_or_404(Institution.objects.coordinated_by(request.user), slug=slug)
    if request.method != "POST":
        form = PolicyForm(initial=beginning(place, request.GET.get("kind", "")))
        return show_policy(request, place, form)
    form = PolicyForm(request.POST)
    if not form.is_valid():
        return show_policy(request, place, form, status=422)
    if "publish" not in request.POST:
        return show_policy(request, place, form, preview=markdown(form.cleaned_data["body"]))
    made = policies.publish(place, **form.publishing(), by=request.user, at=timezone.now())
    messages.success(request, _("%(text)s is published.") % {"text": made})
    return redirect("people:policy_list")


def beginning(place: Institution, kind: str) -> dict[str, str]:
    """The text that holds today, to start from."""
    kind = kind if kind in Policy.Kind.values else Policy.Kind.PRIVACY.value
    language = get_language() or "en"
    held = policies.place_text(kind, place, language) or policies.installation_text(kind, language)
    return {
        "kind": kind,
        "language": held.language if held else language,
        "body": held.body if held else "",
    }


def show_policy(
    request: PersonRequest,
    place: Institution,
    form: PolicyForm,
    preview: SafeString | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form, with the text as people will see it."""
    context = {"form": form, "place": place, "preview": preview}
    return render(request, "people/policy_new.html", context, status=status)
