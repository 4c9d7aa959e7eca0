"""Published budgets in words: how one adds up, and where to look when it does not."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from kawal.budget.facts.published import Closing
from kawal.ui.formats import rupiah


def closing_words(closing: Closing) -> str:
    """Return the sum as one writes it: revenue - spending + net financing = difference."""
    return _("pendapatan %(revenue)s − belanja %(spending)s + pembiayaan %(net)s = %(left)s") % {
        "revenue": rupiah(closing.revenue),
        "spending": rupiah(closing.spending),
        "net": rupiah(closing.net),
        "left": rupiah(closing.difference),
    }


def with_amounts(jenis: Iterable[str], amounts: Mapping[str, Decimal]) -> str:
    """Return the jenis to look at, each with its amount; nothing where none stands out."""
    named = ", ".join(f"{code} = {rupiah(amounts[code])}" for code in jenis)
    return _("; periksa jenis %(named)s") % {"named": named} if named else ""
