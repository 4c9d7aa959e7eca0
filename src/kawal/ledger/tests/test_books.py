"""Opening books and closing months: in their order, after their end, by the PPKD, for good."""

from datetime import date
from typing import Any

import pytest

from kawal.kernel.refusals import NotThere, Refused
from kawal.ledger import actions
from kawal.ledger.models import Period
from kawal.nomenclature.models import Decree


def codes(caught: Any) -> list[str]:
    return [reason.code for reason in caught.value.reasons]


@pytest.fixture
def ppkd(world: Any) -> Any:
    """Return the PPKD with open books of 2027."""
    Decree.objects.create(code="uji", title="Uji", valid_from=date(2026, 1, 1))
    actor = world.actor("ppkd")
    actions.open_books(2027, "uji", actor=actor)
    return actor


def close(actor: Any, month: int, today: date = date(2028, 1, 5)) -> None:
    actions.close_month(2027, month, today=today, actor=actor)


def test_books_open_once_with_all_their_periods(ppkd: Any) -> None:
    periods = Period.objects.filter(books=2027, closed_at=None).order_by("pk")
    assert [one.pk for one in periods] == list(range(202700, 202715))
    with pytest.raises(Refused) as caught:
        actions.open_books(2027, "lain", actor=ppkd)
    assert codes(caught) == ["ledger.books_open", "ledger.decree_unknown"]


def test_months_close_in_their_order_after_their_end(ppkd: Any) -> None:
    with pytest.raises(Refused) as caught:
        close(ppkd, 2, date(2027, 2, 28))
    assert codes(caught) == ["ledger.months_before", "ledger.not_over"]
    close(ppkd, 1, date(2027, 2, 1))
    with pytest.raises(Refused) as caught:
        close(ppkd, 1)
    assert codes(caught) == ["ledger.closed_before"]
    with pytest.raises(NotThere):
        close(ppkd, 14)
    closed = Period.objects.exclude(closed_at=None).values_list("pk", "closed_by")
    assert list(closed) == [(202701, ppkd.person_id)]


@pytest.mark.parametrize("who", ["siti", "rina", "joko"])
def test_nobody_else_opens_or_closes(ppkd: Any, world: Any, who: str) -> None:
    for act in (
        lambda: actions.open_books(2028, "uji", actor=world.actor(who)),
        lambda: close(world.actor(who), 1),
    ):
        with pytest.raises(Refused):
            act()
    assert not Period.objects.exclude(closed_at=None).exists()
