"""What an RKA workbook would write: its rows by sheet and line, each judged by the same rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from kawal.budget import queries
from kawal.budget.facts import (
    ComponentDraft,
    LineDraft,
    RevisionState,
    SheetFacts,
    SheetKind,
    SheetRow,
    Volume,
)
from kawal.budget.facts.rka import MOST_VOLUMES
from kawal.budget.imports.rka_book import Book, BookRow
from kawal.budget.imports.rka_codes import Codes
from kawal.budget.permissions import DRAFT_RKA
from kawal.budget.rules.components import component_reasons
from kawal.budget.rules.lines import account_reasons
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions import queries as regions
from kawal.regions.facts import Actor
from kawal.regions.permissions import scope

SEN, HUNDRED = Decimal("0.01"), Decimal(100)
EXACT = Context(prec=120)
Key = tuple[int, SheetKind, int | None]  # unit, kind, activity
Place = tuple[int, int]  # account and fund


@dataclass(slots=True)
class SheetPlan:
    """A sheet as the workbook wants it: components by line, and the rows that they came from."""

    facts: SheetFacts
    stored: SheetRow | None
    first: BookRow
    parts: dict[Place, list[ComponentDraft]] = field(default_factory=dict)
    rows: dict[Place, list[int]] = field(default_factory=dict)

    def lines(self) -> list[LineDraft]:
        """Return the lines of the sheet, by account and fund as they first stood."""
        return [
            LineDraft(account, fund, None, tuple(parts))
            for (account, fund), parts in self.parts.items()
        ]

    def line_of(self, place: int, number: int | None) -> int:
        """Return the row in the file of a component, by its places from 0."""
        rows = list(self.rows.values())[place]
        return rows[number] if number is not None and number < len(rows) else rows[0]


def plan(book: Book, year: int, actor: Actor) -> list[SheetPlan]:
    """Return the sheets of a workbook; what is wrong is kept in ``book.faults``.

    :raises NotThere: when nobody opened the year.
    """
    judge = _Judge(book, year, actor)
    for row in book.rows:
        judge.take(row)
    for row, unread in book.halves:
        judge.look(row, unread)
    return list(judge.plans.values())


class _Judge:
    """Judges the rows of one workbook, one after the other."""

    def __init__(self, book: Book, year: int, actor: Actor) -> None:
        self.book, self.year = book, year
        self.codes = Codes.of(year, {row["price_code"] for row in book.rows})
        self.law = queries.law(regions.today(actor.at))
        self.reach = scope(actor, DRAFT_RKA)
        self.plans: dict[Key, SheetPlan] = {}
        self.stored: Mapping[Key, SheetRow] = {
            (row.unit_id, row.kind, row.activity_id): row for row in queries.sheets(year)
        }
        self.versions = queries.draft_versions(year)
        self._accounts: dict[tuple[Key, str], list[Reason]] = {}

    def take(self, row: BookRow) -> None:
        """Judge a row, and put it where it belongs."""
        key = self._key(row)
        account, fund = self._account(row), self._fund(row)
        draft = self._draft(row)
        if key is None:
            return
        plan = self.plans.get(key) or self._begin(key, row)
        if account is None or fund is None or draft is None:
            return
        self._judge_account(plan, key, row)
        plan.parts.setdefault((account, fund), []).append(draft)
        plan.rows.setdefault((account, fund), []).append(row.line)

    def look(self, row: BookRow, unread: frozenset[str]) -> None:
        """Judge the codes of a row that has cells which could not be read."""
        if not unread & {"unit", "kind", "activity"}:
            self._key(row)
        if "account" not in unread:
            self._account(row)
        if "fund" not in unread:
            self._fund(row)

    def _fault(self, row: BookRow, column: str, key: str, text: str, /, **values: object) -> None:
        self.book.fault(row.line, column, Reason(key, text, values=values))

    def _key(self, row: BookRow) -> Key | None:
        unit = self.codes.units.get(row["unit"])
        activity = self.codes.activities.get(row["activity"])
        spends = row["kind"] is SheetKind.SPENDING
        if unit is None:
            self._fault(row, "unit", "budget.unit_unknown", _NO_UNIT, code=row["unit"])
        elif unit.id not in self.reach:
            self._fault(row, "unit", "budget.unit_not_yours", _NOT_YOURS, code=row["unit"])
            unit = None
        if spends and activity is None:
            code = row["activity"]
            self._fault(row, "activity", "budget.activity_unknown", _NO_ACTIVITY, code=code)
            return None
        if not spends and row["activity"]:
            self._fault(row, "activity", "budget.activity_not_here", _NO_ACTIVITY_HERE)
            return None
        return (unit.id, row["kind"], activity.id if activity else None) if unit else None

    def _account(self, row: BookRow) -> int | None:
        found = self.codes.accounts.get(row["account"])
        if found is None:
            self._fault(row, "account", "budget.account_unknown", _NO_CODE, code=row["account"])
        return found.id if found else None

    def _fund(self, row: BookRow) -> int | None:
        found = self.codes.funds.get(row["fund"])
        if found is None:
            self._fault(row, "fund", "budget.fund_unknown", _NO_CODE, code=row["fund"])
        return found

    def _draft(self, row: BookRow) -> ComponentDraft | None:
        """Return a row's component; nothing when the rules refuse it."""
        places = [n for n in range(1, MOST_VOLUMES + 1) if row[f"volume{n}"] is not None]
        item = self.codes.prices.get(row["price_code"]) if row["price_code"] else None
        draft = ComponentDraft(
            name=row["name"],
            price=row["price"],
            volumes=tuple(Volume(row[f"volume{n}"], row[f"unit{n}"]) for n in places),
            tax=row["tax"],
            specification=row["specification"],
            group=row["group"],
            note=row["note"],
            price_item_id=item,
        )
        before = len(self.book.faults)
        self._more_faults(row, places, item)
        for reason in component_reasons(draft):
            self.book.fault(row.line, _column(reason.at, places), reason)
        if len(self.book.faults) == before:
            self._compare_amount(row, draft)
        return draft if len(self.book.faults) == before else None

    def _more_faults(self, row: BookRow, places: list[int], item: int | None) -> None:
        if row["price_code"] and item is None:
            code = row["price_code"]
            self._fault(row, "price_code", "budget.price_unknown", _NO_PRICE, code=code)
        for number in range(1, MOST_VOLUMES + 1):
            if row[f"unit{number}"] and number not in places:
                self._fault(row, f"volume{number}", "budget.no_volume", _NO_VOLUME)

    def _compare_amount(self, row: BookRow, draft: ComponentDraft) -> None:
        """See that the amount in the file is what the row comes to: a check on misread numbers."""
        given = row["amount"]
        if given is None:
            return
        ours = exact_amount(draft)
        if abs(ours - given) > SEN:
            values = {"given": given, "ours": ours}
            self._fault(row, "amount", "budget.amount_differs", _OTHER_AMOUNT, **values)

    def _judge_account(self, plan: SheetPlan, key: Key, row: BookRow) -> None:
        known = (key, row["account"])
        if known not in self._accounts:
            account = self.codes.accounts[row["account"]]
            self._accounts[known] = account_reasons(
                account.code, account.level, account.flags, plan.facts, self.law
            )
        for reason in self._accounts[known]:
            self.book.fault(row.line, "account", reason)

    def _begin(self, key: Key, row: BookRow) -> SheetPlan:
        unit, kind, activity = key
        stored = self.stored.get(key)
        facts = SheetFacts(
            stored.id if stored else 0,
            self.year,
            unit,
            kind,
            activity,
            row["activity"],
            unit_code=row["unit"],
            top_code=self.codes.top_code(unit),
        )
        self.plans[key] = SheetPlan(facts, stored, row)
        if stored is not None and stored.revision_id is not None:
            self._judge_stored(row, stored)
        return self.plans[key]

    def _judge_stored(self, row: BookRow, stored: SheetRow) -> None:
        if stored.state is not RevisionState.DRAFT:
            self._fault(row, "activity", "budget.sheet_no_draft", _NO_DRAFT)
        version = self.versions.get(stored.revision_id or 0)
        if row["version"] is not None and version is not None and row["version"] != version:
            values = {"read": row["version"], "current": version}
            self._fault(row, "version", "budget.sheet_stale", _STALE, **values)


