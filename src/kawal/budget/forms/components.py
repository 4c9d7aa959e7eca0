"""A component as it is typed, on its page, in the grid or pasted: texts become a draft."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kawal.budget.facts import ComponentDraft, ComponentFacts, Volume
from kawal.budget.forms.coefficients import coefficient
from kawal.budget.forms.pasted import TypedComponent
from kawal.budget.rules.components import component_reasons
from kawal.kernel.refusals import Reason
from kawal.kernel.typed import money, number
from kawal.kernel.words import N_
from kawal.ui import formats

FIELDS = ("name", "specification", "coefficient", "price", "tax", "group", "note")
LABELS = {
    "name": N_("Uraian"),
    "specification": N_("Spesifikasi"),
    "coefficient": N_("Koefisien"),
    "price": N_("Harga satuan"),
    "tax": N_("Pajak (persen)"),
    "group": N_("Kelompok (#)"),
    "note": N_("Keterangan (–)"),
    "amount": N_("Jumlah"),
}
_COLUMNS = {"volume": "coefficient", "unit": "coefficient", "total": "price", "fund": "price"}


@dataclass(frozen=True, slots=True)
class ReadComponent:
    """What typed texts mean: a draft, or the reasons why they mean none; ``at`` names the field."""

    typed: TypedComponent
    draft: ComponentDraft | None
    reasons: tuple[Reason, ...] = ()


def typed_of(values: Mapping[str, object]) -> TypedComponent:
    """Return the texts of a form or a JSON object; what is no text counts as not typed."""
    texts = {field: values.get(field, "") for field in FIELDS}
    known = {field: value.strip() for field, value in texts.items() if isinstance(value, str)}
    return TypedComponent(line=1, **known)


def texts(component: ComponentFacts) -> dict[str, str]:
    """Return a component as one would type it in the page's style, with its amount."""
    draft = component.draft
    said = " x ".join(f"{formats.angka(one.amount)} {one.unit}" for one in draft.volumes)
    return {
        "name": draft.name,
        "specification": draft.specification,
        "coefficient": said,
        "price": formats.as_typed(draft.price),
        "tax": formats.angka(draft.tax) if draft.tax else "",
        "group": draft.group,
        "note": draft.note,
        "amount": formats.angka(component.amount, 2),
    }


def read(texts: TypedComponent, style: str, price_item_id: int | None = None) -> ReadComponent:
    """Return what was typed as a draft, or every reason why it cannot stand.

    What cannot be read is judged no further; all the rest is, so that one sees everything at once.
    """
    unread = {reason.at: reason for reason in _unread(texts, style)}
    draft = ComponentDraft(
        name=texts.name,
        price=money(texts.price) or Decimal(0),
        volumes=_volumes(texts, style) or (Volume(Decimal(1), "?"),),
        tax=number(texts.tax or "0", style) or Decimal(0),
        specification=texts.specification,
        group=texts.group,
        note=texts.note,
        price_item_id=price_item_id,
    )
    judged = [one for one in map(placed, component_reasons(draft)) if one.at not in unread]
    reasons = sorted([*unread.values(), *judged], key=lambda one: FIELDS.index(one.at))
    return ReadComponent(texts, None if reasons else draft, tuple(reasons))


def placed(reason: Reason) -> Reason:
    """Return a reason at one of this form's fields: a volume's at the coefficient, and so on."""
    field = reason.at.rpartition(".")[2] if reason.at not in FIELDS else reason.at
    word = re.sub(r"\d+$", "", field if not reason.at.startswith("fund.") else "fund")
    at = field if field in FIELDS else _COLUMNS.get(word, "name")
    return replace(reason, at=at)


def _volumes(texts: TypedComponent, style: str) -> tuple[Volume, ...]:
    found = coefficient(texts.coefficient, style) or ()
    return tuple(Volume(amount, unit) for amount, unit in found)


def _unread(texts: TypedComponent, style: str) -> Iterator[Reason]:
    if not texts.coefficient:
        yield _blank_coefficient()
    elif coefficient(texts.coefficient, style) is None:
        yield _strange_coefficient(texts.coefficient)
    if not texts.price:
        yield Reason("budget.nothing_typed", N_("Belum diisi."), at="price")
    elif money(texts.price) is None:
        yield _strange_number("price", texts.price)
    if texts.tax and number(texts.tax, style) is None:
        yield _strange_number("tax", texts.tax)


def _blank_coefficient() -> Reason:
    return Reason(
        "budget.nothing_typed",
        N_("Belum diisi."),
        at="coefficient",
        mend=N_("Tulislah volume dan satuannya, misalnya 3 Orang x 2 Hari."),
    )


def _strange_coefficient(written: str) -> Reason:
    return Reason(
        "budget.strange_coefficient",
        N_("“%(written)s” tidak terbaca sebagai volume dan satuan."),
        at="coefficient",
        mend=N_("Tulislah misalnya 3 Orang x 2 Hari."),
        values={"written": written},
    )


def _strange_number(field: str, written: str) -> Reason:
    return Reason(
        "budget.strange_number",
        N_("“%(written)s” tidak terbaca sebagai bilangan."),
        at=field,
        mend=N_("Tulislah misalnya 1.250.000 atau 1.250.000,50."),
        values={"written": written},
    )
