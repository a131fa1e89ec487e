"""Is it alive, and may it be sent visitors? For load balancers and for the person on call.

Neither page says anything about people, nor where the database stands.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs import heartbeats
from jobs.models import Heartbeat

SILENT_TOO_LONG = {
    Heartbeat.Kind.WORKER: timedelta(minutes=2),
    Heartbeat.Kind.CLOCK: timedelta(minutes=10),
}
OK = "ok"

log = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks neither database nor cache, so that a restart is not the cure."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Everything a visitor needs is there; 503 with the reasons if not."""
    states = dict(check_all(timezone.now()))
    ready = all(state.startswith(OK) for state in states.values())
    return JsonResponse({"ready": ready, **states}, status=200 if ready else 503)


def check_all(at: datetime) -> Iterator[tuple[str, str]]:
    """Each part with its state. Without a database the rest cannot be asked."""
    try:
        connection.ensure_connection()
        yield "database", OK
        waiting = waiting_migrations()
        yield "migrations", f"{waiting} not applied" if waiting else OK
        if waiting:
            return
        yield "cache", check_cache()
        for kind in Heartbeat.Kind:
            yield kind.value, check_heartbeat(kind, at)
    except DatabaseError:
        log.exception("readyz: the database does not answer")
        yield "database", "does not answer"


def waiting_migrations() -> int:
    """How many migrations of this version are not applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def check_cache() -> str:
    """Whether what is put into the shared cache comes back."""
    word = secrets.token_hex(8)
    try:
        cache.set("readyz", word, timeout=60)
        return OK if cache.get("readyz") is not None else "forgets what it is told"
    except Exception:
        log.exception("readyz: the cache does not answer")
        return "does not answer"


def check_heartbeat(kind: Heartbeat.Kind, at: datetime) -> str:
    """How long ago a worker or the clock was heard from."""
    age = heartbeats.age(kind, at=at)
    if age is None:
        return "never heard from"
    ago = f"heard from {max(0, int(age.total_seconds()))} seconds ago"
    return f"{OK}, {ago}" if age <= SILENT_TOO_LONG[kind] else f"last {ago}"
