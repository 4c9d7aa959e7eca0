"""Statements as ISO 20022 camt.053 (all versions): what is booked, with the line of each entry."""

import re
from datetime import date
from decimal import Decimal

from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.treasury.facts.statements import EntryPart, Statement, StatementEntry
from kawal.treasury.imports.fields import NO_DAY, NOTHING, Faults
from kawal.treasury.imports.safe_xml import Element, read_xml

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d{2}")
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
BOOKED = "BOOK"


def read_camt053(data: bytes) -> tuple[Statement, ...]:
    """Return the statements of a file; entries that are only pending are left out.

    :raises Refused: with every reason and its line; then nothing of it is to be booked.
    """
    root, faults = read_xml(data), Faults()
    if root.tag != "Document" or not _NAMESPACE.fullmatch(root.namespace):
        text = N_("Ini bukan berkas camt.053.")
        raise Refused([Reason("statement.not_camt053", text, str(root.line))])
    found = tuple(_statement(one, faults) for one in root.all("BkToCstmrStmt/Stmt"))
    if not found:
        faults.add("none", N_("Berkas ini tidak berisi rekening koran."), root.line)
    if faults.reasons:
        raise Refused(faults.reasons)
    return found


def _statement(told: Element, faults: Faults) -> Statement:
    opening, opening_on = _balance(told, OPENING, faults)
    closing, closing_on = _balance(told, CLOSING, faults)
    entries = [
        _entry(one, faults) for one in told.all("Ntry") if one.text("Sts/Cd", "Sts") in {BOOKED, ""}
    ]
    money = told.first("Bal/Amt")
    return Statement(
        line=told.line,
        number=told.text("Id"),
        account=told.text("Acct/Id/Othr/Id", "Acct/Id/IBAN"),
        currency=told.text("Acct/Ccy") or (money.attributes.get("Ccy", "") if money else ""),
        opening=opening,
        opening_on=opening_on,
        closing=closing,
        closing_on=closing_on,
        entries=tuple(entries),
    )


def _balance(told: Element, kinds: tuple[str, ...], faults: Faults) -> tuple[Decimal, date]:
    for one in told.all("Bal"):
        if one.text("Tp/CdOrPrtry/Cd") in kinds:
            amount = faults.amount(one.text("Amt"), one.line)
            on = _day(one, "Dt", faults)
            return (amount if _is_credit(one, faults) else -amount), on
    faults.add("no_balance", N_("Saldo %(kind)s tidak ada."), told.line, kind=kinds[0])
    return NOTHING, NO_DAY


def _day(told: Element, tag: str, faults: Faults) -> date:
    """Return the day of a date or of the date and time that stands in its place."""
    found = told.text(f"{tag}/Dt") or told.text(f"{tag}/DtTm")[:10]
    return faults.day(found, told.line)


def _is_credit(told: Element, faults: Faults) -> bool:
    side = told.text("CdtDbtInd")
    if side not in {"CRDT", "DBIT"}:
        text = N_("“%(side)s” bukan CRDT atau DBIT.")
        faults.add("no_side", text, told.line, side=side[:10])
    return side == "CRDT"


def _entry(told: Element, faults: Faults) -> StatementEntry:
    on = _day(told, "BookgDt", faults)
    has_value_day = told.first("ValDt") is not None
    details = told.all("NtryDtls/TxDtls")
    one = details[0] if len(details) == 1 else None
    return StatementEntry(
        line=told.line,
        on=on,
        value_on=_day(told, "ValDt", faults) if has_value_day else on,
        amount=faults.amount(told.text("Amt"), told.line),
        is_credit=_is_credit(told, faults),
        is_reversal=told.text("RvslInd").lower() in {"true", "1"},
        reference=told.text("AcctSvcrRef", "NtryRef"),
        end_to_end=one.text("Refs/EndToEndId") if one else "",
        remark=" ".join(filter(None, (_remark(one) if one else "", told.text("AddtlNtryInf")))),
        name=_name(one) if one else "",
        parts=tuple(_part(x, faults) for x in details) if one is None else (),
    )


def _part(told: Element, faults: Faults) -> EntryPart:
    amount = told.text("Amt", "AmtDtls/TxAmt/Amt")
    return EntryPart(
        faults.amount(amount, told.line),
        told.text("Refs/EndToEndId"),
        _remark(told),
        _name(told),
    )


def _remark(told: Element) -> str:
    return " ".join("".join(one.texts).strip() for one in told.all("RmtInf/Ustrd"))


def _name(told: Element) -> str:
    return told.text(
        "RltdPties/Cdtr/Pty/Nm",
        "RltdPties/Cdtr/Nm",
        "RltdPties/Dbtr/Pty/Nm",
        "RltdPties/Dbtr/Nm",
    )
