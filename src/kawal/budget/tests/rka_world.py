"""A small plan to try RKA on: codes of one decree, the year 2027, sheets of Disdik."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kawal.budget import actions, queries
from kawal.budget.facts import (
    CeilingDraft,
    ComponentDraft,
    HeaderDraft,
    IndicatorDraft,
    IndicatorKind,
    LineDraft,
    SheetKind,
    Volume,
)

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
YEAR = 2027
ACCOUNTS = (
    "4.1.01.15.01.0001",
    "5.1.01.01.01.0001",
    "5.1.02.01.01.0024",
    "5.1.02.01.01.0025",
    "5.1.02.01.01",
    "5.1.05.05.01.0001",
    "5.2.03.01.01.0001",
    "5.3.01.01.01.0001",
    "6.1.01.01.01.0001",
)
ACTIVITIES = ("1.01.02.2.01.0001", "1.01.02.2.01.0002", "1.01.01.2.02.0001", "2.15.02.2.01.0001")
FUNDS = (("1.1.01", False), ("1.2.01", False), ("2.2.03", True))


@dataclass(frozen=True)
class Plan:
    """Ids by code, and what a test does again and again."""

    world: Any
    accounts: dict[str, int] = field(default_factory=dict)
    activities: dict[str, int] = field(default_factory=dict)
    funds: dict[str, int] = field(default_factory=dict)

    def unit(self, short: str = "Disdik") -> int:
        """Return an agency's id."""
        found: int = self.world.agency(short).id
        return found

    def sheet(self, activity: str = ACTIVITIES[0], short: str = "Disdik", by: str = "pptk") -> int:
        """Open a spending sheet, and return its id."""
        return actions.open_sheet(
            YEAR,
            self.unit(short),
            SheetKind.SPENDING,
            self.activities[activity],
            actor=self.world.actor(by),
        )

    def draft(self, activity: str = ACTIVITIES[0], **more: str) -> int:
        """Open a spending sheet, and return the id of its draft."""
        revision = queries.open_revision(self.sheet(activity, **more))
        assert revision
        return revision.id

    def version(self, revision: int) -> int:
        """Return the version of a revision."""
        return queries.revision(revision).version

    def line(
        self,
        *components: ComponentDraft,
        account: str = "5.1.02.01.01.0024",
        fund: str = "1.2.01",
        previous: int | None = None,
    ) -> LineDraft:
        """Return a line as drafted."""
        return LineDraft(self.accounts[account], self.funds[fund], previous, components)

    def write(self, revision: int, lines: Sequence[LineDraft], by: str = "pptk") -> None:
        """Write all lines of a draft."""
        read = self.version(revision)
        actions.replace_lines(revision, lines, read=read, actor=self.world.actor(by))

    def put(self, revision: int, draft: ComponentDraft, **more: Any) -> Any:
        """Add a component of stationery to a draft, or rewrite one."""
        given = {
            "account_id": self.accounts["5.1.02.01.01.0024"],
            "fund_id": self.funds["1.2.01"],
            "read": self.version(revision),
            "actor": self.world.actor("pptk"),
        }
        return actions.put_component(revision, draft, **given | more)

    def ceiling(
        self,
        amount: str,
        activity: str | None = ACTIVITIES[0],
        fund: str | None = None,
        short: str = "Disdik",
    ) -> CeilingDraft:
        """Return a ceiling as drafted."""
        return CeilingDraft(
            self.unit(short),
            Decimal(amount),
            self.activities[activity] if activity else None,
            self.funds[fund] if fund else None,
        )

    def set(self, *rows: CeilingDraft, by: str = "tapd") -> int:
        """Set a round of ceilings."""
        return actions.set_ceilings(
            YEAR,
            rows,
            agreement_number="903/11/NK/2026",
            agreement_date=date(2026, 8, 14),
            actor=self.world.actor(by),
        )

    def complete(self, activity: str = ACTIVITIES[0], amount: str = "1000000") -> int:
        """Return a draft that may be handed in, with a ceiling of just its amount."""
        self.set(self.ceiling(amount, activity))
        revision = self.draft(activity)
        self.write(revision, [self.line(component(price=amount))])
        read = self.version(revision)
        actions.save_header(revision, header(), read=read, actor=self.world.actor("pptk"))
        return revision

    def verified(self, activity: str = ACTIVITIES[0], amount: str = "1000000") -> int:
        """Return a revision handed in by Siti and verified by the TAPD."""
        revision = self.complete(activity, amount)
        actions.submit(revision, actor=self.world.actor("siti"))
        actions.verify(revision, actor=self.world.actor("tapd"))
        return revision


def component(price: str = "50000", volume: str = "1", **more: Any) -> ComponentDraft:
    """Return a component as drafted: paper by the ream."""
    given = {"name": "Kertas HVS", "volumes": (Volume(Decimal(volume), "Rim"),)}
    return ComponentDraft(price=Decimal(price), **given | more)


def header(**more: Any) -> HeaderDraft:
    """Return a header that lacks nothing."""
    indicators = tuple(
        IndicatorDraft(kind, f"Tolok ukur {kind}", Decimal(90), "Persen") for kind in IndicatorKind
    )
    return HeaderDraft(**{"target_group": "Siswa", "indicators": indicators} | more)


def make_plan(world: Any) -> Plan:
    """Import the codes under one decree and open the year."""
    from kawal.nomenclature.facts import ActivityLevel
    from kawal.nomenclature.flags import flags_of
    from kawal.nomenclature.models import Account, Activity, Decree, Fund

    decree = Decree.objects.create(code="uji-2026", title="Uji", valid_from=date(2026, 1, 1))
    of: dict[str, Any] = {"decree": decree, "name": "Uji"}
    accounts = Account.objects.bulk_create(
        Account(code=code, level=code.count(".") + 1, flags=flags_of(code, AT.date()), **of)
        for code in ACCOUNTS
    )
    activities = Activity.objects.bulk_create(
        Activity(code=code, level=ActivityLevel.SUB_KEGIATAN.value, **of) for code in ACTIVITIES
    )
    funds = Fund.objects.bulk_create(
        Fund(code=code, level=3, is_earmarked=marked, **of) for code, marked in FUNDS
    )
    code = decree.code
    ppkd = world.actor("ppkd")
    actions.open_year(YEAR, accounts=code, activities=code, funds=code, actor=ppkd)
    ids = [{row.code: row.pk for row in rows} for rows in (accounts, activities, funds)]
    return Plan(world, *ids)
