"""What each rule says of sums, decided without a database."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kawal.budget.facts.mandatory import (
    Bound,
    Context,
    Law,
    MandatoryRule,
    Sums,
    Tier,
    Verdict,
)
from kawal.budget.rules.mandatory import judge
from kawal.nomenclature.facts import Certainty

CITY = Context(2026, has_villages=False)
TWENTY = Law({"rate": Decimal(20)}, {}, "UUD 1945 Ps 31(4)", Certainty.RECALLED)
LEAST = MandatoryRule("education", "Fungsi pendidikan", Bound.LEAST)
MOST = MandatoryRule("personnel", "Belanja pegawai", Bound.MOST, binding="binding")
RUPIAH = st.decimals(min_value=0, max_value=10**14, places=2)


def sums(counted: str, base: str) -> Sums:
    return Sums(Decimal(counted), Decimal(base))


def test_at_least_a_share_is_met_to_the_sen():
    met = judge(LEAST, TWENTY, sums("200.00", "1000.00"), CITY)
    short = judge(LEAST, TWENTY, sums("199.99", "1000.00"), CITY)
    assert (met.verdict, met.required, met.difference) == (Verdict.MET, 200, 0)
    assert (short.verdict, short.difference) == (Verdict.NOT_MET, Decimal("-0.01"))
    assert (short.legal_basis, short.certainty) == ("UUD 1945 Ps 31(4)", Certainty.RECALLED)
    assert (met.share, met.rate) == (20, 20)


def test_at_most_a_share_binds_from_its_year_and_is_transition_before():
    law = Law({"rate": Decimal(30), "binding": Decimal(2027)})
    over = sums("540", "1000")
    early = judge(MOST, law, over, CITY)
    late = judge(MOST, law, over, Context(2027, has_villages=False))
    assert (early.verdict, early.difference, early.binding) == (Verdict.TRANSITION, -240, 2027)
    assert late.verdict is Verdict.NOT_MET
    assert judge(MOST, law, sums("300", "1000"), CITY).verdict is Verdict.MET


def test_a_range_lacks_on_either_side():
    rule = MandatoryRule("btt", "BTT", Bound.WITHIN, most="most", advisory=True)
    law = Law({"rate": Decimal(5), "most": Decimal(10)})
    found = [judge(rule, law, sums(n, "1000"), CITY) for n in ("40", "50", "100", "101")]
    assert [one.difference for one in found] == [-10, 0, 0, -1]
    assert [one.verdict for one in found] == [
        Verdict.NOT_MET,
        Verdict.MET,
        Verdict.MET,
        Verdict.NOT_MET,
    ]
    assert all(one.advisory and one.most == 100 for one in found)


def test_the_rate_follows_the_size_and_never_falls_below_its_least_amount():
    tiers = (
        Tier("", "small"),
        Tier("from_middle", "middle", "least_middle"),
        Tier("from_large", "large"),
    )
    rule = MandatoryRule("apip", "APIP", Bound.LEAST, tiers=tiers)
    numbers = {
        "small": "1",
        "middle": "0.75",
        "large": "0.5",
        "from_middle": "1000",
        "from_large": "2000",
        "least_middle": "10",
    }
    law = Law({name: Decimal(value) for name, value in numbers.items()})
    required = [
        judge(rule, law, sums("0", base), CITY).required
        for base in ("1000", "1000.01", "1600", "2000.01")
    ]
    assert required == [Decimal("10.00"), Decimal("10.00"), Decimal("12.00"), Decimal("10.00")]
    lacking = {name: value for name, value in law.numbers.items() if name != "from_large"}
    undecided = judge(rule, Law(lacking), sums("0", "1000"), CITY)
    assert (undecided.verdict, undecided.why.code) == (Verdict.UNDECIDABLE, "budget.no_rate")


def test_what_cannot_be_decided_says_why():
    rule = MandatoryRule("kelurahan", "Dana kelurahan", Bound.LEAST, without_villages=True)
    with_desa = Context(2026, has_villages=True)
    reasons = [
        judge(rule, TWENTY, sums("1", "10"), with_desa),
        judge(LEAST, TWENTY, None, CITY),
        judge(LEAST, TWENTY, sums("0", "0"), CITY),
        judge(LEAST, Law(), sums("1", "10"), CITY),
    ]
    assert [one.why.code for one in reasons] == [
        "budget.has_villages",
        "budget.not_counted",
        "budget.no_base",
        "budget.no_rate",
    ]
    assert {one.verdict for one in reasons} == {Verdict.UNDECIDABLE}
    assert reasons[3].planned == 1


def test_an_ended_rule_names_the_law_that_ended_it():
    rule = MandatoryRule("health", "Kesehatan", Bound.LEAST, ended="ended")
    ended = judge(rule, Law({}, {"ended": "UU 17/2023"}), None, CITY)
    assert (ended.verdict, str(ended.why)) == (
        Verdict.ENDED,
        "Kewajiban ini berakhir: UU 17/2023.",
    )
    held = judge(rule, Law({"rate": Decimal(10)}), sums("1", "10"), CITY)
    assert held.verdict is Verdict.MET


@given(RUPIAH, st.decimals(min_value="0.01", max_value=10**14, places=2))
def test_least_is_met_exactly_when_the_share_reaches_the_rate(counted: Decimal, base: Decimal):
    found = judge(LEAST, TWENTY, Sums(counted, base), CITY)
    assert (found.verdict is Verdict.MET) == (counted * 5 >= base)
