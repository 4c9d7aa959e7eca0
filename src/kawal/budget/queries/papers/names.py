"""Names that papers carry: the government, codes and what they stand for, officials, layouts."""

from collections.abc import Mapping, Sequence
from datetime import date

from kawal.budget.facts.papers import CodedName, Form, Knowledge, Signer
from kawal.budget.models import FiscalYear
from kawal.budget.queries.years import above, standing
from kawal.budget.rules.papers import activity_chain
from kawal.identity import queries as identity
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import ActivityLevel, Certainty
from kawal.regions import queries as regions
from kawal.regions.facts import Role

RUNGS = ("Urusan pemerintahan", "Bidang urusan", "Program", "Kegiatan", "Sub kegiatan")
UPPER = (
    ActivityLevel.URUSAN,
    ActivityLevel.BIDANG,
    ActivityLevel.PROGRAM,
    ActivityLevel.KEGIATAN,
)
Chain = tuple[tuple[str, CodedName], ...]


def government() -> str:
    """Return whose papers they are: ``Pemerintah Kota Binjai``."""
    return f"Pemerintah {regions.city().name}"


def place() -> str:
    """Return where papers are signed: the city's name without its kind."""
    return regions.city().name.removeprefix("Kota ").removeprefix("Kabupaten ")


def mayor() -> str:
    """Return the post of the head of region: ``Wali Kota Binjai``, in a regency the Bupati."""
    is_city = regions.city().name.startswith("Kota ")
    return f"{'Wali Kota' if is_city else 'Bupati'} {place()}"


def account_names(year: int, deepest: int = 5) -> dict[str, str]:
    """Return the names of a year's accounts down to a level, by code."""
    decree = nomenclature.decree(_decree(year, "accounts_id"))
    rows = (nomenclature.accounts(decree, level=level) for level in range(1, deepest + 1))
    return {one.code: one.name for some in rows for one in some}


def activity_names(year: int) -> dict[str, str]:
    """Return the names of a year's urusan, bidang, programs and kegiatan, by code."""
    decree = nomenclature.decree(_decree(year, "activities_id"))
    rows = (nomenclature.activities(decree, level=level, of_city=False) for level in UPPER)
    return {one.code: one.name for some in rows for one in some}


def _decree(year: int, field: str) -> int:
    found: int = FiscalYear.objects.values_list(field, flat=True).get(pk=year)
    return found


def organisation(year: int, unit_id: int) -> Chain:
    """Return the agency, and the unit where it is another."""
    units = standing(year)
    line = [units[one] for one in above(unit_id, units) if one in units]
    if not line:
        return ()
    found = [("Organisasi", CodedName(line[-1].code, line[-1].name))]
    if len(line) > 1:
        found.append(("Unit organisasi", CodedName(line[0].code, line[0].name)))
    return tuple(found)


def rungs(code: str, name: str, names: Mapping[str, str]) -> Chain:
    """Return a sub kegiatan with all that stands above it."""
    codes = activity_chain(code)
    known = {**names, code: name}
    return tuple(
        (label, CodedName(one, known.get(one, "")))
        for label, one in zip(RUNGS, codes, strict=False)
    )


def place_names(codes: Sequence[str], known: Mapping[str, str]) -> str:
    """Return regions by name; a code that is not on record stands for itself."""
    return ", ".join(known.get(code, code) for code in codes)


def knowledge(form: Form, on: date) -> Knowledge:
    """Return how well a form's layout is known on a day."""
    found = nomenclature.parameter(f"budget.form_compared.{form}", on)
    return Knowledge(found.legal_basis, found.text, found.certainty is Certainty.VERIFIED)


def holder(role: Role, agency_id: int | None, on: date) -> str:
    """Return the name of who holds a post on a day; nothing when nobody does."""
    held = regions.holders(role, agency_id, on)
    return identity.names(held[:1]).get(held[0], "") if held else ""


def team(on: date) -> tuple[Signer, ...]:
    """Return the budget team: its head is the Sekda (PP 12/2019 Ps 8), then its members."""
    members = regions.holders(Role.TAPD, None, on)
    names = identity.names(members)
    head = holder(Role.SEKDA, None, on)
    first = (Signer("Ketua", head),) if head else ()
    return first + tuple(Signer("Anggota", names[one]) for one in members)


def budget_user(year: int, unit_id: int, on: date) -> Signer:
    """Return who answers for a unit's plan: its KPA, or the PA where it has none of its own."""
    units = standing(year)
    line = above(unit_id, units)
    agency = units[line[-1]].name if line[-1] in units else ""
    own = holder(Role.KPA, unit_id, on) if len(line) > 1 else ""
    if own:
        return Signer(f"Kuasa Pengguna Anggaran {units[unit_id].name}", own)
    return Signer(f"Pengguna Anggaran {agency}", holder(Role.PA, line[-1], on))
