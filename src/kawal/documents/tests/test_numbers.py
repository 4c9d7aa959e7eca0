"""Numbers run without a gap, whoever draws and whoever fails, at the same time."""

import random
import threading
import time

import pytest
from django.db import connection, transaction

from kawal.documents import actions, queries
from kawal.documents.models import Series
from kawal.documents.tests.conftest import AT
from kawal.kernel.refusals import NotThere, Refused


def draw(series="SP2D", year=2026):
    with transaction.atomic():
        return actions.draw_number(series, year)


@pytest.mark.django_db
def test_each_series_and_year_counts_from_one():
    assert [draw(), draw(), draw(year=2027), draw("SPM"), draw()] == [1, 2, 1, 1, 3]
    assert queries.last_number("SP2D", 2026) == 3
    assert queries.last_number("SPD", 2026) == 0


@pytest.mark.django_db
def test_a_number_of_a_transaction_that_fails_is_drawn_again():
    assert draw() == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert actions.draw_number("SP2D", 2026) == 2
        1 / 0  # noqa: B018
    assert draw() == 2


@pytest.mark.django_db(transaction=True)
def test_a_number_is_drawn_within_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        actions.draw_number("SP2D", 2026)


@pytest.mark.django_db
def test_a_void_number_stays_with_its_reason(siti):
    draw()
    void = {"by": siti, "at": AT}
    actions.void_number("SP2D", 2026, 1, reason="Salah cetak", **void)
    assert queries.void_numbers("SP2D", 2026) == {1: "Salah cetak"}
    assert draw() == 2
    with pytest.raises(Refused) as refused:
        actions.void_number("SP2D", 2026, 1, reason=" ", **void)
    assert [r.code for r in refused.value.reasons] == ["documents.void", "documents.reason"]
    for never in (3, 0):
        with pytest.raises(NotThere):
            actions.void_number("SP2D", 2026, never, reason="x", **void)


@pytest.mark.django_db(transaction=True)
def test_at_the_same_time_nobody_gets_anothers_number_and_none_is_left_out():
    kept, failed = [], []

    def officer(seed):
        chance = random.Random(seed)
        for _ in range(25):
            try:
                with transaction.atomic():
                    number = actions.draw_number("SP2D", 2026)
                    time.sleep(chance.choice([0, 0, 0.002]))
                    if chance.random() < 0.3:
                        raise InterruptedError
            except InterruptedError:
                failed.append(number)
            else:
                kept.append(number)
        connection.close()

    officers = [threading.Thread(target=officer, args=(seed,)) for seed in range(6)]
    for one in officers:
        one.start()
    for one in officers:
        one.join()
    assert len(kept) + len(failed) == 150
    assert len(failed) > 10
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert Series.objects.get().last == len(kept)
