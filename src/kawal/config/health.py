"""Whether this process lives and whether it can serve."""

from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether the database answers and is migrated; the worker's age is information."""
    try:
        waiting = migrations_waiting()
        facts = {"migrations_waiting": waiting, "worker_seconds": worker_age()}
    except DatabaseError:
        return JsonResponse({"status": "database does not answer"}, status=503)
    if waiting:
        return JsonResponse({"status": "run kawal migrate", **facts}, status=503)
    return JsonResponse({"status": "ok", **facts})


def worker_age() -> float | None:
    """Return the seconds since the worker's last heartbeat; ``None`` when there is no worker."""
    age = "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
    with connection.cursor() as cursor:
        cursor.execute(age)
        found = cursor.fetchone()
    return None if found is None or found[0] is None else round(float(found[0]), 1)


_migrated = False


def migrations_waiting() -> int:
    """Return how many migrations the database lacks; that it lacks none is remembered."""
    global _migrated
    if _migrated:
        return 0
    executor: Any = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrated = not plan
    return len(plan)