def exact_amount(draft: ComponentDraft) -> Decimal:
    """Return a component's amount in rupiah, rounded to the sen as the database rounds."""
    product = EXACT.multiply(draft.price, EXACT.add(Decimal(1), EXACT.divide(draft.tax, HUNDRED)))
    for volume in draft.volumes:
        product = EXACT.multiply(product, volume.amount)
    return product.quantize(SEN, ROUND_HALF_UP, EXACT)


def _column(at: str, places: list[int]) -> str:
    """Return the column of a reason: the second volume that is given may stand in the third."""
    if not at.startswith(("volume", "unit")):
        return at
    word, number = at.rstrip("0123456789"), int(at[-1])
    return f"{word}{places[number - 1] if number <= len(places) else number}"


_NO_UNIT = N_("Unit %(code)s tidak ada pada tahun anggaran ini.")
_NOT_YOURS = N_("Anda tidak menyusun RKA unit %(code)s.")
_NO_ACTIVITY = N_("Sub kegiatan %(code)s tidak ada pada tahun anggaran ini.")
_NO_ACTIVITY_HERE = N_("Pendapatan dan pembiayaan tidak memakai sub kegiatan.")
_NO_CODE = N_("Kode %(code)s tidak ada pada tahun anggaran ini.")
_NO_PRICE = N_("Standar harga %(code)s tidak ada.")
_NO_VOLUME = N_("Satuan ini tidak punya volume.")
_OTHER_AMOUNT = N_(
    "Jumlah %(given)s tidak sama dengan hasil hitung %(ours)s. Hitung ulang, atau kosongkan."
)
_NO_DRAFT = N_("Lembar ini bukan rancangan, sehingga isinya tidak dapat diganti.")
_STALE = N_("Lembar ini disimpan lagi sejak diekspor (versi %(read)s, kini %(current)s).")
