"""Posting an event: the journals that the table says, in one round trip; places count from 0.

Every key has a journal of place 0, so that two postings of one key always meet.

The same key with the same content gives the same journals and books nothing twice; with other
content it is refused. Nobody's balance is updated: a worker folds later.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from kawal.kernel.refusals import Reason, Refused
from kawal.ledger.actions.chart import chart, code_of
from kawal.ledger.facts import Entity, JournalKind, Posting, Side
from kawal.ledger.rules import items, pairs, refused
from kawal.ledger.rules.posting import Coded, Of, Written, written
from kawal.regions.facts import Actor

POST = "SELECT * FROM ledger_post(%s, %s::json, %s::json, %s, %s)"
REVERSE = "SELECT * FROM ledger_reverse(%s, %s, %s, %s, %s, %s, %s, %s)"
PLACES = (
    (Entity.SKPD, JournalKind.FINANCIAL),
    (Entity.PPKD, JournalKind.FINANCIAL),
    (Entity.SKPD, JournalKind.BUDGET),
    (Entity.PPKD, JournalKind.BUDGET),
)
LEADS: dict[str, Callable[[str], str]] = {
    Of.BUDGET: str,
    Of.BEARS: pairs.bears,
    Of.CLAIMS: pairs.claims,
    Of.OWES: pairs.owes,
}
OUTCOMES = {
    "closed": refused.closed,
    "no books": refused.no_books,
    "missing": refused.missing,
    "stale": refused.no_account,
    "reversed": refused.reversed_before,
    "is reversal": refused.is_reversal,
    "other year": refused.other_year,
}
LONGEST = 300  # of a journal's text
P = ParamSpec("P")
R = TypeVar("R")
Rows = list[tuple[Any, ...]]


def once_more(act: Callable[P, R]) -> Callable[P, R]:
    """Do an act in a transaction, and once more when another booked the same at the same moment.

    The other one is then committed, so that the second look finds what it booked.
    """

    @wraps(act)
    def done(*args: P.args, **named: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return act(*args, **named)
        except IntegrityError as broken:
            if not isinstance(broken.__cause__, UniqueViolation):
                raise
        with transaction.atomic():
            return act(*args, **named)

    return done


@once_more
def post(posting: Posting, *, actor: Actor) -> tuple[int, ...]:
    """Book an event and return its journals, one to four.

    :raises Refused: in a closed period, without books, for a key of other content, an item that no
        rule takes, or an account that has no pair.
    """
    return _answered(_posted_freshly([posting], actor), _digest(posting))


@once_more
def post_many(postings: Iterable[Posting], *, actor: Actor) -> dict[str, tuple[int, ...]]:
    """Book many events, all or none, one round trip a month; return their journals by key.

    What is booked already is left as it is, what comes twice is booked once.

    :raises Refused: as ``post``; nothing is then booked.
    """
    months: dict[int, list[Posting]] = {}
    for posting in _distinct(postings):
        months.setdefault(posting.on.year * 100 + posting.on.month, []).append(posting)
    made: dict[str, tuple[int, ...]] = {}
    for month in sorted(months):
        made |= _month(months[month], actor)
    return made


def _distinct(postings: Iterable[Posting]) -> Iterable[Posting]:
    found: dict[str, Posting] = {}
    for posting in postings:
        if found.setdefault(posting.key, posting) != posting:
            raise Refused([refused.key_used()])
    return found.values()


def _month(postings: list[Posting], actor: Actor) -> dict[str, tuple[int, ...]]:
    rows = _posted_freshly(postings, actor)
    made = {
        one.key: _answered(found, _digest(one))
        for one in postings
        if (found := [row for row in rows if row[2] in ("", one.key)])
    }
    rest = [one for one in postings if one.key not in made]  # some were known: then only they came
    return made | _month(rest, actor) if rest else made


@once_more
def reverse(
    key: str, *, key_of_reversal: str, on: date, reason: str, actor: Actor
) -> tuple[int, ...]:
    """Book the mirror of every journal of a key and return the new ones.

    :raises Refused: when there is none, it was reversed before or is a reversal, is of another year
        or a later day, or the period takes nothing.
    """
    digest = hashlib.sha256(f"{key}\n{on}\n{reason}".encode()).digest()
    month = on.year * 100 + on.month
    values = (key, key_of_reversal, month, on, shortened(reason), digest, actor.at, actor.person_id)
    return _answered(_call(REVERSE, *values), digest)


def _posted_freshly(postings: list[Posting], actor: Actor) -> Rows:
    try:
        rows = _posted(postings, actor)
    except Refused:  # perhaps only by an old list of accounts
        rows = []
    if not rows or rows[0][0] == "stale":
        chart.cache_clear()
        rows = _posted(postings, actor)
    return rows


def _posted(postings: list[Posting], actor: Actor) -> Rows:
    """Hand over what was posted in one month, and return the database's answer."""
    journals: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for one in postings:
        some, theirs = _journals(one)
        journals += some
        lines += theirs
    period = postings[0].on.year * 100 + postings[0].on.month
    at, person = actor.at, actor.person_id
    return _call(POST, period, json.dumps(journals), json.dumps(lines), at, person)


