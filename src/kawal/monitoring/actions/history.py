"""History from elsewhere: what another tool saw of an application, before or beside our watching.

It stands in a check of its own that is never watched: retired at the instant where the history
ends, so that it weighs nothing afterwards and longer history may follow.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring.actions.inventory import register_application
from kawal.monitoring.actions.rows import repaint
from kawal.monitoring.codes import Code
from kawal.monitoring.drafts import ApplicationDraft
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.models import Application, Check, Transition
from kawal.monitoring.permissions import CONFIGURE
from kawal.regions.facts import Actor
from kawal.regions.permissions import require

NAME = "Riwayat yang diimpor"
SPEC = {"history": True}


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of an application at an instant (UTC); ``status`` is HTTP's, 0 for none."""

    at: datetime
    application: str
    state: State
    status: int = 0


@dataclass(slots=True)
class Past:
    """What is stored of one application's history: its changes in order, and where it ends."""

    check: Check
    times: list[datetime]
    states: list[State]
    end: datetime | None
    fresh: list[Transition] = field(default_factory=list)

    def state_at(self, at: datetime) -> State:
        """Return the state that the stored history gives for an instant."""
        index = bisect_right(self.times, at)
        return self.states[index - 1] if index else State.UNKNOWN


class History:
    """Takes in what was seen, in order of time for each application; call ``keep`` at the end.

    Use it inside a transaction. Applications that the agency does not have yet are registered.

    :raises Refused: when the actor may not configure checks of the agency.
    """

    def __init__(self, agency_id: int, *, actor: Actor) -> None:
        require(actor, CONFIGURE, agency_id)
        self.agency_id, self.actor = agency_id, actor
        self.known: dict[str, Past] = {}

    def take(self, sight: Sight) -> tuple[bool, Sequence[Reason]]:
        """Take one sight in; return whether it was new, and why it is refused."""
        past = self._past(sight.application)
        if past.end is not None and sight.at <= past.end:
            return False, _contradictions(past, sight)
        if sight.at > self.actor.at:
            return False, [Reason("history.future", N_("Waktu ini belum terjadi."), at="time")]
        self._append(past, sight)
        return True, ()

    def keep(self) -> int:
        """Write what is new; return how many changes of state it holds."""
        fresh = [row for past in self.known.values() for row in past.fresh]
        Transition.objects.bulk_create(fresh, batch_size=2000)
        for past in self.known.values():
            if past.end is not None and past.end != past.check.retired_at:
                Check.objects.filter(pk=past.check.pk).update(retired_at=past.end)
                past.check.retired_at = past.end
            past.fresh.clear()
        repaint()
        return len(fresh)

    def _append(self, past: Past, sight: Sight) -> None:
        before = past.states[-1] if past.states else State.UNKNOWN
        if not past.states or before is not sight.state:
            past.times.append(sight.at)
            past.states.append(sight.state)
            past.fresh.append(_transition(past.check, before, sight, self.actor.at))
        past.end = sight.at

    def _past(self, name: str) -> Past:
        if name not in self.known:
            check = self._check(self._application(name))
            rows = Transition.objects.filter(check_row=check).order_by("at")
            stored = list(rows.values_list("at", "new"))
            times, states = [at for at, _ in stored], [State(new) for _, new in stored]
            self.known[name] = Past(check, times, states, check.retired_at if stored else None)
        return self.known[name]

    def _application(self, name: str) -> int:
        mine = Application.objects.filter(agency_id=self.agency_id, name=name, retired_at=None)
        found = mine.values_list("pk", flat=True).first()
        if found is None:
            return register_application(ApplicationDraft(self.agency_id, name), actor=self.actor).id
        return found

    def _check(self, application_id: int) -> Check:
        mine = Check.objects.filter(application_id=application_id, name=NAME, spec=SPEC)
        found = mine.select_for_update().first()
        return found or Check.objects.create(
            application_id=application_id,
            kind=Kind.HTTP.value,
            name=NAME,
            spec=SPEC,
            enabled=False,
            created_at=self.actor.at,
            updated_at=self.actor.at,
            retired_at=self.actor.at,
        )


def _contradictions(past: Past, sight: Sight) -> Sequence[Reason]:
    """Return a reason when the stored history says otherwise."""
    if past.state_at(sight.at) is sight.state:
        return ()
    text = N_("Riwayat yang tersimpan mengatakan lain untuk waktu ini.")
    mend = N_("Urutkan baris menurut waktu; riwayat yang sudah diimpor tidak diubah.")
    return [Reason("history.contradicts", text, at="time", mend=mend)]


def _transition(check: Check, before: State, sight: Sight, noted_at: datetime) -> Transition:
    code = sight.status if sight.state is State.DOWN and 100 <= sight.status < 600 else None
    return Transition(
        check_row=check,
        at=sight.at,
        old=before,
        new=sight.state,
        code=Code.IMPORTED if code is None else code,
        noted_at=noted_at,
    )
