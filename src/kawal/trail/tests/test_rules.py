"""A leaf has one form, a closed schema, and no room for a person's numbers."""

import hashlib
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kawal.trail import fields as f
from kawal.trail import rules
from kawal.trail.facts import Deployment
from kawal.trail.registry import Kind, UnknownKind, kind, register

AT = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=7)))
ID = UUID("0193b9a0-0000-7000-8000-000000000001")
PAID = Kind(
    "payment.tried",
    about="number",
    private=frozenset({"payee"}),
    fields={
        "number": f.Code(r"\d{6}/SP2D/\d{4}"),
        "amount": f.Rupiah(),
        "on": f.Day(),
        "text": f.Text(80),
        "state": f.Choice(("issued", "returned")),
        "lines": f.Many(f.Record({"n": f.Integer(min=1)}), max=3, optional=True),
        "file": f.Digest(optional=True),
        "late": f.Flag(optional=True),
        "seen": f.Instant(optional=True),
    },
)
FACTS = {
    "number": "000123/SP2D/2026",
    "amount": Decimal("1234567.5"),
    "on": date(2026, 11, 24),
    "text": "Gaji Februari Dinas Pendidikan",
    "state": "issued",
}


def codes(facts, private=None, at=AT):
    found = rules.refusals(PAID, facts, at=at, private=private)
    return sorted((reason.code, reason.at) for reason in found)


def test_a_leaf_is_written_in_exactly_one_way():
    made = rules.leaf(PAID, FACTS, id=ID, at=AT, commitment=b"\xab" * 32)
    assert made == (
        b'{"at":"2026-11-24T02:30:00.000000Z","facts":{"amount":"1234567.50",'
        b'"number":"000123/SP2D/2026","on":"2026-11-24","state":"issued",'
        b'"text":"Gaji Februari Dinas Pendidikan"},"id":"0193b9a0-0000-7000-8000-000000000001",'
        b'"kind":"payment.tried","private":"' + b"ab" * 32 + b'","v":1}'
    )
    assert rules.canonical(rules.parse(made)) == made


_values = st.recursive(
    st.booleans()
    | st.integers(min_value=-f.SAFE_INTEGER, max_value=f.SAFE_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abc_XYZ019", max_size=5), inner, max_size=4)
    ),
)


@given(st.dictionaries(st.text("abc_XYZ019", max_size=5), _values, max_size=5))
def test_the_quick_writer_agrees_with_the_reference(value):
    assert rules.canonical(value) == rfc8785.dumps(value)
    assert rules.parse(rules.canonical(value)) == value


def test_a_leaf_that_no_log_could_hold_is_refused():
    assert [reason.code for reason in rules.too_large(bytes(65_536))] == ["trail.size"]
    assert rules.too_large(bytes(65_535)) == []


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1.0}',
        b'{"a":1,"a":1}',
        b"[1]",
        b"{",
        b"\xff",
        b'{"a":"\\u0041"}',
    ],
)
def test_any_other_form_is_not_canonical(data):
    with pytest.raises(rules.NotCanonical):
        rules.parse(data)


def test_good_facts_are_not_refused():
    assert codes(FACTS, private={"payee": "Dewi"}) == []
    more = {"lines": [{"n": 1}], "file": "0" * 64, "late": False, "seen": AT}
    assert codes(FACTS | more) == []


def test_every_reason_is_given_at_once():
    bad = {
        "number": "1275010101900001",
        "amount": Decimal("0.001"),
        "on": "24-11-2026",
        "text": "NIK 1275010101900001, hubungi 0812-3456-7890",
        "lines": [{"n": 0}, {"n": 1, "more": 1}, 3],
        "payee": "Dewi",
        "late": "ya",
        "seen": datetime(2026, 1, 1),  # noqa: DTZ001 - the point of it
        "file": "AB",
    }
    assert codes(bad, private={"npwp": "1"}) == [
        ("personal.nik", "text"),
        ("personal.phone", "text"),
        ("trail.field", "amount"),
        ("trail.field", "file"),
        ("trail.field", "late"),
        ("trail.field", "lines.0.n"),
        ("trail.field", "lines.1.more"),
        ("trail.field", "lines.2"),
        ("trail.field", "number"),
        ("trail.field", "on"),
        ("trail.field", "payee"),
        ("trail.field", "seen"),
        ("trail.field", "state"),
        ("trail.private", "npwp"),
    ]


