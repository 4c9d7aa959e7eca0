"""Which code of a later list stands for which of an earlier one, and back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from kawal.nomenclature.facts import CodeKind, DecreeFacts
from kawal.nomenclature.models import Crosswalk


@dataclass(frozen=True, slots=True)
class Bridge:
    """A code of one decree and the code of another that it became or came from."""

    decree: DecreeFacts
    code: str
    note: str


def later_codes(kind: CodeKind, code: str, decree_id: int) -> list[Bridge]:
    """Return what a code of a decree became later; many where it was split."""
    rows = _rows(kind).filter(earlier_id=decree_id, earlier_code=code)
    ordered: Iterable[Crosswalk] = rows.select_related("later").order_by("later_id", "later_code")
    return [Bridge(row.later.as_facts(), row.later_code, row.note) for row in ordered]


def earlier_codes(kind: CodeKind, code: str, decree_id: int) -> list[Bridge]:
    """Return what a code of a decree was before; many where codes were joined."""
    rows = _rows(kind).filter(later_id=decree_id, later_code=code)
    ordered: Iterable[Crosswalk] = rows.select_related("earlier").order_by(
        "earlier_id", "earlier_code"
    )
    return [Bridge(row.earlier.as_facts(), row.earlier_code, row.note) for row in ordered]


def _rows(kind: CodeKind) -> QuerySet[Crosswalk]:
    return Crosswalk.objects.filter(kind=kind.value)
