"""The year before: prices, ceilings, every unit's RKA, its verification, and the four versions."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from kawal.budget import actions, queries
from kawal.budget.facts import (
    CeilingDraft,
    EnactedPrice,
    Instrument,
    ItemDraft,
    PriceDraft,
    PriceFamily,
    ProductType,
    VersionKind,
)
from kawal.demo.budget.goods import GOODS, Good
from kawal.demo.budget.sheets import PlannedSheet
from kawal.demo.filling.budget.codes import Codes
from kawal.demo.filling.budget.officers import Officers, moment, top_short
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.known import KEP_1317

LIST = UUID("0197f000-0000-7000-8000-000000001275")


def open_year(year: int, officers: Officers) -> None:
    """Open the budget year, as PPKD."""
    ppkd = officers.of_city("PPKD", moment(year - 1, 7, 14))
    codes = {"accounts": KEP_1317, "activities": KEP_1317, "funds": KEP_1317}
    actions.open_year(year, **codes, actor=ppkd)


def enact_prices(year: int) -> dict[str, int]:
    """Take in the Perkada's list of standard prices; return the items' ids by code."""
    on, at = moment(year - 1, 8, 1).date(), moment(year - 1, 7, 21)
    accounts = {one.code: one.id for one in nomenclature.accounts(on, level=6)}
    basis = f"Perwal SIMULASI 12/{year - 1}"
    rows = [
        EnactedPrice(line, _item(good), _price(good, accounts[good.account], basis, year))
        for line, good in enumerate(GOODS, 1)
    ]
    actions.enact_prices(rows, batch=LIST, at=at)
    actions.tell_enacted({(basis, on): len(rows)}, at=at)
    found = {}
    for good in GOODS:
        found[good.code] = queries.find_prices(good.code, on, limit=1)[0].item_id
    return found


def _item(good: Good) -> ItemDraft:
    made = ProductType.DOMESTIC if good.local_content else ProductType.IMPORTED
    return ItemDraft(
        good.code,
        PriceFamily(good.family),
        good.name,
        good.specification,
        good.unit,
        made,
        Decimal(good.local_content),
    )


def _price(good: Good, account: int, basis: str, year: int) -> PriceDraft:
    first = moment(year - 1, 8, 1).date()
    return PriceDraft(Decimal(good.price), (account,), first, basis)


def propose_price(year: int, officers: Officers, codes: Codes, at: datetime) -> None:
    """Let Disdik's PPTK propose an item for next year, which waits for the PPKD."""
    item = ItemDraft(
        "1.2.02.06.01.9001",
        PriceFamily.SSH,
        "Proyektor kelas",
        "3.500 lumen, dengan layar",
        "unit",
        ProductType.IMPORTED,
        Decimal(0),
    )
    price = PriceDraft(
        Decimal(7_850_000),
        (codes.accounts["5.2.02.06.01.0002"],),
        date(year + 1, 1, 1),
        f"Perwal SIMULASI 14/{year}",
        letter=f"027/SIMULASI/{year}",
        note="Survei tiga penyedia di Binjai",
    )
    pptk = officers.of_unit("PPTK", "Disdik", at)
    actions.propose_price(item, price, agency_id=officers.id_of("Disdik"), actor=pptk)


def set_ceilings(year: int, officers: Officers, codes: Codes) -> None:
    """Set the ceilings of the KUA-PPAS, as TAPD: one a sub kegiatan, one an agency."""
    tapd = officers.of_city("TAPD", moment(year - 1, 8, 15))
    whole: dict[str, Decimal] = defaultdict(Decimal)
    rows = []
    for sheet in officers.sheets():
        if sheet.kind != "spending":
            continue
        amount = Decimal(sheet.amount)
        rows.append(CeilingDraft(codes.units[sheet.unit], amount, codes.activities[sheet.activity]))
        whole[top_short(sheet.unit)] += amount
    rows += [CeilingDraft(codes.units[short], amount) for short, amount in sorted(whole.items())]
    actions.set_ceilings(
        year,
        rows,
        agreement_number=f"Nota Kesepakatan SIMULASI 900/8/{year - 1}",
        agreement_date=moment(year - 1, 8, 14).date(),
        actor=tapd,
    )


def write_rka(year: int, officers: Officers, codes: Codes) -> None:
    """Let each agency's PPTK draft, its PA hand in with its units, and the TAPD verify all."""
    verified: list[int] = []
    by_top: dict[str, list[PlannedSheet]] = defaultdict(list)
    for sheet in officers.sheets():
        by_top[top_short(sheet.unit)].append(sheet)
    for short, sheets in by_top.items():
        pptk = officers.of_unit("PPTK", short, moment(year - 1, 8, 25))
        ids = actions.draft_sheets(year, [codes.sheet(one) for one in sheets], actor=pptk)
        actions.submit_sheets(ids, actor=officers.of_unit("PA", short, moment(year - 1, 9, 8)))
        verified += ids
    actions.verify_sheets(verified, actor=officers.of_city("TAPD", moment(year - 1, 9, 22)))


def make_versions(year: int, officers: Officers) -> int:
    """Compile RKA, RAPBD, APBD and its Penjabaran, as PPKD; return the last one's id."""
    before = year - 1
    course = (
        (VersionKind.RKA, (9, 26), f"RKA-SKPD Tahun Anggaran {year}", Instrument.NONE, ""),
        (VersionKind.RAPBD, (9, 30), f"RAPBD Tahun Anggaran {year}", Instrument.NONE, ""),
        (VersionKind.APBD, (12, 29), f"APBD Tahun Anggaran {year}", Instrument.PERDA, "Perda"),
        (
            VersionKind.PENJABARAN,
            (12, 30),
            f"Penjabaran APBD Tahun Anggaran {year}",
            Instrument.PERKADA,
            "Perwal",
        ),
    )
    made = 0
    for kind, (month, day), title, instrument, paper in course:
        at = moment(before, month, day)
        made = actions.compile_version(
            year,
            kind,
            title=title,
            instrument=instrument,
            number=f"{paper} SIMULASI {7 if paper == 'Perda' else 31}/{before}" if paper else "",
            date=at.date() if paper else None,
            actor=officers.of_city("PPKD", at),
        )
    return made
