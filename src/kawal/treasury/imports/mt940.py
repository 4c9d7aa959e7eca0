"""Statements as SWIFT MT940: balances, entries and their remarks, with the line of each."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.treasury.facts.statements import Statement, StatementEntry
from kawal.treasury.imports.fields import NO_DAY, NOTHING, Faults

_TAG = re.compile(r":(\d{2}[A-Z]?):(.*)")
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d{1,15},\d{0,2})")
_ENTRY = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4})?(?P<side>R?[CD])(?P<funds>[A-Z])?"
    r"(?P<amount>\d{1,15},\d{0,2})(?P<kind>[A-Z][A-Z0-9]{3})(?P<ours>(?:(?!//).){0,16})"
    r"(?://(?P<bank>.{1,16}))?"
)
Field = tuple[int, str, list[str]]  # line, tag, its lines of text


def read_mt940(text: str) -> tuple[Statement, ...]:
    """Return the statements of a file.

    :raises Refused: with every reason and its line; then nothing of it is to be booked.
    """
    faults = Faults()
    found = tuple(_statement(fields, faults) for fields in _messages(text))
    if not found:
        raise Refused([Reason("statement.not_mt940", N_("Ini bukan berkas MT940."), "1")])
    if faults.reasons:
        raise Refused(faults.reasons)
    return found


def _messages(text: str) -> Iterator[list[Field]]:
    """Yield the fields of each message; one begins at its field 20."""
    message: list[Field] = []
    for line, raw in enumerate(text.splitlines(), start=1):
        if raw.startswith(("{", "-}")) or raw.strip() in {"", "-"}:
            continue
        tag = _TAG.match(raw)
        if tag and tag[1] == "20" and message:
            yield message
            message = []
        if tag:
            message.append((line, tag[1], [tag[2]]))
        elif message:
            message[-1][2].append(raw)
    if message:
        yield message


def _statement(fields: list[Field], faults: Faults) -> Statement:
    first = fields[0][0]
    told = {tag: texts[0].strip() for _line, tag, texts in fields}
    account, _, named = told.get("25", "").rpartition("/")
    opening, opening_on, currency = _balance(fields, "60", faults)
    closing, closing_on, _same = _balance(fields, "62", faults)
    return Statement(
        line=first,
        number=told.get("28C", told.get("28", "")),
        account=_without_currency(named if account or named else ""),
        currency=currency,
        opening=opening,
        opening_on=opening_on,
        closing=closing,
        closing_on=closing_on,
        entries=tuple(_entries(fields, faults)),
    )


def _without_currency(account: str) -> str:
    """Return an account's number; some banks write the currency behind it."""
    return re.sub(r"\s*[A-Z]{3}$", "", account)


def _balance(fields: list[Field], tag: str, faults: Faults) -> tuple[Decimal, date, str]:
    for line, name, texts in fields:
        if name not in {f"{tag}F", f"{tag}M"}:
            continue
        found = _BALANCE.fullmatch(texts[0].strip())
        if found is None:
            faults.add("balance", N_("Saldo di kolom %(tag)s tidak terbaca."), line, tag=name)
            return NOTHING, NO_DAY, ""
        amount = faults.amount(found[4], line)
        on = faults.day(found[2], line, "%y%m%d")
        return (amount if found[1] == "C" else -amount), on, found[3]
    faults.add("no_balance", N_("Saldo %(kind)s tidak ada."), fields[0][0], kind=tag)
    return NOTHING, NO_DAY, ""


def _entries(fields: list[Field], faults: Faults) -> Iterator[StatementEntry]:
    for place, (line, tag, texts) in enumerate(fields):
        if tag != "61":
            continue
        found = _ENTRY.fullmatch(texts[0].strip())
        if found is None:
            faults.add("entry", N_("Mutasi di kolom 61 tidak terbaca."), line)
            continue
        after = fields[place + 1] if place + 1 < len(fields) else (0, "", [])
        remark = " ".join(part.strip() for part in after[2]) if after[1] == "86" else ""
        more = [text.strip() for text in texts[1:]]
        yield _entry(found, line, " ".join(filter(None, [*more, remark])), faults)


def _entry(found: re.Match[str], line: int, remark: str, faults: Faults) -> StatementEntry:
    value_on = faults.day(found["value"], line, "%y%m%d")
    ours = found["ours"].strip()
    return StatementEntry(
        line=line,
        on=_booked(found["booked"], value_on, line, faults),
        value_on=value_on,
        amount=faults.amount(found["amount"], line),
        is_credit=found["side"] in {"C", "RD"},  # a debit taken back is money in
        is_reversal=found["side"].startswith("R"),
        reference=(found["bank"] or "").strip(),
        end_to_end="" if ours == "NONREF" else ours,
        remark=remark,
        name="",
    )


def _booked(text: str | None, value_on: date, line: int, faults: Faults) -> date:
    """Return the booking day, which says no year: the one nearest to the value day."""
    if not text or value_on == NO_DAY:
        return value_on
    near = value_on.year
    if value_on.month == 12 and text.startswith("01"):
        near += 1
    if value_on.month == 1 and text.startswith("12"):
        near -= 1
    return faults.day(f"{near}{text}", line, "%Y%m%d")
