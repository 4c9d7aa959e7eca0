"""Money as a room says it: short amounts, and all that a bar draws in words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from kawal.sites.command_centre.facts import MoneyBar
from kawal.ui import formats


def short_rupiah(amount: Decimal) -> str:
    """Return an amount as it is said in a room: Rp 1,01 T (trillion), 12,3 M (billion), 450 jt."""
    for size, unit, decimals in ((12, "T", 2), (9, "M", 1), (6, "jt", 0)):
        if abs(amount) >= Decimal(10) ** size:
            return f"Rp\N{NO-BREAK SPACE}{formats.angka(amount / 10**size, decimals)} {unit}"
    return formats.rupiah(amount, 0)


def bar_words(bar: MoneyBar) -> str:
    """Return all that a bar draws, for those who hear it."""
    return _(
        "%(name)s: dilepas %(released)s (%(released_share)s), terikat %(bound)s (%(bound_share)s), "
        "dibayar %(paid)s, rencana kas %(plan)s, pagu %(ceiling)s"
    ) % {
        "name": bar.name,
        "released": short_rupiah(bar.released),
        "released_share": formats.persen(bar.share(bar.released), 0),
        "bound": short_rupiah(bar.bound),
        "bound_share": formats.persen(bar.share(bar.bound), 0),
        "paid": short_rupiah(bar.paid),
        "plan": short_rupiah(bar.plan),
        "ceiling": short_rupiah(bar.ceiling),
    }
