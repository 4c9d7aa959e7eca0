"""The one table of posting rules: which journals an event writes, in whose books, on which sides.

Pure: codes in, codes out. A row names entity, kind, and for each side where its account comes from.
Treasury chooses no contra account. Law: Permendagri 64/2013, PP 71/2010, Permendagri 77/2020.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kawal.ledger.facts import Entity, Event, JournalKind, Part, Side

RKUD = "1.1.01.01.01.0001"
RECEIVING = "1.1.01.02.01.0001"  # kas di bendahara penerimaan
PAYING = "1.1.01.03.01.0001"  # kas di bendahara pengeluaran
OTHER_CASH = "1.1.01.07.01.0001"  # what the bank returned, until it is paid again
RK_SKPD = "1.1.13.01.01.0001"
RK_PPKD = "3.1.03.01.01.0001"
SAL = "3.1.02.05.01.0001"  # estimasi perubahan SAL


class Of(StrEnum):
    """Where an account comes from when it is not a fixed one."""

    BUDGET = "budget"  # the item's own account
    BEARS = "bears"  # its expense, asset or revenue of LO
    CLAIMS = "claims"  # its receivable
    OWES = "owes"  # its liability


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of sides that an item of these parts writes."""

    entity: Entity
    kind: JournalKind
    debit: str
    credit: str
    parts: tuple[Part, ...] = (Part.MAIN,)


def _skpd(debit: str, credit: str, *parts: Part) -> Row:
    return Row(Entity.SKPD, JournalKind.FINANCIAL, debit, credit, parts or (Part.MAIN,))


def _ppkd(debit: str, credit: str, *parts: Part) -> Row:
    return Row(Entity.PPKD, JournalKind.FINANCIAL, debit, credit, parts or (Part.MAIN,))


def _budget(debit: str, credit: str, *parts: Part, entity: Entity = Entity.SKPD) -> Row:
    return Row(entity, JournalKind.BUDGET, debit, credit, parts or (Part.MAIN,))


BOTH = (Part.MAIN, Part.ACCEPTED)
_UP = (_skpd(PAYING, RK_PPKD), _ppkd(RK_SKPD, RKUD))
TABLE: Mapping[Event, tuple[Row, ...]] = {
    Event.ASSESSED: (_skpd(Of.CLAIMS, Of.BEARS),),
    Event.RECEIPT: (
        _skpd(RECEIVING, Of.BEARS),
        _skpd(RECEIVING, Of.CLAIMS, Part.ACCEPTED),
        _budget(SAL, Of.BUDGET, *BOTH),
    ),
    Event.DEPOSIT: (_skpd(RK_PPKD, RECEIVING), _ppkd(RKUD, RK_SKPD)),
    Event.DIRECT_RECEIPT: (
        _skpd(RK_PPKD, Of.BEARS),
        _skpd(RK_PPKD, Of.CLAIMS, Part.ACCEPTED),
        _ppkd(RKUD, RK_SKPD, *BOTH),
        _budget(SAL, Of.BUDGET, *BOTH),
    ),
    Event.TRANSFER: (_ppkd(RKUD, Of.BEARS), _budget(SAL, Of.BUDGET, entity=Entity.PPKD)),
    Event.SP2D_UP: _UP,
    Event.SP2D_GU: _UP,
    Event.SP2D_TU: _UP,
    Event.CASH_RETURNED: (_skpd(RK_PPKD, PAYING), _ppkd(RKUD, RK_SKPD)),
    Event.UP_PAYMENT: (_skpd(Of.BEARS, PAYING), _skpd(Of.OWES, PAYING, Part.ACCEPTED)),
    Event.TAX_WITHHELD: (_skpd(PAYING, Of.BUDGET, Part.DEDUCTION),),
    Event.TAX_REMITTED: (  # by the treasurer, or by the BUD for what an SP2D-LS withheld
        _skpd(Of.BUDGET, PAYING),
        _ppkd(Of.BUDGET, RKUD, Part.DEDUCTION),
    ),
    Event.SPJ_APPROVED: (_budget(Of.BUDGET, SAL, *BOTH),),
    Event.ACCEPTED: (_skpd(Of.BEARS, Of.OWES, *BOTH),),
    # Gross through the two RK; what is withheld stays in the RKUD as a liability of the PPKD.
    Event.SP2D_LS: (
        _skpd(Of.BEARS, RK_PPKD),
        _skpd(Of.OWES, RK_PPKD, Part.ACCEPTED),
        _ppkd(RK_SKPD, RKUD, *BOTH),
        _ppkd(RKUD, Of.BUDGET, Part.DEDUCTION),
        _ppkd(RKUD, RK_SKPD, Part.PENALTY),
        _skpd(RK_PPKD, Of.BEARS, Part.PENALTY),
        _budget(Of.BUDGET, SAL, *BOTH),
        _budget(SAL, Of.BUDGET, Part.PENALTY),
    ),
    Event.CONTRA: (
        _skpd(RK_PPKD, Of.BEARS),
        _ppkd(RKUD, RK_SKPD),
        _budget(SAL, Of.BUDGET),
    ),
    Event.PAST_RETURN: (
        _skpd(RK_PPKD, Of.BEARS),
        _ppkd(RKUD, RK_SKPD),
        _budget(SAL, Of.BUDGET),
    ),
}
"""Events whose sides the item itself says (opening, adjustment, correction, SP2B) are not here."""


@dataclass(frozen=True, slots=True)
class Coded:
    """An item by its account's code; ``place`` is its place in the posting."""

    place: int
    code: str
    amount: Decimal
    part: Part = Part.MAIN
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A side of a journal: a code, or where the item's account leads, and the item it is of."""

    entity: Entity
    kind: JournalKind
    side: Side
    account: str
    item: Coded


def written(event: Event, items: Iterable[Coded]) -> list[Written]:
    """Return every side that the table writes for the items, in its order."""
    return [
        Written(row.entity, row.kind, side, account, item)
        for row in TABLE.get(event, ())
        for item in items
        if item.part in row.parts
        for side, account in ((Side.DEBIT, row.debit), (Side.CREDIT, row.credit))
    ]
