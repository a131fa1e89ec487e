"""The journal: the list, a new entry, and an entry with who read it and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.models import TripMember
from people.models import User
from people.policies import pending_for
from people.requests import PersonRequest
from writing.limits import clean_text

from ..forms import ReadersForm, RemarkForm
from ..journal import FILTERS, PER_PAGE, PhaseGroup, by_phase, counts, journal_of, only
from ..models import Audience, Entry, EntryVersion, Phase, Prompt, Reading, Remark, Review
from ..models.prompt import PromptQuerySet
from ..readers import named
from ..workflow.entries import start_entry
from ..workflow.reviews import open_feedback


@dataclass(frozen=True)
class JournalPage:
    """One page of the journal."""

    tabs: list[tuple[str, str, int]]
    current: str
    groups: list[PhaseGroup]
    entries: Page[Entry]
    suggestion: Prompt | None


@require_safe
def journal(request: PersonRequest) -> HttpResponse:
    """Entries by phase, with tabs as filters."""
    current = request.GET.get("show", "all")
    current = current if current in FILTERS else "all"
    numbers = counts(request.user)
    found = Paginator(only(journal_of(request.user), current), PER_PAGE)
    found.count = numbers[current]  # type: ignore[misc]
    entries = found.get_page(request.GET.get("page"))
    page = JournalPage(
        tabs=[(name, str(words), numbers[name]) for name, words in FILTERS.items()],
        current=current,
        groups=by_phase(list(entries)),
        entries=entries,
        suggestion=suggested_prompt() if not numbers["all"] else None,
    )
    return render(request, "reflections/journal.html", {"page": page})


def offered() -> PromptQuerySet:
    """What can be written about, each question once, in the reader's language if it exists."""
    return Prompt.objects.offered().in_language(get_language() or settings.LANGUAGE_CODE)


def suggested_prompt() -> Prompt | None:
    """The first prompt, for somebody who has not written yet."""
    return offered().first()


@dataclass(frozen=True)
class NewEntryPage:
    """Choose a prompt, then the readers."""

    prompts: list[tuple[Phase, list[Prompt]]]
    prompt: Prompt | None
    visits: list[TripMember]
    visit: TripMember | None
    is_free: bool
    form: ReadersForm | None
    token: UUID


@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: PersonRequest) -> HttpResponse:
    """Choose what to write about and who may read it. Nothing is kept before that is sent."""
    if pending_for(request.user, at=timezone.now()):
        back = request.get_full_path()
        return redirect(f"{reverse('people:policies')}?next={back}")
    visits = list(
        TripMember.objects.for_user(request.user)
        .standing()
        .visitors()
        .with_trip()
        .order_by("-departs")
    )
    data = request.POST if request.method == "POST" else request.GET
    visit = next((v for v in visits if str(v.public_id) == data.get("visit")), None)
    visit = visit or (visits[0] if visits else None)
    wanted = clean_text(data.get("prompt", ""))
    prompt = offered().filter(key=wanted).first()
    is_free = wanted == "free"
    form = None
    if prompt or is_free:
        people = named(request.user, visit, timezone.localdate())
        form = ReadersForm(request.POST if request.method == "POST" else None, people=people)
        if request.method == "POST" and form.is_valid():
            return begin(request, form, visit, prompt)
    prompts = offered_prompts(request.user, visit)
    page = NewEntryPage(prompts, prompt, visits, visit, is_free, form, entry_id(request))
    status = 422 if request.method == "POST" else 200
    return render(request, "reflections/entry_new.html", {"page": page}, status=status)


def offered_prompts(user: User, visit: TripMember | None) -> list[tuple[Phase, list[Prompt]]]:
    """Prompts by phase; those of a host mission for everybody who visits another place."""
    prompts = list(offered().exclude(audience=Audience.BOTH_SIDES))
    groups = [(phase, [p for p in prompts if p.phase == phase]) for phase in Phase]
    return [(phase, rows) for phase, rows in groups if rows]


