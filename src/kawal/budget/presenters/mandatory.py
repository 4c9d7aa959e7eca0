"""Rules on the APBD in words: the limit, the verdict's tone, how sure the law is."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kawal.budget.facts.mandatory import VERDICT_LABELS, Bound, Effect, Finding, Verdict
from kawal.nomenclature.facts import CERTAINTY_LABELS
from kawal.ui.formats import angka, rupiah

TONES = {
    Verdict.MET: "good",
    Verdict.NOT_MET: "bad",
    Verdict.TRANSITION: "warn",
    Verdict.UNDECIDABLE: "unknown",
    Verdict.ENDED: "paused",
}
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One rule as the page shows it."""

    key: str
    label: str
    tone: str
    verdict: str
    why: str
    limit: str
    planned: str
    base: str
    difference: str
    law: str
    sure: str
    share: Decimal | None
    rate: Decimal | None


def finding_line(one: Finding) -> FindingLine:
    """Return a finding in words."""
    return FindingLine(
        one.key,
        _(one.label),
        "warn" if one.advisory and one.verdict is Verdict.NOT_MET else TONES[one.verdict],
        _(VERDICT_LABELS[one.verdict]),
        why_words(one),
        limit_words(one),
        _money(one.planned),
        _money(one.base),
        difference_words(one),
        one.legal_basis or NOTHING,
        _(CERTAINTY_LABELS[one.certainty]) if one.certainty else "",
        one.share,
        one.rate,
    )


def limit_words(one: Finding) -> str:
    """Return the limit as the law says it, and what it comes to."""
    if one.rate is None:
        return NOTHING
    words = {
        Bound.LEAST: _("paling sedikit %(rate)s%% = %(amount)s"),
        Bound.MOST: _("paling banyak %(rate)s%% = %(amount)s"),
        Bound.WITHIN: _("%(rate)s%% (%(amount)s) sampai %(most)s"),
    }[one.bound]
    return words % {
        "rate": angka(one.rate.normalize()),
        "amount": rupiah(one.required),
        "most": rupiah(one.most),
    }


def difference_words(one: Finding) -> str:
    """Return what is missing or too much, or what is left to the limit."""
    if one.difference is None:
        return NOTHING
    amount = rupiah(abs(one.difference))
    if one.difference >= 0:
        return _("longgar %(amount)s") % {"amount": amount}
    too_much = one.bound is Bound.MOST or (
        one.planned is not None and one.planned > (one.most or one.planned)
    )
    words = _("lebih %(amount)s") if too_much else _("kurang %(amount)s")
    return words % {"amount": amount}


def why_words(one: Finding) -> str:
    """Return why a rule could not be decided, or when it begins to bind; else nothing."""
    if one.why is not None:
        return " ".join(_(text) % one.why.values for text in (one.why.text, one.why.mend) if text)
    if one.verdict is Verdict.TRANSITION:
        return _("Mengikat mulai tahun anggaran %(year)s.") % {"year": one.binding}
    if one.advisory:
        return _("Anjuran, bukan kewajiban.")
    return ""


def effect_lines(given: Iterable[Effect]) -> list[tuple[FindingLine, str]]:
    """Return what a sheet gives to each rule, in words, beside the rule."""
    return [(finding_line(one.finding), rupiah(one.counted)) for one in given]


def _money(amount: Decimal | None) -> str:
    return NOTHING if amount is None else rupiah(amount)
