"""The questions before and after a visit: three minutes on a phone, saved half-way if need be."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.models import TripMember
from people.requests import PersonRequest

from .. import instruments
from ..models import Assessment, InstrumentVersion, Item, Wave
from ..waves import WaveState, asked, state_of
from ..workflow.assessments import Closed, Unfinished, save_answers, submit_answers

ANSWERS = [
    (1, gettext_lazy("Strongly disagree")),
    (2, gettext_lazy("Disagree")),
    (3, gettext_lazy("Neither")),
    (4, gettext_lazy("Agree")),
    (5, gettext_lazy("Strongly agree")),
]


@dataclass(frozen=True)
class Question:
    """One statement with what was answered so far."""

    item: Item
    number: int
    answer: int | None
    is_missing: bool


@dataclass(frozen=True)
class AssessmentPage:
    """The questionnaire of one wave."""

    state: WaveState
    instrument: InstrumentVersion
    questions: list[Question]
    answered: int
    missing: list[Question]

    @property
    def is_before(self) -> bool:
        """Which of the two waves this is."""
        return self.state.wave == Wave.PRE


def find_state(request: PersonRequest, public_id: UUID, wave: str) -> WaveState:
    """The person's own wave, or 404: nobody else can see that it exists."""
    if wave not in Wave.values:
        raise Http404
    member = get_object_or_404(
        TripMember.objects.for_user(request.user).with_trip(), public_id=public_id
    )
    if not asked(member):
        raise Http404
    found = Assessment.objects.current().filter(trip_member=member, wave=wave).first()
    return state_of(member, wave, found, member.local_day(timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: PersonRequest, public_id: UUID, wave: str) -> HttpResponse:
    """Answer, save half-way, or hand in."""
    state = find_state(request, public_id, wave)
    if request.method == "POST":
        return answer(request, state)
    if not state.may_answer:
        status = 200 if state.state == "answered" else 403
        return render(request, "reflections/assessment_closed.html", {"page": state}, status=status)
    return show(request, state, state.assessment.answers if state.assessment else {}, [])


def answer(request: PersonRequest, state: WaveState) -> HttpResponse:
    """Keep what was posted; hand in if that was asked and nothing is missing."""
    instrument = the_instrument(state)
    raw = {key: str(value) for key, value in request.POST.items()}
    try:
        kept = save_answers(state.member, state.wave, instrument, raw, at=timezone.now())
        if "submit" in request.POST or kept.submitted_at:
            submit_answers(kept, at=timezone.now())
            messages.success(request, _("Handed in. Thank you."))
            return redirect("reflections:my_outcomes")
    except Closed:
        return render(request, "reflections/assessment_closed.html", {"page": state}, status=403)
    except Unfinished as unfinished:
        return show(request, state, kept.answers, unfinished.keys, status=422)
    messages.success(request, _("Saved. You can go on later, on any device."))
    return redirect("reflections:assessment", state.member.public_id, state.wave)


def the_instrument(state: WaveState) -> InstrumentVersion:
    """The version already begun, else the newest; in the reader's language if there is one."""
    language = get_language() or settings.LANGUAGE_CODE
    if state.assessment:
        return instruments.in_language(state.assessment.instrument, language)
    found = instruments.current(language)
    if found is None:
        raise Http404
    return found


def show(
    request: PersonRequest,
    state: WaveState,
    answers: dict[str, int],
    missing: list[str],
    status: int = 200,
) -> HttpResponse:
    """The questionnaire with what is known."""
    instrument = the_instrument(state)
    questions = [
        Question(item, number, answers.get(item.key), item.key in missing)
        for number, item in enumerate(instrument.items.all(), start=1)
    ]
    page = AssessmentPage(
        state=state,
        instrument=instrument,
        questions=questions,
        answered=sum(question.answer is not None for question in questions),
        missing=[question for question in questions if question.is_missing],
    )
    context = {"page": page, "scale": ANSWERS}
    return render(request, "reflections/assessment.html", context, status=status)
