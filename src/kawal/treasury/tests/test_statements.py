"""Statements read and judged: exact values; bombs, cuts, foreign accounts refused by line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kawal.kernel.refusals import Refused
from kawal.treasury.facts.statements import EntryPart
from kawal.treasury.imports.camt053 import read_camt053
from kawal.treasury.imports.mt940 import read_mt940
from kawal.treasury.rules.statements import mistakes

SP2D = "12.75/04.0/000003/LS/1.01.0.00.0.00.01.0000/M/2/2027"


def balance(kind: str, amount: str, day: str) -> str:
    """Return a balance of camt.053 in one line."""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy='IDR'>{amount}</Amt>"
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(amount: str, side: str, details: str, status: str = "BOOK", more: str = "") -> str:
    """Return an entry of camt.053 in one line."""
    return (
        f"<Ntry><Amt Ccy='IDR'>{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{more}<Sts>{status}</Sts>"
        f"<BookgDt><Dt>2027-02-03</Dt></BookgDt><AcctSvcrRef>B{amount}</AcctSvcrRef>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


ONE = (
    f"<TxDtls><Refs><EndToEndId>sp2d-7</EndToEndId></Refs><RltdPties><Cdtr><Nm>CV Maju</Nm></Cdtr>"
    f"</RltdPties><RmtInf><Ustrd>{SP2D}</Ustrd></RmtInf></TxDtls>"
)
MANY = "".join(
    f"<TxDtls><Refs><EndToEndId>p{n}</EndToEndId></Refs><Amt Ccy='IDR'>{n}00.05</Amt></TxDtls>"
    for n in (1, 2)
)


def camt(*lines: str, account: str = "110.01.02-000001") -> bytes:
    """Return a file: balances of 1,000,000 and 901,250.40 unless said otherwise."""
    return "\n".join(
        (
            "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt>",
            f"<Stmt><Id>34</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>IDR</Ccy></Acct>",
            balance("OPBD", "1000000.00", "2027-02-03"),
            balance("CLBD", "901449.90", "2027-02-03"),
            *lines,
            "</Stmt></BkToCstmrStmt></Document>",
        )
    ).encode()


WHOLE = camt(
    entry("98250.00", "DBIT", ONE),
    entry("300.10", "DBIT", MANY),
    entry("7.00", "CRDT", ONE, "PDNG"),
)


def faults(caught: Any) -> list[tuple[str, str]]:
    """Return the line and code of every reason."""
    return [(reason.at, reason.code) for reason in caught.value.reasons]


def test_camt053_is_read_to_the_sen() -> None:
    (told,) = read_camt053(WHOLE)
    assert (told.number, told.account, told.currency) == ("34", "110.01.02-000001", "IDR")
    assert (told.opening, told.closing) == (Decimal("1000000.00"), Decimal("901449.90"))
    one, many = told.entries  # what is only pending is not booked
    assert (one.line, one.on, one.change) == (5, date(2027, 2, 3), Decimal("-98250.00"))
    assert (one.end_to_end, one.remark, one.name) == ("sp2d-7", SP2D, "CV Maju")
    assert many.parts == (
        EntryPart(Decimal("100.05"), "p1", "", ""),
        EntryPart(Decimal("200.05"), "p2", "", ""),
    )
    assert mistakes(told, account="11001 02000001") == []


def test_every_reason_names_its_line() -> None:
    (told,) = read_camt053(WHOLE)
    first, bulk = told.entries
    wrong = replace(
        told,
        currency="USD",
        entries=(
            first,
            first,
            replace(bulk, parts=bulk.parts[:1]),
            replace(first, line=9, on=date(2027, 2, 4), reference=""),
        ),
    )
    assert [(reason.at, reason.code) for reason in mistakes(wrong, account="11001")] == [
        ("2", "statement.other_account"),
        ("2", "statement.currency"),
        ("2", "statement.sums"),
        ("5", "statement.twice"),
        ("6", "statement.parts"),
        ("9", "statement.outside"),
    ]
    assert mistakes(wrong, account="x")[2].values == {"difference": Decimal("196500.00")}


def test_a_tax_line_may_share_the_reference_of_its_payment() -> None:
    (told,) = read_camt053(WHOLE)
    first = told.entries[0]
    tax = replace(first, amount=Decimal("11000.00"), remark="PPN")
    closing = told.opening - first.amount - tax.amount
    assert (
        mistakes(replace(told, entries=(first, tax), closing=closing), account=told.account) == []
    )


@pytest.mark.parametrize(
    ("data", "where", "code"),
    [
        (
            b"<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'bomb'>]>\n<a>&b;</a>",
            "2",
            "xml.doctype",
        ),
        (WHOLE[: WHOLE.index(b"<Ntry>")], "5", "xml.broken"),
        (b"", "1", "xml.broken"),
        (b"<a>" * 70 + b"</a>" * 70, "1", "xml.deep"),
        (b"<Document xmlns='urn:other'/>", "1", "statement.not_camt053"),
        (WHOLE.replace(b"98250.00</Amt>", b"98250.001</Amt>"), "5", "statement.not_an_amount"),
        (WHOLE.replace(b"2027-02-03</Dt></BookgDt>", b"2027-02-30</Dt></BookgDt>", 1),
         "5", "statement.not_a_day"),
        (WHOLE.replace(b"CLBD", b"ITBD"), "2", "statement.no_balance"),
    ],
)  # fmt: skip
def test_a_bad_xml_is_refused_with_its_line(data: bytes, where: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_camt053(data)
    assert (where, code) in faults(caught)


MT940 = f""":20:HARIAN
:25:SUMUT/11001020000 01IDR
:28C:235/1
:60F:C261230IDR1000000,00
:61:2612301230D98250,00NTRFsp2d-7//B1
:86:{SP2D}
CV Maju
:61:2612310102RD250,5NRTINONREF//B2
:86:RETUR
:62F:C270102IDR902000,50
-}}
"""


def test_mt940_is_read_to_the_sen() -> None:
    (told,) = read_mt940(MT940)
    assert (told.number, told.account, told.currency) == ("235/1", "11001020000 01", "IDR")
    paid, back = told.entries
    assert (paid.line, paid.on, paid.change) == (5, date(2026, 12, 30), Decimal("-98250.00"))
    assert (paid.reference, paid.end_to_end, paid.remark) == ("B1", "sp2d-7", f"{SP2D} CV Maju")
    assert (back.on, back.value_on) == (date(2027, 1, 2), date(2026, 12, 31))
    assert (back.change, back.is_reversal, back.end_to_end) == (Decimal("250.50"), True, "")
    assert mistakes(told, account="1100102000001") == []


@pytest.mark.parametrize(
    ("text", "where", "code"),
    [
        ("not a statement", "1", "statement.not_mt940"),
        (MT940.replace("D98250,00", "X98250,00"), "5", "statement.entry"),
        (MT940.replace("2612301230", "2613301230"), "5", "statement.not_a_day"),
        (MT940[: MT940.index(":62F")], "1", "statement.no_balance"),
        (MT940.replace("C270102IDR", "C270102ID"), "10", "statement.balance"),
    ],
)
def test_a_bad_mt940_is_refused_with_its_line(text: str, where: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_mt940(text)
    assert faults(caught) == [(where, code)]
