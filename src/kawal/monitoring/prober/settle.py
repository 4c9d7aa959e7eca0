"""Stores changes of state inside the writer's transaction, and hands them to the incidents."""

import json
from typing import Any

from django.db import connection

from kawal.monitoring.facts import State
from kawal.monitoring.prober import affairs
from kawal.monitoring.prober.batch import Turned

_TRANSITIONS = """
INSERT INTO monitoring_transition (check_id, at, old, new, code, detail, noted_at)
SELECT v.id, to_timestamp(v.at), v.old, v.new, v.code, v.detail, to_timestamp(v.noted)
FROM unnest(%s::int[], %s::float8[], %s::smallint[], %s::smallint[], %s::smallint[], %s::text[],
    %s::float8[]) AS v (id, at, old, new, code, detail, noted)
ON CONFLICT (check_id, at) DO NOTHING
"""
_STATES = """
INSERT INTO monitoring_checkstate AS s
    (check_id, state, code, detail, since, last_code, failing, memory)
VALUES (%s, %s, %s, %s, to_timestamp(%s), %s, 0, %s)
ON CONFLICT (check_id) DO UPDATE SET state = excluded.state, code = excluded.code,
    detail = excluded.detail, since = excluded.since,
    memory = CASE WHEN excluded.memory = '{}' THEN s.memory ELSE excluded.memory END
"""
_HOLD = """
SELECT id FROM monitoring_application WHERE id IN (
    SELECT application_id FROM monitoring_check WHERE id = ANY(%s)
) ORDER BY id FOR KEY SHARE
"""
_WHOSE = """
SELECT c.id, c.application_id, c.name, coalesce(s.state, 4)
FROM monitoring_check c LEFT JOIN monitoring_checkstate s ON s.check_id = c.id
WHERE c.application_id IN (SELECT application_id FROM monitoring_check WHERE id = ANY(%s))
    AND c.enabled AND c.retired_at IS NULL
"""


def settle(turned: list[Turned]) -> list[int]:
    """Store the changes, open and end incidents, post messages; return the applications touched.

    Locks in the order of everybody who writes here: applications, checks, incidents.
    """
    ids = list({one.check_id for one in turned})
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [ids])
    _store(turned)
    with connection.cursor() as cursor:
        cursor.execute(_WHOSE, [ids])
        rows = cursor.fetchall()
    owner = {check_id: application_id for check_id, application_id, _, _ in rows}
    serious = [
        one
        for one in turned
        if one.check_id in owner and (one.new is State.DOWN or one.new in (State.UP, State.WARN))
    ]
    if serious:
        affairs.take(serious, [(*row[:3], State(row[3])) for row in rows])
    return sorted({owner[one.check_id] for one in turned if one.check_id in owner})


def _store(turned: list[Turned]) -> None:
    changed = [one for one in turned if one.old is not one.new]
    with connection.cursor() as cursor:
        if changed:
            columns = zip(
                *(
                    (t.check_id, t.at, t.old, t.new, t.code, t.detail[:300], t.noted_at)
                    for t in changed
                ),
                strict=True,
            )
            cursor.execute(_TRANSITIONS, [[_plain(value) for value in one] for one in columns])
        latest = {one.check_id: one for one in turned}
        cursor.executemany(
            _STATES,
            [
                (t.check_id, int(t.new), t.code, t.detail[:300], t.at, t.code,
                 json.dumps(t.memory or {}))
                for t in latest.values()
            ],
        )  # fmt: skip


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, State) else value
