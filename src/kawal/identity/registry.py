"""What the layers above know and this module asks: who holds power, who may."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import HttpRequest

from kawal.kernel.refusals import Reason


def _nobody(person_id: int, at: datetime) -> bool:
    return False


def _refuse(request: HttpRequest, act: str) -> bool:
    return False


privileged: Callable[[int, datetime], bool] = _nobody
"""Whether a person holds power at that instant, and so needs a second factor."""

permitted: Callable[[HttpRequest, str], bool] = _refuse
"""Whether the reader may do an act, one of ``ACTS``; until somebody answers, nobody may."""

SEE_PEOPLE = "identity.see_people"
MANAGE_PEOPLE = "identity.manage_people"
SEE_ACCESS = "identity.see_access"
ACTS = (SEE_PEOPLE, MANAGE_PEOPLE, SEE_ACCESS)

_keepers: list[Callable[[int, datetime], list[Reason]]] = []
_holders: list[Callable[[int, datetime], Mapping[str, Mapping[str, object]]]] = []


def keep_person(reasons: Callable[[int, datetime], list[Reason]]) -> None:
    """Let a module say why a person may not be erased yet, such as a retention period."""
    _keepers.append(reasons)


def reasons_to_keep(person_id: int, at: datetime) -> list[Reason]:
    """Return every module's reasons to keep a person."""
    return [reason for keeper in _keepers for reason in keeper(person_id, at)]


def hold_person(groups: Callable[[int, datetime], Mapping[str, Mapping[str, object]]]) -> None:
    """Let a module say what it holds on a person: groups of labels and values, as msgids."""
    _holders.append(groups)


def holdings(person_id: int, at: datetime) -> dict[str, Mapping[str, object]]:
    """Return what the modules above hold on a person."""
    found: dict[str, Mapping[str, object]] = {}
    for holder in _holders:
        found.update(holder(person_id, at))
    return found
