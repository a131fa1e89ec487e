"""The front page, the pages of the footer, and everybody's dashboard."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from curriculum.search import LONGEST, Hit, search
from curriculum.themes import Theme
from people.models import Role, User
from people.policies import installation_text
from people.requests import PersonRequest, places_with, roles_of, way_back
from writing.markdown import render as markdown

from .dashboard import calm_places, dashboard_of
from .talk import listeners_of


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What Bothways is, for visitors; signed in, the dashboard is the front page."""
    if request.user.is_authenticated:
        return redirect("home:dashboard")
    return render(request, "home/front.html")


@require_safe
def dashboard(request: PersonRequest) -> HttpResponse:
    """What is next for this person."""
    roles = roles_of(request)
    page = dashboard_of(
        request.user, roles, places_with(request, Role.COORDINATOR), at=timezone.now()
    )
    context = {"page": page, "calm": calm_places(roles)}
    return render(request, "home/dashboard.html", context)


@dataclass(frozen=True)
class SearchPage:
    """What was asked for, and what was found."""

    words: str
    theme: str
    themes: list[tuple[str, str]]
    hits: list[Hit]


@require_safe
def search_page(request: PersonRequest) -> HttpResponse:
    """Modules and lessons that have these words, marked; a theme narrows it."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    theme = request.GET.get("theme", "")
    theme = theme if theme in Theme.values else ""
    page = SearchPage(
        words,
        theme,
        [(value, str(label)) for value, label in Theme.choices],
        search(request.user, words, theme),
    )
    return render(request, "home/search.html", {"page": page})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Who reads what is written here, and what nobody can promise: the installation's own text."""
    text = installation_text("privacy", get_language() or "en")
    terms = installation_text("terms", get_language() or "en")
    context = {
        "texts": [(policy, markdown(policy.body)) for policy in (text, terms) if policy],
    }
    return render(request, "home/privacy.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked, what was not, and where to complain."""
    return render(request, "home/accessibility.html", support())


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What people ask most, and how to reach who runs the installation."""
    return render(request, "home/help.html", support())


def support() -> dict[str, str]:
    """The address to write to, as text and as a link; empty where the operator named none."""
    address = settings.SUPPORT_EMAIL
    link = format_html('<a href="mailto:{}">{}</a>', address, address)
    return {"support": address, "support_link": link}


@login_not_required
@require_safe
def talk(request: HttpRequest) -> HttpResponse:
    """Whom to talk to when a visit or a memory weighs on somebody."""
    user = request.user
    people = listeners_of(user, at=timezone.now()) if isinstance(user, User) else []
    return render(request, "home/talk.html", {"people": people})


def without_language(address: str) -> str:
    """The address without `lang=`, which would go before what was chosen."""
    parts = urlsplit(address)
    asked = QueryDict(parts.query, mutable=True)
    if asked.pop("lang", None) is None:
        return address
    return parts._replace(query=asked.urlencode()).geturl()


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language for this browser, and for the person if signed in."""
    language = request.POST.get("language", "")
    back = way_back(request, request.POST.get("next", "")) or "/"
    response = redirect(without_language(back))
    if language in dict(settings.INTERFACE_LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax"
        )
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response
