"""What somebody thinks before a module, and after it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.requests import PersonRequest

from ..addresses import address_of
from ..finding import in_reader_language
from ..forms import OpinionsForm
from ..models import ModulePage
from ..opinions import opinions_of
from ..progress import progress_of
from ..workflow import give_opinions
from .pages import module_detail


@require_POST
def give(request: PersonRequest, key: UUID) -> HttpResponse:
    """Keep the answers, once; whoever answered already finds what they said."""
    found = ModulePage.objects.visible_to(request.user).filter(translation_key=key)
    modules = in_reader_language(list(found.select_related("locale")))
    if not modules:
        raise Http404
    module = modules[0]
    progress = progress_of(request.user, [module], on=timezone.now().date())[0]
    opinions = opinions_of(request.user, module, progress)
    if opinions.is_asked:
        form = OpinionsForm(opinions.questions, request.POST)
        if not form.is_valid():
            return module_detail(request, module, form=form, status=422)
        give_opinions(request.user, module, opinions, form.cleaned_data, at=timezone.now())
        messages.success(request, _("Kept. Only you can see it."))
    return redirect(f"{address_of(module)}#opinions")
