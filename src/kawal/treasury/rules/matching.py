"""Which entry of a statement is which payment: certain by number, else by amount, name and day.

An amount that does not agree is never matched, a second debit of the same payment neither: both
stay for a person, with the likeliest payments beside them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kawal.treasury.facts.matching import Booked, Match, Matching, Sent
from kawal.treasury.facts.statements import EntryPart, StatementEntry

SHOWN = 5  # candidates of an entry that nobody matched


class _Ledger:
    """The payments by what an entry may say of them, and what of each was booked already."""

    def __init__(self, payments: Sequence[Sent]) -> None:
        self.by_key = {one.key: one for one in payments if one.key}
        self.by_number = {_packed(one.number): one for one in payments if one.number}
        self.lengths = sorted({len(number) for number in self.by_number})
        self.by_amount: dict[Decimal, list[Sent]] = defaultdict(list)
        self.by_name: dict[str, list[Sent]] = defaultdict(list)
        self.booked: dict[int, Counter[tuple[Booked, Decimal]]] = defaultdict(Counter)
        for one in payments:
            self.by_name[_packed(one.name)].append(one)
            for amount in {one.gross, one.net, *one.taxes}:
                self.by_amount[amount].append(one)

    def named(self, end_to_end: str, remark: str) -> Sent | None:
        """Return the payment whose key or number is told; none when several are."""
        found = {one.id: one for one in self._told(end_to_end, remark)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _told(self, end_to_end: str, remark: str) -> Iterable[Sent]:
        if end_to_end in self.by_key:
            yield self.by_key[end_to_end]
        text = _packed(remark)
        for length in self.lengths:
            for start in range(len(text) - length + 1):
                one = self.by_number.get(text[start : start + length])
                if one is not None:
                    yield one

    def free(self, payment: Sent, amount: Decimal, *, comes_back: bool) -> Booked | None:
        """Return as what a payment may still be booked with this amount."""
        counted = self.booked[payment.id]
        kinds = {kind for kind, _amount in counted}
        if comes_back:
            went = {booked for kind, booked in counted if kind in {Booked.NET, Booked.GROSS}}
            return Booked.RETURN if amount in went and Booked.RETURN not in kinds else None
        if amount == payment.net and not kinds & {Booked.NET, Booked.GROSS}:
            return Booked.NET
        if amount == payment.gross and not kinds:
            return Booked.GROSS
        left = payment.taxes.count(amount) - counted[Booked.TAX, amount]
        return Booked.TAX if left > 0 and Booked.GROSS not in kinds else None

    def book(self, payment: Sent, booked: Booked, amount: Decimal) -> None:
        """Keep what was booked of a payment."""
        self.booked[payment.id][booked, amount] += 1


def match(entries: Sequence[StatementEntry], payments: Sequence[Sent], *, days: int) -> Matching:
    """Return what each entry is; ``days`` is how far a booking may be from the day it was sent."""
    ledger = _Ledger(payments)
    matches: dict[int, tuple[Match, ...]] = {}
    for place, entry in enumerate(entries):
        found = _by_parts(entry, ledger) if entry.parts else _by_number(entry, ledger)
        if found:
            matches[place] = found
    matches |= _by_likeness(entries, matches, ledger, days)
    rest = [place for place in range(len(entries)) if place not in matches]
    return Matching(matches, {place: _candidates(entries[place], ledger) for place in rest})


def _by_number(
    entry: StatementEntry | EntryPart, ledger: _Ledger, *, back: bool = False
) -> tuple[Match, ...]:
    payment = ledger.named(entry.end_to_end, entry.remark)
    if payment is None:
        return ()
    comes_back = entry.is_credit if isinstance(entry, StatementEntry) else back
    booked = ledger.free(payment, entry.amount, comes_back=comes_back)
    if booked is None:
        return ()
    ledger.book(payment, booked, entry.amount)
    return (Match(payment.id, booked, by_number=True),)


def _by_parts(entry: StatementEntry, ledger: _Ledger) -> tuple[Match, ...]:
    """Return the matches of every part, or none: an entry is not known by half."""
    kept = {key: counted.copy() for key, counted in ledger.booked.items()}
    found = [_by_number(part, ledger, back=entry.is_credit) for part in entry.parts]
    if all(found):
        return tuple(match for one in found for match in one)
    ledger.booked = defaultdict(Counter, kept)
    return ()


def _by_likeness(
    entries: Sequence[StatementEntry],
    known: dict[int, tuple[Match, ...]],
    ledger: _Ledger,
    days: int,
) -> dict[int, tuple[Match, ...]]:
    """Match debits whose amount, name and day fit one payment only, which fits no other entry."""
    fits: dict[int, list[Sent]] = {}
    for place, entry in enumerate(entries):
        if place not in known and not entry.parts and not entry.is_credit:
            fits[place] = [one for one in ledger.by_amount[entry.amount] if _like(one, entry, days)]
    wanted = Counter(one.id for several in fits.values() for one in several)
    found: dict[int, tuple[Match, ...]] = {}
    for place, several in fits.items():
        if len(several) != 1 or wanted[several[0].id] > 1:
            continue
        amount = entries[place].amount
        booked = ledger.free(several[0], amount, comes_back=False)
        if booked in {Booked.NET, Booked.GROSS}:
            ledger.book(several[0], booked, amount)
            found[place] = (Match(several[0].id, booked, by_number=False),)
    return found


def _like(payment: Sent, entry: StatementEntry, days: int) -> bool:
    name = _packed(entry.name)
    return (
        entry.amount in {payment.gross, payment.net}
        and bool(name)
        and name == _packed(payment.name)
        and abs((entry.on - payment.on).days) <= days
    )


def _candidates(entry: StatementEntry, ledger: _Ledger) -> tuple[int, ...]:
    """Return the likeliest payments: told by number, then by amount, name and nearness."""
    told = ledger.named(entry.end_to_end, entry.remark)
    name = _packed(entry.name)
    near = [*ledger.by_amount[entry.amount], *(ledger.by_name[name] if name else ())]
    points = Counter(one.id for one in near)
    if told is not None:
        points[told.id] += 3
    day = {one.id: one.on for one in (*near, *((told,) if told else ()))}
    ranked = sorted(points, key=lambda id_: (-points[id_], abs((entry.on - day[id_]).days), id_))
    return tuple(ranked[:SHOWN])


def _packed(text: str) -> str:
    """Return a text without blanks, in capitals: banks break remarks where their lines end."""
    return "".join(text.split()).upper()
