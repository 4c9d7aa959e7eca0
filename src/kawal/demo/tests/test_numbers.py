"""A working day's figures: they only grow, stop when the application is unused, and age."""

from datetime import UTC, datetime, timedelta

from kawal.demo import numbers
from kawal.demo.facts.applications import BY_CODE
from kawal.demo.faults import Fault, Spell

MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # 07.00 WIB


def test_transactions_grow_from_midnight_to_midnight():
    midnight = MORNING - timedelta(hours=7)
    counts = [
        numbers.figures(1, BY_CODE["e-pbb"], midnight + timedelta(minutes=n * 5)).transactions
        for n in range(288)
    ]
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert 0.02 * 31_200 * 0.95 < counts[-1] < 0.08 * 31_200
    assert numbers.figures(1, BY_CODE["e-pbb"], midnight + timedelta(days=1)).transactions == 0


def test_an_unused_application_does_nothing_and_its_data_stays_old():
    unused = BY_CODE["e-cuti"]
    now = numbers.figures(1, unused, MORNING)
    assert (now.transactions, now.waiting) == (0, 0)
    assert now.data_at.date() == (MORNING - timedelta(days=217)).date()


def test_data_is_fresh_to_its_own_step():
    at = MORNING + timedelta(minutes=12, seconds=31)
    assert numbers.figures(1, BY_CODE["e-mas"], at).data_at == MORNING + timedelta(minutes=10)


def test_stale_data_is_more_than_a_day_old_and_stands_still():
    spell = Spell(Fault.STALE, MORNING, MORNING + timedelta(minutes=10))
    ages = {
        numbers.figures(1, BY_CODE["e-mas"], MORNING + timedelta(minutes=n), spell).data_at
        for n in range(10)
    }
    assert ages == {MORNING - timedelta(hours=26)}
    healed = numbers.figures(1, BY_CODE["e-mas"], spell.end, spell)
    assert healed.data_at == spell.end


def test_the_queue_grows_while_it_is_broken():
    noon = MORNING + timedelta(hours=5)
    spell = Spell(Fault.ERROR, noon, noon + timedelta(minutes=30))
    at = noon + timedelta(minutes=29)
    well = numbers.figures(1, BY_CODE["e-pbb"], at).waiting
    assert (well, numbers.figures(1, BY_CODE["e-pbb"], at, spell).waiting) == (18, 67)
