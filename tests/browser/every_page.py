"""Every page of ours, by who looks at it: one representative of each, with words on it.

`NO_PAGE` names the addresses that show no page of their own. An address in neither list fails
test_axe.py: whoever adds a page adds it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.core.management import call_command
from django.urls import get_resolver, resolve
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings

from curriculum.models import LessonPage, ModulePage
from curriculum.reporting import Said, address_of_report, send_report, settle_report
from partnerships.models import Partnership, Trip, TripMember
from pathways.certifying import revoke
from people import rosters
from people.models import Institution, Programme, Role, User
from people.notices import notify
from people.scheduled import mail_invitations
from people.workflow import Wanted, invite
from reflections.models import Entry, InstrumentVersion, ReviewRequest
from reflections.workflow.entries import save_entry, submit_entry
from reflections.workflow.reviews import (
    add_remark,
    note_reading,
    open_feedback,
    release_review,
    return_review,
    save_review,
)
from tests.conftest import join, make_person
from tests.curriculum.making import edition_of, publish
from tests.pathways.making import certify
from tests.people.conftest import link_in
from tests.reflections.conftest import answer_all

from .error_urls import ERROR_PAGES
from .writing_room import begin, come_in

OURS = (
    "home:",
    "people:",
    "partnerships:",
    "reflections:",
    "curriculum:",
    "publishing:",
    "pathways:",
)
LIBRARY = ("account_", "mfa_", "wagtail_serve")

NO_PAGE = {
    "home:set_language": "takes a form",
    "home:healthz": "for machines",
    "home:readyz": "for machines",
    "people:roster_confirm": "takes a form",
    "people:invitation_resend": "takes a form",
    "people:invitation_withdraw": "takes a form",
    "people:programme_add": "takes a form; its errors stand on the page of the place",
    "people:programme_rename": "takes a form",
    "people:cohort_add": "takes a form",
    "people:place_change": "takes a form",
    "people:role_give": "takes a form",
    "people:role_end": "takes a form",
    "people:role_move": "takes a form",
    "people:mentor_add": "takes a form",
    "people:mentor_end": "takes a form",
    "people:shared": "takes a form",
    "people:notices_read": "takes a form",
    "people:notice_open": "takes a form",
    "partnerships:partnership_agree": "takes a form",
    "partnerships:trip_agree": "takes a form",
    "partnerships:trip_cancel": "takes a form",
    "partnerships:trip_close": "takes a form",
    "partnerships:member_withdraw": "takes a form",
    "reflections:autosave": "for scripts",
    "reflections:autosave_review": "for scripts",
    "reflections:save_entry": "takes a form",
    "reflections:save_review": "takes a form",
    "reflections:take_back": "takes a form",
    "reflections:reopen": "takes a form",
    "reflections:discard": "takes a form",
    "reflections:settle": "takes a form",
    "reflections:mark": "takes a form",
    "reflections:undo_review": "takes a form",
    "reflections:remark": "takes a form",
    "publishing:media": "a file",
    "pathways:of_completion": "leads to the certificate",
    "pathways:certificate_name": "takes a form",
    "pathways:certificate_pdf": "a file; while it is made, a page that looks again by itself",
    "pathways:certificate_revoke": "takes a form; its errors stand on the page that checks",
    "pathways:certificate_again": "takes a form",
    "curriculum:opinions": "takes a form; its answer is the module page",
    "curriculum:report_settle": "takes a form; its errors stand on the page of the report",
    "curriculum:report_take_back": "takes a form",
    "people:place_new": "only in an empty house: see test_axe",
    "curriculum:complete": "takes a form",
    "curriculum:check": "takes a form; its answer is the lesson page",
    "account_email_verification_sent": "only on the way through sign-up, which is closed",
    "account_reauthenticate": "forwards to the second step or asks the password: see by_form",
    "mfa_authenticate": "in the middle of a sign-in: see test_axe",
    "mfa_reauthenticate": "only after a second step was set up: see test_axe",
    "mfa_deactivate_totp": "the same",
    "mfa_view_recovery_codes": "the same",
    "mfa_generate_recovery_codes": "the same",
    "mfa_download_recovery_codes": "a file",
    "account_confirm_login_code": "after asking for a code: see test_axe",
}


@dataclass
class Tour:
    """What one person visits. `forms` are posted empty, for the page with its errors."""

    person: User | None
    pages: list[str]
    forms: list[str] = field(default_factory=list)


@dataclass
class House:
    """A house full of people and things; `tours` is the way through it."""

    tours: dict[str, Tour]


def names() -> Iterator[str]:
    """The names of all addresses of ours, and of the libraries that wear our frame."""
    yield from walk(get_resolver().url_patterns)


def walk(patterns: list[object], space: str = "") -> Iterator[str]:
    for entry in patterns:
        inner = getattr(entry, "url_patterns", None)
        if inner is not None:
            name = getattr(entry, "namespace", None)
            yield from walk(inner, f"{space}{name}:" if name else space)
        elif (full := f"{space}{entry.name or ''}").startswith((*OURS, *LIBRARY)):  # type: ignore[attr-defined]
            yield full


def visited(house: House) -> set[str]:
    """The names of the addresses on the tours."""
    paths = [path for tour in house.tours.values() for path in tour.pages + tour.forms]
    return {resolve(path.split("?")[0]).view_name for path in paths}


def furnish(
    amara: User,
    dr_osei: User,
    tomas: User,
    ruth: User,
    eleni: User,
    amara_part: TripMember,
    partnership: Partnership,
    harrow_lake: Institution,
    anaesthesia: Programme,
) -> House:
    """Everything that the pages show."""
    today = timezone.localdate()
    amara_part.departs, amara_part.returns = today + timedelta(20), today + timedelta(40)
    amara_part.save(update_fields=["departs", "returns"])
    trip = amara_part.trip
    Trip.objects.filter(pk=trip.pk).update(starts=today + timedelta(22), ends=today + timedelta(38))
    partnership.agreed_on = partnership.since
    partnership.save(update_fields=["agreed_on"])
    past = finished_trip(amara, partnership)
    group(past, harrow_lake)
    lessons = rooms()
    certificate, revoked = certificates(amara, ruth, partnership)
    entries = journal(amara, amara_part, dr_osei)
    reports = say_what_is_wrong(amara, eleni)
    waiting, answered = (ReviewRequest.objects.get(entry=entries[key]) for key in ("sent", "read"))
    notify(amara, "test", "test", "There is news", "Read it in peace.", "/trips/", timezone.now())
    token = invitation(ruth, harrow_lake)
    key = rosters.keep(
        [(2, {"name": "Ines Halloran", "email": "ines@example.org"})], harrow_lake, ruth
    )
    reset = f"{user_pk_to_url_str(amara)}-{default_token_generator.make_token(amara)}"
    place, visit = harrow_lake.slug, trip.public_id
    account = [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/accounts/2fa/",
    ]
    me = ["/me/", "/me/unsent/", "/me/policies/", "/me/notices/", "/people/log/"]
    return House(
        {
            "visitor": Tour(
                None,
                [
                    "/",
                    "/privacy/",
                    "/accessibility/",
                    "/help/",
                    "/talk/",
                    "/search/?q=consent",
                    "/search/?q=nothing-like-this",
                    "/curriculum/",
                    *lessons["open"],
                    f"/certificates/{certificate}/",
                    f"/certificates/{revoked}/",
                    "/certificates/unknown/",
                    token,
                    "/invitation/unknown/",
                    "/accounts/login/",
                    "/accounts/login/code/",
                    "/accounts/signup/",
                    "/accounts/inactive/",
                    "/accounts/password/reset/",
                    "/accounts/password/reset/done/",
                    "/accounts/password/reset/key/done/",
                    f"/accounts/password/reset/key/{reset}/",
                    "/accounts/password/reset/key/1-wrong/",
                    "/dev/mail/",
                    *ERROR_PAGES,
                ],
                ["/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/", token],
            ),
            "learner": Tour(
                amara,
                [
                    "/dashboard/",
                    *me,
                    *account,
                    "/accounts/2fa/totp/activate/",
                    "/curriculum/",
                    "/search/",
                    "/certificates/",
                    f"/certificates/{certificate}/sheet/",
                    f"/certificates/{revoked}/sheet/",
                    *lessons["closed"],
                    *reports.values(),
                    "/curriculum/reports/",
                    "/journal/",
                    "/journal/?show=drafts",
                    "/journal/new/",
                    "/journal/new/?prompt=did-without",
                    *(f"/journal/{entries[name].public_id}/" for name in ("sent", "read", "back")),
                    *(
                        f"/journal/{entries[name].public_id}/edit/"
                        for name in ("empty", "marked", "two")
                    ),
                    f"/journal/{entries['sent'].public_id}/readers/",
                    "/outcomes/",
                    f"/outcomes/{amara_part.public_id}/pre/",
                    f"/outcomes/{amara_part.public_id}/post/",
                    f"/outcomes/{past.public_id}/post/",
                    "/partnerships/",
                    f"/partnerships/{partnership.slug}/",
                    "/trips/",
                    f"/trips/{visit}/",
                    *ERROR_PAGES,
                ],
                [
                    "/me/",
                    f"/outcomes/{amara_part.public_id}/pre/",
                    f"/outcomes/{past.public_id}/post/",
                    "/accounts/email/",
                    "/accounts/password/change/",
                    *lessons["checked"],
                    reports["new"],
                ],
            ),
            "newcomer": Tour(
                tomas,
                [
                    "/dashboard/",
                    "/journal/",
                    "/outcomes/",
                    "/certificates/",
                    "/trips/",
                    "/me/notices/",
                    "/accounts/2fa/",
                ],
            ),
            "reviewer": Tour(
                dr_osei,
                [
                    "/dashboard/",
                    "/reviews/",
                    f"/reviews/{waiting.public_id}/",
                    f"/reviews/{answered.public_id}/",
                    "/outcomes/programme/",
                    "/trips/",
                ],
            ),
            "coordinator": Tour(
                ruth,
                [
                    "/dashboard/",
                    "/people/",
                    "/people/invite/",
                    "/people/partner/",
                    "/people/roster/",
                    f"/people/roster/{key}/",
                    "/people/invitations/",
                    "/people/log/",
                    "/people/policies/",
                    f"/people/policies/{place}/new/",
                    f"/people/places/{place}/",
                    f"/people/{amara.public_id}/",
                    f"/people/{amara.public_id}/certificates/",
                    f"/certificates/{certificate}/",
                    f"/certificates/{revoked}/",
                    "/partnerships/",
                    "/partnerships/new/",
                    f"/partnerships/{partnership.slug}/",
                    "/trips/",
                    "/trips/new/",
                    f"/trips/{visit}/",
                    f"/trips/{visit}/change/",
                    f"/trips/{visit}/members/new/",
                    f"/trips/{visit}/members/{amara_part.public_id}/",
                    "/outcomes/programme/",
                ],
                [
                    "/people/invite/",
                    "/people/partner/",
                    "/people/roster/",
                    f"/people/places/{place}/",
                    "/partnerships/new/",
                    "/trips/new/",
                    f"/trips/{visit}/members/new/",
                    f"/certificates/{certificate}/",
                ],
            ),
            "editor": Tour(
                eleni,
                [
                    "/dashboard/",
                    "/curriculum/",
                    "/curriculum/map/",
                    "/curriculum/glossary/",
                    lessons["closed"][0],
                    "/curriculum/reports/",
                    reports["open"],
                    reports["settled"],
                ],
                [reports["open"]],
            ),
            "codeless": Tour(
                codeless(harrow_lake),
                ["/me/", "/accounts/password/set/"],
                ["/accounts/password/set/"],
            ),
        }
    )


@pytest.fixture
def furnished(
    house: None,
    settings: Settings,
    tmp_path: Path,
    amara: User,
    dr_osei: User,
    tomas: User,
    ruth: User,
    eleni: User,
    amara_part: TripMember,
    partnership: Partnership,
    harrow_lake: Institution,
    anaesthesia: Programme,
) -> House:
    """The house with everything in it, as the demo shows it."""
    settings.ROOT_URLCONF = "tests.browser.error_urls"
    furnished = furnish(
        amara, dr_osei, tomas, ruth, eleni, amara_part, partnership, harrow_lake, anaesthesia
    )
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return furnished


def codeless(place: Institution) -> User:
    """Somebody who signs in by mail, without a password."""
    person = make_person("ines", display_name="Ines Halloran")
    join(person, place, Role.LEARNER)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    return person


def finished_trip(amara: User, partnership: Partnership) -> TripMember:
    """A visit that is over: the questions after it wait for Amara."""
    today = timezone.localdate()
    trip = Trip.objects.create(
        partnership=partnership,
        host=partnership.first,
        purpose="Teach regional anaesthesia",
        starts=today - timedelta(40),
        ends=today - timedelta(12),
        status=Trip.Status.AGREED,
    )
    return TripMember.objects.create(
        trip=trip,
        user=amara,
        membership=amara.memberships.get(),
        part=TripMember.Part.RESIDENT,
        departs=today - timedelta(42),
        returns=today - timedelta(10),
    )


def group(past: TripMember, home: Institution) -> None:
    """Six people who answered before and after."""
    ask = InstrumentVersion.objects.get(translates=None)
    now = timezone.now()
    for number in range(6):
        person = make_person(f"visitor{number}")
        member = TripMember.objects.create(
            trip=past.trip,
            user=person,
            membership=join(person, home, Role.LEARNER),
            part="resident",
            departs=past.departs,
            returns=past.returns,
        )
        answer_all(member, "pre", 3, ask, now - timedelta(50))
        answer_all(member, "post", 2 + number % 3, ask, now - timedelta(5))
    answer_all(past, "pre", 3, ask, now - timedelta(50))


def rooms() -> dict[str, list[str]]:
    """The shipped modules; the second is open to visitors. An earlier edition of one lesson."""
    call_command("load_curriculum", verbosity=0)
    lessons = list(LessonPage.objects.live().order_by("path"))
    modules = list(ModulePage.objects.live().order_by("path"))
    publish(modules[-1], open_to_visitors=True)
    first = edition_of(lessons[0])
    publish(lessons[0], summary="Changed.", change_kind="reread", change_note="New figures.")
    opened = [lesson for lesson in lessons if lesson.is_child_of(modules[-1])]
    return {
        "closed": [
            *(page.get_url() for page in modules[:2]),
            *(module.get_children().live().first().get_url() for module in modules),
            f"/curriculum/editions/{first.public_id}/",
        ],
        "open": [modules[-1].get_url(), opened[0].get_url()],
        "checked": [lessons[0].get_url(), modules[-1].get_url()],
    }


def certificates(amara: User, ruth: User, pair: Partnership) -> tuple[str, str]:
    """The codes of one that counts and of one that was revoked; both institutions are on them."""
    codes = []
    for number, module in enumerate(ModulePage.objects.live().order_by("path")[:2]):
        module.leading_institution, module.reviewing_institution = pair.sides
        module.save()
        edition = edition_of(module.get_children().live().first())
        made = certify(amara, module, edition, at=timezone.now() - timedelta(number))
        codes.append(made.printed_code)
    revoke(made, by=ruth, reason="It was given to the wrong person.", at=timezone.now())
    return codes[0], codes[1]


def journal(amara: User, part: TripMember, dr_osei: User) -> dict[str, Entry]:
    """Entries in every state that has a face of its own."""
    now = timezone.now()
    found = {
        name: begin(amara, part, reviewers=True)
        for name in ("empty", "marked", "two", "sent", "read", "back")
    }
    write(found["marked"], "On 3 March 2026 Mrs Adebayo, aged 93, called 0044 20 7946 0958.")
    write(found["two"], "The text that stands.")
    save_entry(found["two"], body="The text that came from elsewhere.", base=1, at=now)
    for name in ("sent", "read", "back"):
        write(found[name], "The machine is off from noon to six.")
        submit_entry(Entry.objects.get(pk=found[name].pk), at=now)
    for name, act in (("read", release_review), ("back", return_review)):
        request = ReviewRequest.objects.get(entry=found[name])
        note_reading(request, at=now)
        levels = {"being-there": "2"}
        saved = save_review(request, feedback="I stopped at noon.", ratings=levels, base=0, at=now)
        act(saved.review, at=now)
    request = ReviewRequest.objects.get(entry=found["read"])
    open_feedback(found["read"], at=now)
    add_remark(request, amara, token=uuid4(), body="So did I.", at=now)
    return {name: Entry.objects.get(pk=entry.pk) for name, entry in found.items()}


def write(entry: Entry, words: str) -> None:
    save_entry(entry, body=words, base=entry.version, at=timezone.now())


def say_what_is_wrong(amara: User, eleni: User) -> dict[str, str]:
    """A report that waits, one that is mended, and the page for the next."""
    now = timezone.now()
    lesson = LessonPage.objects.live().order_by("path")[1]
    edition = edition_of(lesson)
    made = {
        name: send_report(
            amara, edition, Said(uuid4(), "unclear", "Of what?", "Twelve of them."), at=now
        )
        for name in ("open", "settled")
    }
    publish(lesson, summary="Mended.", change="wording")
    settle_report(made["settled"], by=eleni, state="mended", answer="Of errors.", at=now)
    urls = {name: address_of_report(report) for name, report in made.items()}
    return urls | {"new": f"/curriculum/editions/{edition.public_id}/report/"}


def invitation(ruth: User, place: Institution) -> str:
    """The path of a mailed invitation."""
    wanted = Wanted("mina@example.org", "Dr Mina Farah", place, Role.REVIEWER)
    invite(wanted, by=ruth, at=timezone.now())
    mail_invitations(timezone.now())
    return link_in(mail.outbox[-1], "/invitation/")


def enter(page: Page, tour: Tour, base_url: str) -> None:
    """The person of the tour is signed in."""
    if tour.person is not None:
        come_in(page, tour.person, base_url)