def begin(
    request: PersonRequest, form: ReadersForm, visit: TripMember | None, prompt: Prompt | None
) -> HttpResponse:
    """Make the draft and open it. The same form twice opens the same draft."""
    entry_for = partial(
        start_entry,
        request.user,
        member=visit,
        prompt=prompt,
        phase=prompt.phase if prompt else phase_of(visit),
        readers=form.chosen(),
        title=prompt.title if prompt else _("In my own words"),
        at=timezone.now(),
    )
    try:
        entry = entry_for(public_id=entry_id(request))
    except Entry.DoesNotExist:  # taken by somebody else, of which nothing is said
        entry = entry_for(public_id=uuid4())
    return redirect("reflections:write", entry.public_id)


def entry_id(request: PersonRequest) -> UUID:
    """The id that the form carries, or a new one: a form sent twice makes one entry."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


def phase_of(visit: TripMember | None) -> str:
    """Where the visit stands today, for an entry without a prompt."""
    if visit is None:
        return Phase.DURING
    today = visit.local_day(timezone.now())
    if today < visit.departs:
        return Phase.BEFORE
    return Phase.DURING if today <= visit.returns else Phase.AFTER


@dataclass(frozen=True)
class Talk:
    """What one reviewer answered, version by version, and what was said since."""

    name: str
    request_id: UUID
    reviews: list[Review]
    remarks: list[tuple[str, str, object, bool]]
    form: RemarkForm


@dataclass(frozen=True)
class EntryPage:
    """An entry as its author sees it."""

    entry: Entry
    readers: list[str]
    readings: list[Reading]
    talks: list[Talk]
    versions: list[EntryVersion]
    may_take_back: bool
    may_reopen: bool
    may_discard: bool


@require_safe
def entry(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The author's page of one entry. Readers have the desk."""
    row = get_object_or_404(
        Entry.objects.for_author(request.user).with_visit(), public_id=public_id
    )
    response = show_entry(request, row)
    if is_seen(request):
        open_feedback(row, at=timezone.now())
    return response


def show_entry(
    request: PersonRequest,
    row: Entry,
    refused: tuple[int, RemarkForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; `refused` is a reply to the request of this id that could not be sent."""
    page = entry_page(row, dict([refused] if refused else []))
    return render(request, "reflections/entry.html", {"page": page}, status=status)


def is_seen(request: PersonRequest) -> bool:
    """Whether somebody looks at the page: a browser that loads ahead does not count."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in purpose and "prerender" not in purpose


def entry_page(row: Entry, replies: dict[int, RemarkForm]) -> EntryPage:
    """The facts of the page, in a constant number of queries. `replies` by request, to correct."""
    requests = list(row.requests.select_related("reviewer"))
    reviews = list(
        Review.objects.filter(request__entry=row, status__in=Review.HANDED_OVER)
        .select_related("version", "rubric")
        .prefetch_related("rubric__criteria__levels")
    )
    remarks = list(Remark.objects.filter(request__entry=row).select_related("author"))
    versions = list(row.versions.all())
    sent = [version for version in versions if version.kind == EntryVersion.Kind.SUBMISSION]
    readings = list(Reading.objects.filter(version__entry=row).select_related("reader", "version"))
    talks = [
        Talk(
            name=request.reviewer.display_name,
            request_id=request.public_id,
            reviews=[review for review in reviews if review.request_id == request.pk],
            remarks=[
                (r.author.display_name, r.body, r.at, r.author_id == row.author_id)
                for r in remarks
                if r.request_id == request.pk
            ],
            form=replies.get(request.pk) or RemarkForm(initial={"token": uuid4()}),
        )
        for request in requests
        if any(review.request_id == request.pk for review in reviews)
        or any(remark.request_id == request.pk for remark in remarks)
        or request.pk in replies
    ]
    standing = [r for r in requests if r.state != "withdrawn"]
    return EntryPage(
        entry=row,
        readers=[request.reviewer.display_name for request in standing],
        readings=readings,
        talks=talks,
        versions=sent,
        may_take_back=row.status == Entry.Status.SUBMITTED and not readings,
        may_reopen=row.status == Entry.Status.KEPT,
        may_discard=row.status in {Entry.Status.DRAFT, Entry.Status.KEPT} and not requests,
    )
