"""The codes that a workbook may name, read once: of the year's decrees, and its units."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kawal.budget import queries
from kawal.budget.queries.years import above
from kawal.budget.rules.lines import LEAF
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import AccountFacts, ActivityFacts, ActivityLevel
from kawal.regions.facts import AgencyFacts


@dataclass(frozen=True, slots=True)
class Codes:
    """What codes mean in a budget year; prices are the ids of items of the standard prices."""

    units: Mapping[str, AgencyFacts]
    by_id: Mapping[int, AgencyFacts]
    activities: Mapping[str, ActivityFacts]
    accounts: Mapping[str, AccountFacts]
    funds: Mapping[str, int]
    prices: Mapping[str, int]

    @classmethod
    def of(cls, number: int, price_codes: Collection[str]) -> "Codes":
        """Read the codes of a year.

        :raises NotThere: when nobody opened it.
        """
        year = queries.year(number)
        decrees = [
            nomenclature.decree(one)
            for one in (year.accounts_id, year.activities_id, year.funds_id)
        ]
        units = queries.standing(number)
        subs = nomenclature.activities(decrees[1], level=ActivityLevel.SUB_KEGIATAN)
        accounts = nomenclature.accounts(decrees[0], level=LEAF)
        return cls(
            units={one.code: one for one in units.values()},
            by_id=units,
            activities={one.code: one for one in subs},
            accounts={one.code: one for one in accounts},
            funds={one.code: one.id for one in nomenclature.funds(decrees[2])},
            prices=queries.price_items_by_code(price_codes),
        )

    def top_code(self, unit_id: int) -> str:
        """Return the code of the SKPD that a unit belongs to."""
        top = above(unit_id, dict(self.by_id))[-1]
        return self.by_id[top].code if top in self.by_id else ""