def test_a_moment_without_its_zone_is_refused():
    assert codes(FACTS, at=datetime(2026, 1, 1)) == [("trail.at", "at")]  # noqa: DTZ001


@pytest.mark.parametrize("text", ["", "  ", "x" * 81, "a\nb", "\ue000", 5])
def test_a_text_is_words(text):
    assert codes(FACTS | {"text": text}) == [("trail.field", "text")]


@pytest.mark.parametrize(
    ("amount", "is_good"),
    [
        (Decimal("-5"), True),
        (Decimal("0"), True),
        (Decimal("-0"), True),
        (Decimal("-0.05"), True),
        ("-0.00", False),
        ("01.00", False),
        (5, False),
        (Decimal("NaN"), False),
        ("1.0", False),
    ],
)
def test_money_has_one_form(amount, is_good):
    assert (codes(FACTS | {"amount": amount}) == []) is is_good


def test_none_is_left_out_and_a_missing_fact_is_named():
    assert codes(FACTS | {"file": None}) == []
    assert codes(FACTS | {"state": None}) == [("trail.field", "state")]


def test_a_pattern_that_lets_a_personal_number_through_is_no_code():
    for pattern in (r"\d+", r"\d{16}", r".*", r"\+?\d{10,}"):
        with pytest.raises(ValueError, match="would let"):
            f.Code(pattern)
    assert f.Code(r"[A-Z]\d*").reasons("A1275010101900001", "x")[0].text == (
        "Kode memuat 16 angka berurutan."
    )


def test_an_enum_is_written_as_its_value_and_text_in_one_normal_form():
    assert f.jsonable(Deployment.LIVE) == "live"
    assert type(f.jsonable(Deployment.LIVE)) is str
    assert f.jsonable("e\u0301") == "\u00e9"


def test_a_commitment_binds_to_its_content_and_salt():
    salt = bytes(range(32))
    bound = rules.commitment(salt, {"payee": "Dewi", "on": date(2026, 1, 2)})
    said = b'{"on":"2026-01-02","payee":"Dewi"}'
    assert bound == hashlib.sha256(salt + said).digest()
    assert bound == rules.commitment(salt, {"on": "2026-01-02", "payee": "Dewi"})
    assert bound != rules.commitment(salt, {"payee": "Joko", "on": date(2026, 1, 2)})
    assert bound != rules.commitment(bytes(32), {"payee": "Dewi", "on": date(2026, 1, 2)})
    with pytest.raises(ValueError, match="32"):
        rules.commitment(b"short", {})


def test_identities_sort_by_time_and_say_their_version():
    early = rules.leaf_id(AT, b"\xff" * 10)
    late = rules.leaf_id(AT + timedelta(milliseconds=1), b"\x00" * 10)
    assert early < late
    assert (early.version, early.variant) == (7, "specified in RFC 4122")
    assert early.int >> 80 == int(AT.timestamp() * 1000)


def test_kinds_are_registered_once_and_found_by_version():
    register(PAID, PAID)
    assert kind("payment.tried") is PAID
    newer = Kind("payment.tried", fields={"number": f.Integer()}, version=2)
    register(newer)
    assert kind("payment.tried") is newer
    assert kind("payment.tried", 1) is PAID
    with pytest.raises(ValueError, match="registered twice"):
        register(Kind("payment.tried", fields={}, version=1))
    with pytest.raises(UnknownKind):
        kind("payment.tried", 3)
    with pytest.raises(UnknownKind):
        kind("never.heard")


@pytest.mark.parametrize("name", ["payment", "Payment.made", "a.b c", "a." + "b" * 60])
def test_a_kind_has_a_plain_name(name):
    with pytest.raises(ValueError, match="name"):
        Kind(name, fields={})


@pytest.mark.parametrize("name", ["Nama", "nama é", "", "1st", "a" * 61])
def test_a_field_has_a_plain_name(name):
    with pytest.raises(ValueError, match="field's name"):
        Kind("a.b", fields={name: f.Flag()})
    with pytest.raises(ValueError, match="field's name"):
        Kind("a.b", fields={}, private=frozenset({name}))


def test_a_kind_is_about_one_of_its_fields():
    with pytest.raises(ValueError, match="none of its fields"):
        Kind("a.b", fields={}, about="number")
