"""What the law asks of a budget as a whole, decided from sums and parameters; pure.

Every rule answers with all it knows: base, limit, plan and difference in rupiah, and where it
cannot answer, why not. Limits are compared exactly; the amounts shown are rounded to the sen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from kawal.budget.facts.mandatory import (
    Bound,
    Context,
    Finding,
    Law,
    MandatoryRule,
    Sums,
    Tier,
    Verdict,
)
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

HUNDRED = Decimal(100)
SEN = Decimal("0.01")


def findings(
    rules: Iterable[MandatoryRule],
    laws: Mapping[str, Law],
    sums: Mapping[str, Sums],
    context: Context,
) -> tuple[Finding, ...]:
    """Return what each rule says, in their order; a rule without sums could not be counted."""
    return tuple(judge(one, laws[one.key], sums.get(one.key), context) for one in rules)


def judge(rule: MandatoryRule, law: Law, sums: Sums | None, context: Context) -> Finding:
    """Return what one rule says of a budget."""
    known = Finding(
        rule.key,
        rule.label,
        rule.bound,
        Verdict.UNDECIDABLE,
        planned=sums.counted if sums else None,
        base=sums.base if sums else None,
        advisory=rule.advisory,
        binding=_year(law.numbers.get(rule.binding)),
        legal_basis=law.legal_basis,
        certainty=law.certainty,
    )
    tier = _tier(rule, law, sums.base if sums else Decimal(0))
    if tier is None and rule.ended in law.texts:
        return replace(known, verdict=Verdict.ENDED, why=_ended(law.texts[rule.ended]))
    if rule.without_villages and context.has_villages:
        return replace(known, why=_villages())
    if sums is None:
        return replace(known, why=_not_counted())
    if sums.base <= 0:
        return replace(known, why=_no_base())
    if tier is None:
        return replace(known, why=_no_rate())
    return _measured(rule, law, known, sums, tier, context)


def _measured(
    rule: MandatoryRule, law: Law, known: Finding, sums: Sums, tier: Tier, context: Context
) -> Finding:
    rate = law.numbers[tier.rate]
    limit = max(sums.base * rate / HUNDRED, law.numbers.get(tier.least, Decimal(0)))
    upper = sums.base * law.numbers[rule.most] / HUNDRED if rule.most in law.numbers else None
    lacks = _lacks(rule.bound, sums.counted, limit, upper)
    verdict = Verdict.MET
    if lacks < 0:
        binds = known.binding is None or context.year >= known.binding
        verdict = Verdict.NOT_MET if binds else Verdict.TRANSITION
    return replace(
        known,
        verdict=verdict,
        rate=rate,
        required=_sen(limit),
        most=None if upper is None else _sen(upper),
        difference=_sen(lacks),
        share=_sen(sums.counted * HUNDRED / sums.base),
    )


def _lacks(bound: Bound, planned: Decimal, limit: Decimal, upper: Decimal | None) -> Decimal:
    """Return by how much a plan keeps to its side of the limit; negative when it does not."""
    if bound is Bound.MOST:
        return limit - planned
    above = planned - limit
    if bound is Bound.WITHIN and upper is not None:
        return min(above, upper - planned)
    return above


def _tier(rule: MandatoryRule, law: Law, base: Decimal) -> Tier | None:
    """Return the tier of a base: the last whose first amount lies below it.

    Nothing when a number that it needs holds no more, or not yet.
    """
    needed = {name for tier in rule.tiers for name in (tier.from_amount, tier.rate, tier.least)}
    if not needed - {""} <= law.numbers.keys():
        return None
    fitting = [t for t in rule.tiers if not t.from_amount or base > law.numbers[t.from_amount]]
    return fitting[-1]


def _year(number: Decimal | None) -> int | None:
    return None if number is None else int(number)


def _sen(amount: Decimal) -> Decimal:
    return amount.quantize(SEN, ROUND_HALF_UP)


def _ended(by: str) -> Reason:
    text = N_("Kewajiban ini berakhir: %(basis)s.")
    return Reason("budget.rule_ended", text, values={"basis": by})


def _villages() -> Reason:
    return Reason(
        "budget.has_villages",
        N_("Daerah ini mempunyai desa: patokannya dana desa terendah, yang tidak dicatat di sini."),
    )


def _not_counted() -> Reason:
    return Reason(
        "budget.not_counted",
        N_("Kaidah baris yang dihitung tidak terbaca."),
        mend=N_("Perbaiki parameter yang menyebut baris yang dihitung."),
    )


def _no_base() -> Reason:
    return Reason("budget.no_base", N_("Dasar perhitungannya belum direncanakan (nol)."))


def _no_rate() -> Reason:
    return Reason(
        "budget.no_rate",
        N_("Batasnya untuk tahun ini belum diisi."),
        mend=N_("Isi parameternya dengan dasar hukum tahun ini."),
    )
