"""How far pings were read is never forgotten: a prober that starts or falls must not read twice."""

import pytest
from django.db import connection

from kawal.monitoring.models import Watcher
from kawal.monitoring.prober import writer
from kawal.monitoring.prober.engine import Engine
from kawal.monitoring.prober.reports import Reports


def _stored(figures: str) -> dict[str, object]:
    values: dict[str, str | float] = {
        "name": "prober", "started": 1.0, "alive": 2.0, "mark": 2.0, "batch": 1, "verdict": 0,
        "lag": 0.0, "figures": figures,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(writer._WATCHER, values)
    return dict(Watcher.objects.get(name="prober").figures)


@pytest.mark.django_db
def test_a_batch_that_says_nothing_of_the_marks_leaves_them() -> None:
    engine = Engine()
    said = Reports(engine).figures()
    engine.close()
    assert said == {}  # before the first look
    assert _stored('{"pings": {"3": 7}, "done": 1}') == {"pings": {"3": 7}, "done": 1}
    assert _stored('{"done": 2}') == {"pings": {"3": 7}, "done": 2}
    assert _stored('{"pings": {"3": 9}}') == {"pings": {"3": 9}, "done": 2}
