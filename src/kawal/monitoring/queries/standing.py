"""How the agencies stand, kept in memory by a live page: only what the news names is read again."""

import json
from collections.abc import Iterable, Set
from datetime import date

from kawal.monitoring.facts import Light
from kawal.monitoring.queries.lights import Row, judged, lights_of
from kawal.regions import queries as regions
from kawal.regions.facts import AgencyFacts

MANY = 200  # applications from which reading everything is the cheaper way


def touched(news: Iterable[str]) -> frozenset[int] | None:
    """Return the applications that announcements name; ``None`` when it may be any."""
    found: set[int] = set()
    for one in news:
        ids = _named(one)
        if ids is None:
            continue
        if not ids:
            return None
        found.update(ids)
    return frozenset(found)


def _named(said: str) -> list[int] | None:
    """Return the applications of one announcement; nothing when it is another module's news."""
    try:
        fact = json.loads(said)
    except ValueError:
        return []
    if not isinstance(fact, dict) or "kind" not in fact:
        return []
    return list(fact["ids"]) if fact["kind"] == "applications" else None


class Standing:
    """The agencies of a day and their lights; one reader's own, not shared between threads."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.agencies: dict[int, AgencyFacts] = {}
        self.lights: dict[int, Light] = {}
        self._rows: dict[int, dict[int, Row]] = {}  # by agency, then application

    def read(self, on: date, news: Set[str] | None) -> None:
        """Become current: all of it, or only what the news names."""
        ids = None if news is None or on != self.day else touched(news)
        if ids is None or len(ids) > MANY:
            self._read_all(on)
        elif ids:
            self._read_some(ids)

    def _read_all(self, on: date) -> None:
        self.day = on
        self.agencies = {one.id: one for one in regions.agencies(on)}
        self._rows = {}
        for row in judged():
            self._rows.setdefault(row[1], {})[row[0]] = row
        self.lights = self._judge(self._rows)

    def _read_some(self, ids: frozenset[int]) -> None:
        rows = judged(application_ids=ids)
        owners = {row[1] for row in rows}
        for agency_id, known in self._rows.items():
            if ids & known.keys():
                owners.add(agency_id)
                self._rows[agency_id] = {id: row for id, row in known.items() if id not in ids}
        for row in rows:
            self._rows.setdefault(row[1], {})[row[0]] = row
        for agency_id in owners:
            self.lights.pop(agency_id, None)
        self.lights |= self._judge(owners)

    def _judge(self, owners: Iterable[int]) -> dict[int, Light]:
        mine = {id: list(self._rows[id].values()) for id in owners}
        active = [self.agencies[id] for id in mine if id in self.agencies]
        return {light.id: light for light in lights_of(mine, active)}
