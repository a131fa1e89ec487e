"""Every page of the curriculum by its address: the wrapper, the list, a module."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from people.models import Role, User
from people.requests import roles_of

from ..addresses import address_of
from ..finding import find_page, in_reader_language
from ..forms import OpinionsForm
from ..models import GlossaryPage, LessonPage, ModulePage
from ..opinions import opinions_of
from ..progress import ModuleProgress, progress_of
from ..rendering import introduction
from ..showing import IndexShown, Link, ModuleRow, ModuleShown, readings_of
from .glossary import glossary_detail
from .lessons import lesson_detail

# Whom the way to the competency map is shown; it is open to everybody who is signed in.
MAPPERS = {Role.EDITOR, Role.COORDINATOR}


@login_not_required
@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at this address. Visitors of a closed page are sent to sign in."""
    page = find_page(path)
    if page is None:
        return other_page(request, path)
    if isinstance(page, LessonPage):
        return lesson_detail(request, page)
    if not page.live:
        raise Http404
    if isinstance(page, ModulePage):
        return module_detail(request, page)
    if isinstance(page, GlossaryPage):
        return glossary_detail(request, page)
    return index(request)


def other_page(request: HttpRequest, path: str) -> HttpResponse:
    """Pages of other rooms: Wagtail finds them, for people who are signed in."""
    if Page.route_for_request(request, path) is None:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return wagtail_serve(request, path)


def reader(request: HttpRequest) -> User | None:
    """Whoever reads, if signed in."""
    return request.user if isinstance(request.user, User) else None


def index(request: HttpRequest) -> HttpResponse:
    """The modules that this person may read, with what they completed."""
    user = reader(request)
    found = ModulePage.objects.visible_to(request.user).in_order().select_related("locale")
    modules = in_reader_language(list(found))
    rows = [
        row_of(line, user is not None)
        for line in progress_of(user, modules, on=timezone.now().date())
    ]
    page = IndexShown(
        rows,
        is_visitor=user is None,
        has_glossary=GlossaryPage.objects.visible_to(request.user).exists(),
        shows_map=user is not None and bool(roles_of(request) & MAPPERS),
        shows_reports=user is not None and Role.EDITOR in roles_of(request),
    )
    return render(request, "curriculum/index.html", {"page": page})


def row_of(progress: ModuleProgress, is_reader: bool) -> ModuleRow:
    """A module in the list, with its state in words."""
    url = address_of(progress.module)
    if not is_reader or not progress.total:
        return ModuleRow(progress, url)
    if progress.is_complete:
        shape, words = ("two", _("Changed since")) if progress.changed else ("done", _("Complete"))
        return ModuleRow(progress, url, words, shape)
    if progress.has_begun:
        return ModuleRow(progress, url, progress.words, "now")
    return ModuleRow(progress, url, _("Not started"), "later")


def module_detail(
    request: HttpRequest,
    module: ModulePage,
    *,
    form: OpinionsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """What a module is for, its lessons, and who stands behind it. `form` has faults."""
    user = reader(request)
    if user is None and not module.open_to_visitors:
        return redirect_to_login(request.get_full_path())
    progress = progress_of(user, [module], on=timezone.now().date())[0]
    opinions = opinions_of(user, module, progress)
    editions = [lesson.edition for lesson in progress.lessons]
    shown = ModuleShown(
        module=module,
        progress=progress,
        intro=introduction(module.intro),
        shows_progress=user is not None and progress.total > 0,
        next=way_in(progress),
        published_at=max((e.published_at for e in editions), default=None),
        changes=[lesson for lesson in progress.lessons if lesson.edition.note],
        competencies=[str(competency) for competency in module.competencies.all()],
        prerequisites=[
            Link(other.title, address_of(other))
            for other in module.prerequisites.live().order_by("number")
        ],
        readings=readings_of(module),
        opinions=opinions,
        opinions_form=form or (OpinionsForm(opinions.questions) if opinions.is_asked else None),
    )
    return render(request, "curriculum/module.html", {"page": shown}, status=status)


def way_in(progress: ModuleProgress) -> Link | None:
    """The one button of a module."""
    lesson = progress.next_lesson or next(iter(progress.changed), None)
    if lesson is None:
        return None
    if lesson.has_changed:
        words = _("See what changed in lesson %(number)s")
    elif progress.has_begun:
        words = _("Continue with lesson %(number)s")
    else:
        words = _("Start with lesson %(number)s")
    return Link(words % {"number": lesson.number}, lesson.url)
