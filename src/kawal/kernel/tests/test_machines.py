"""A table of states says what may follow what, and finds its own mistakes."""

from dataclasses import replace
from enum import StrEnum

import pytest

from kawal.kernel.machines import Machine, Move, register


class S(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    PAID = "paid"
    LOST = "lost"


LETTER = Machine(
    "Surat uji",
    {S.DRAFT: "Draf", S.SENT: "Dikirim", S.PAID: "Dibayar"},
    S.DRAFT,
    (
        Move(S.DRAFT, S.DRAFT, "Tulis", "uji.write_letter"),
        Move(S.DRAFT, S.SENT, "Kirim", "uji.send_letter"),
        Move(S.SENT, S.DRAFT, "Kembalikan", "uji.send_letter"),
        Move(S.SENT, S.PAID, "Bayar"),
    ),
    "Uji",
)


def test_it_tells_what_may_follow():
    assert [move.step for move in LETTER.after(S.SENT)] == ["Kembalikan", "Bayar"]
    assert LETTER.allows(S.DRAFT, S.SENT)
    assert not LETTER.allows(S.DRAFT, S.PAID)
    assert LETTER.ends == {S.PAID}


def test_its_sql_names_every_pair_once():
    assert LETTER.refuses() == (
        "(OLD.state, NEW.state) NOT IN (('draft', 'draft'), ('draft', 'sent'),"
        " ('sent', 'draft'), ('sent', 'paid'))"
    )


def test_a_faulty_table_is_refused_with_every_fault():
    lost = replace(
        LETTER,
        labels={**LETTER.labels, S.LOST: "Hilang"},
        moves=(*LETTER.moves, Move(S.SENT, S.PAID, "Bayar")),
    )
    with pytest.raises(ValueError, match="nothing leads to lost; Surat uji: twice"):
        register(lost)


def test_a_state_without_a_name_is_refused():
    with pytest.raises(ValueError, match="no label for lost"):
        register(replace(LETTER, moves=(*LETTER.moves, Move(S.SENT, S.LOST, "Hilangkan"))))
