"""Which lines count: read as an officer writes it, and asked of lines."""

import pytest

from kawal.budget.declared_law import COUNTED
from kawal.budget.facts.mandatory import Condition, CountedLine, Selection, Trait
from kawal.budget.rules.selections import Unreadable, counts, selection

FUNCTIONS = {"8": ("1.01", "2.23"), "6": ("1.02",)}


def line(account: str, activity: str = "", fund: str = "", *labels: str, unit: str = "skpd"):
    return CountedLine(account, activity, fund, frozenset(labels), unit)


def says(text: str, one: CountedLine) -> bool:
    return counts(selection(text), one, FUNCTIONS)


def test_conditions_are_joined_clauses_are_chosen_and_exclusions_win():
    read = selection("rekening 5, 6.2 dan fungsi 8 atau label jalan kecuali dana 2.1")
    account = Condition(Trait.ACCOUNT, ("5", "6.2"))
    assert read == Selection(
        ((account, Condition(Trait.FUNCTION, ("8",))), (Condition(Trait.LABEL, ("jalan",)),)),
        ((Condition(Trait.FUND, ("2.1",)),),),
    )
    text = "rekening 5, 6.2 dan fungsi 8 atau label jalan kecuali dana 2.1"
    assert says(text, line("5.1.02.01.01.0024", "1.01.02.2.01.0001"))
    assert not says(text, line("4.1.01", "1.01.02.2.01.0001"))
    assert not says(text, line("5.1.02", "1.02.02.2.01.0001"))
    assert says(text, line("4.1.01", "", "", "jalan"))
    assert not says(text, line("4.1.01", "", "2.1.01", "jalan"))


def test_a_code_counts_with_what_stands_below_it_and_not_with_its_neighbours():
    assert says("rekening 5.1", line("5.1"))
    assert says("rekening 5.1", line("5.1.02"))
    assert not says("rekening 5.1", line("5.10.02"))
    assert not says("dana 2.1", line("5.1", "", "12.1"))


def test_a_bidang_left_open_stands_for_each_of_them():
    text = "kegiatan X.XX.01.2.05.0009"
    assert says(text, line("5.1", "2.16.01.2.05.0009"))
    assert not says(text, line("5.1", "2.16.01.2.05.0010"))
    assert not says(text, line("5.1", "2.16.02.2.05.0009"))


def test_the_kind_of_the_unit_counts():
    assert says("unit kelurahan, kecamatan", line("5.1", unit="kelurahan"))
    assert not says("unit kelurahan", line("5.1"))


@pytest.mark.parametrize(
    "text",
    ["", "rekening", "rekening lima", "akun 5", "rekening 5 kecuali fungsi 8 kecuali fungsi 6"],
)
def test_what_is_not_understood_is_refused(text: str):
    with pytest.raises(Unreadable):
        selection(text)


def test_every_selection_that_the_product_comes_with_is_understood():
    texts = [default.text for one in COUNTED for default in one.defaults]
    assert len(texts) == 25
    assert all(selection(text).any_of for text in texts)
    assert max(len(text) for text in texts) <= 300  # what the table of parameters holds