def _call(sql: str, *values: Any) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _answered(rows: Rows, digest: bytes) -> tuple[int, ...]:
    outcome = rows[0][0] if rows else ""
    if outcome in OUTCOMES:
        raise Refused([OUTCOMES[outcome]()])
    if any(bytes(row[4]) != digest for row in rows):
        raise Refused([refused.key_used()])
    return tuple(row[1] for row in rows)


def _digest(posting: Posting) -> bytes:
    """Return what tells two contents apart, whatever the order of items or an amount's form."""
    source = posting.source
    items = sorted(
        json.dumps(
            [
                one.account_id,
                f"{one.amount:.2f}",
                one.part,
                one.line_id,
                one.activity_id,
                one.fund_id,
            ]
        )
        for one in posting.items
    )
    where = [posting.event, posting.agency_id, posting.unit_id, posting.on.isoformat()]
    told = [*where, source.kind, source.id, source.number, posting.text, items]
    return hashlib.sha256(json.dumps(told).encode()).digest()


def _journals(posting: Posting) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    year, source = posting.on.year, posting.source
    if not all(one.strip() for one in (posting.key, posting.text, source.kind, source.id)):
        raise Refused([refused.unsaid()])
    coded = [
        Coded(place, code_of(year, item.account_id), item.amount, item.part, item.side)
        for place, item in enumerate(posting.items)
    ]
    if reasons := items.faults(posting.event, coded):
        raise Refused(reasons)
    sides = written(posting.event, coded)
    resolved = _resolved(year, sides)
    used = [one for one in PLACES if any((s.entity, s.kind) == one for s in sides)]
    lines = [
        _line(posting, side, account, place) | {"journal": used.index((side.entity, side.kind))}
        for place, (side, account) in enumerate(zip(sides, resolved, strict=True))
    ]
    digest = _digest(posting).hex()
    journals = [_journal(posting, place, *one) for place, one in enumerate(used)]
    return [one | {"digest": digest} for one in journals], lines


def _resolved(year: int, sides: list[Written]) -> list[tuple[int, str]]:
    reasons: list[Reason] = []
    found: list[tuple[int, str]] = []
    accounts = chart(year)
    for side in sides:
        lead = LEADS.get(side.account)
        code = lead(side.item.code) if lead else side.account
        id = accounts.resolve(code)
        if id is None:
            reasons.append(refused.no_pair(side.item.code if lead else code))
        else:
            found.append((id, accounts.codes[id]))
    if reasons:
        raise Refused(reasons)
    return found


def _journal(posting: Posting, place: int, entity: Entity, kind: JournalKind) -> dict[str, Any]:
    source = posting.source
    return {
        "key": posting.key,
        "place": place,
        "entity": entity.value,
        "kind": kind.value,
        "event": posting.event.value,
        "agency": posting.agency_id,
        "on": posting.on.isoformat(),
        "source_kind": source.kind,
        "source_id": source.id,
        "source_number": source.number,
        "text": shortened(posting.text),
    }


def shortened(text: str) -> str:
    """Return a text that a journal can hold; the document has the whole."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _line(posting: Posting, side: Written, account: tuple[int, str], place: int) -> dict[str, Any]:
    item = posting.items[side.item.place]
    amount = str(item.amount)
    return {
        "key": posting.key,
        "place": place,
        "account": account[0],
        "code": account[1],
        "own": item.account_id,
        "own_code": side.item.code,
        "debit": amount if side.side is Side.DEBIT else "0",
        "credit": amount if side.side is Side.CREDIT else "0",
        "unit": posting.unit_id,
        "about": None,
        "activity": item.activity_id,
        "fund": item.fund_id,
        "line": item.line_id,
    }
