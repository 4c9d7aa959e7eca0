"""``kawal import prices``: a Perkada's list of standard prices (SSH, HSPK, ASB, SBU)."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

import click
from django.utils import timezone

from kawal.budget.actions import price_lists
from kawal.budget.facts import EnactedPrice, ItemDraft, PriceDraft, PriceFamily, ProductType
from kawal.kernel.importing import Column, Import, Row, Unreadable, Written, import_command
from kawal.kernel.importing.parsing import at_most, day, decimal, one_of, rupiah
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.nomenclature import queries as nomenclature

ACCOUNT = re.compile(r"\d\.\d\.\d{2}\.\d{2}\.\d{2}\.\d{4}")
MADE_IN = {
    "dalam negeri": ProductType.DOMESTIC,
    "pdn": ProductType.DOMESTIC,
    "1": ProductType.DOMESTIC,
    "impor": ProductType.IMPORTED,
    "luar negeri": ProductType.IMPORTED,
    "0": ProductType.IMPORTED,
}


def _accounts(cell: str) -> tuple[str, ...]:
    """Return the accounts of a cell, divided by commas, semicolons or spaces."""
    found = tuple(dict.fromkeys(re.split(r"[\s,;|]+", cell.strip())))
    for one in found:
        if not ACCOUNT.fullmatch(one):
            raise Unreadable(
                "price.account_code", N_("“%(cell)s” bukan rekening enam tingkat"), cell=one
            )
    return found


class PricesImport(Import):
    """Rows of one list; an item's code occurs once in a file."""

    columns = (
        Column("code", N_("Kode barang"), ("kode", "kode standar"), at_most(60), required=True),
        Column("family", N_("Kelompok standar"), ("kelompok", "tipe"), one_of(PriceFamily)),
        Column("name", N_("Uraian barang"), ("uraian", "nama"), at_most(300), required=True),
        Column("specification", N_("Spesifikasi"), ("spek",), at_most(500), default=""),
        Column("unit", N_("Satuan"), ("unit",), at_most(40), required=True),
        Column("price", N_("Harga satuan"), ("harga", "price"), rupiah, required=True),
        Column(
            "accounts",
            N_("Kode rekening"),
            ("rekening", "accounts", "rekening belanja"),
            _accounts,
            required=True,
        ),
        Column(
            "product",
            N_("Jenis produk"),
            ("produk",),
            one_of(ProductType, MADE_IN),
            default=ProductType.UNSTATED,
        ),
        Column("local", N_("TKDN"), ("nilai tkdn", "tkdn persen"), decimal),
        Column("from", N_("Berlaku mulai"), ("mulai", "valid from"), day),
        Column("until", N_("Berlaku sampai"), ("sampai", "valid until"), day),
        Column("basis", N_("Dasar hukum"), ("perkada", "legal basis"), at_most(200)),
    )

    def __init__(
        self,
        *,
        at: datetime,
        family: PriceFamily | None = None,
        first: date | None = None,
        basis: str = "",
    ) -> None:
        self.family, self.first, self.basis, self.at = family, first, basis, at
        self.id = uuid4()
        self.codes: set[str] = set()
        self.leaves: dict[date, Mapping[str, int]] = {}
        self.enacted: Counter[tuple[str, date]] = Counter()

    def check(self, row: Row) -> Sequence[Reason]:
        """Refuse a code for the second time, and rows that leave open what they must say."""
        reasons = []
        if row["code"] in self.codes:
            text = N_("Kode %(code)s sudah ada pada baris sebelumnya.")
            reasons.append(Reason("price.double", text, values={"code": row["code"]}))
        self.codes.add(row["code"])
        if not (row["family"] or self.family):
            reasons.append(_unsaid(N_("Kelompok standar"), "--family"))
        first: date | None = row["from"] or self.first
        if first is None:
            reasons.append(_unsaid(N_("Berlaku mulai"), "--from"))
        elif missing := set(row["accounts"]) - set(self.known(first)):
            text = N_("Rekening %(codes)s tidak berlaku pada tanggal itu.")
            values = {"codes": ", ".join(sorted(missing))}
            reasons.append(Reason("price.no_account", text, at=N_("Kode rekening"), values=values))
        if not (row["basis"] or self.basis):
            reasons.append(_unsaid(N_("Dasar hukum"), "--basis"))
        return reasons

    def known(self, on: date) -> Mapping[str, int]:
        """Return the accounts of level 6 that hold on a day: their ids by code."""
        if on not in self.leaves:
            found = nomenclature.accounts(on, level=6)
            self.leaves[on] = {one.code: one.id for one in found}
        return self.leaves[on]

    def write(self, rows: Sequence[Row]) -> Written:
        """Write a batch of prices."""
        enacted = [self.enacted_price(row) for row in rows]
        listed = price_lists.enact_prices(enacted, batch=self.id, at=self.at)
        self.enacted.update((one.legal_basis, one.valid_from) for one in listed.written)
        return Written(listed.new, listed.changed, listed.unchanged, listed.refused)

    def finish(self) -> Written:
        """Tell in public what was enacted, when anything was."""
        price_lists.tell_enacted(dict(self.enacted), at=self.at)
        return Written()

    def enacted_price(self, row: Row) -> EnactedPrice:
        """Return a row as a price; what the file leaves open the command said."""
        first, family = row["from"] or self.first, row["family"] or self.family
        assert first and family  # check() refused the rest
        known = self.known(first)
        item = ItemDraft(
            row["code"],
            family,
            row["name"],
            row["specification"],
            row["unit"],
            row["product"],
            row["local"],
        )
        accounts = tuple(known[code] for code in row["accounts"])
        price = PriceDraft(row["price"], accounts, first, row["basis"] or self.basis)
        return EnactedPrice(row.line, item, price, row["until"])


def _unsaid(label: str, option: str) -> Reason:
    text = N_("Berkas tidak menyebutnya; sebut dengan %(option)s.")
    return Reason("price.unsaid", text, at=label, values={"option": option})


@click.option(
    "--family", type=click.Choice([one.value for one in PriceFamily]), help="The list's family."
)
@click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="The first day of its prices."
)
@click.option("--basis", default="", help="The Perkada that enacted the list.")
def _prices(family: str | None, first: datetime | None, basis: str) -> Import:
    """Import standard prices that a Perkada enacted; each item with the accounts it may stand on.

    \b
    Example:
      kawal import prices ssh_2027.xlsx --family ssh --from 2027-01-01 --basis "Perwal 12/2026"
    """
    return PricesImport(
        at=timezone.now(),
        family=PriceFamily(family) if family else None,
        first=first.date() if first else None,
        basis=basis,
    )


_prices.columns = PricesImport.columns  # type: ignore[attr-defined]
command = import_command(_prices, name="prices")
