"""Who may do what: grants by act and role, registered at start-up, refused by default."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.regions.facts import Actor, AppointmentFacts, Reach, Role, Scope
from kawal.regions.roles import READS_ONLY

READING = ("see", "read", "view", "list", "export", "watch")

Predicate = Callable[[AppointmentFacts, object], bool]


@dataclass(frozen=True, slots=True)
class Grant:
    """Which roles may do one act, and how far each reaches."""

    act: str
    reaches: Mapping[Role, Reach]
    only_if: Predicate | None = None

    @property
    def reads(self) -> bool:
        """Tell whether the act only reads, by the verb of its name."""
        return self.act.rpartition(".")[2].split("_")[0] in READING


_grants: dict[str, Grant] = {}


def own(*roles: Role) -> dict[Role, Reach]:
    """Return roles that each reach their own agency and the units below it."""
    return dict.fromkeys(roles, Reach.OWN)


def city(*roles: Role) -> dict[Role, Reach]:
    """Return roles that each reach every agency."""
    return dict.fromkeys(roles, Reach.ALL)


def grant(act: str, reaches: Mapping[Role, Reach], *, only_if: Predicate | None = None) -> None:
    """Let roles do an act, named ``module.verb`` or ``module.verb_object``; once, at start-up.

    ``only_if(appointment, object)`` narrows it to objects for which it is true. An act that only
    reads begins its last part with one of ``READING``; roles that only read get no other act.

    :raises ValueError: when the act was granted before, or gives a reading role a writing act.
    """
    new = Grant(act, dict(reaches), only_if)
    if act in _grants:
        raise ValueError(f"act {act!r} is granted twice")
    if not new.reads and (writers := READS_ONLY & set(reaches)):
        names = ", ".join(sorted(writers))
        raise ValueError(f"{names} may only read; {act!r} is not named as a reading act")
    _grants[act] = new


def grants() -> tuple[Grant, ...]:
    """Return every grant in the order of its act's name, for the generated reference."""
    return tuple(_grants[act] for act in sorted(_grants))


def scope(actor: Actor, act: str) -> Scope:
    """Return the agencies in which an actor may do an act; nothing when no role grants it.

    :raises LookupError: when no module ever registered the act.
    """
    granted = _granted(act)
    return _joined(actor, granted, lambda appointment: True)


def may(actor: Actor, act: str, agency_id: int | None = None, *, about: object = None) -> bool:
    """Tell whether an actor may do an act, in an agency, to an object.

    Without an agency the question is about the whole city, and only ``Reach.ALL`` answers it.
    An act granted with ``only_if`` needs ``about``.

    :raises LookupError: when no module ever registered the act.
    """
    granted = _granted(act)
    fits = granted.only_if
    if fits is not None and about is None:
        return False
    reach = _joined(actor, granted, lambda a: fits is None or fits(a, about))
    return reach.everything if agency_id is None else agency_id in reach


def require(actor: Actor, act: str, agency_id: int | None = None, *, about: object = None) -> None:
    """Do nothing when :func:`may` is true.

    :raises Refused: otherwise.
    """
    if may(actor, act, agency_id, about=about):
        return
    raise Refused(
        [
            Reason(
                "regions.not_permitted",
                N_("Anda tidak berwenang melakukan ini."),
                mend=N_("Mintalah pejabat yang berwenang, atau usulkan penunjukan."),
                values={"act": act},
            )
        ]
    )


def _granted(act: str) -> Grant:
    if act not in _grants:
        raise LookupError(f"act {act!r} was never granted to anybody; register it at start-up")
    return _grants[act]


def _joined(actor: Actor, granted: Grant, counts: Callable[[AppointmentFacts], bool]) -> Scope:
    held = [a for a in actor.appointments if a.role in granted.reaches and counts(a)]
    if any(granted.reaches[a.role] is Reach.ALL for a in held):
        return Scope(everything=True)
    return Scope(agency_ids=frozenset().union(*(a.covers for a in held)))
