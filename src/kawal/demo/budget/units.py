"""Which unit plans which sub kegiatan: its bidang's, divided where agencies share one."""

from collections.abc import Iterable, Iterator, Sequence

from kawal.demo.budget.sheets import PlannedSheet
from kawal.demo.budget.size import Size
from kawal.demo.chance import dice
from kawal.demo.facts import codes
from kawal.demo.facts.agencies import AGENCIES, UNITS, DemoAgency
from kawal.demo.facts.places import KELURAHAN

# short | beginnings of the sub kegiatan that it plans; ``-`` what it leaves to others
_SHARED = {
    "Satpol PP": "1.05.01 1.05.02",
    "BPBD": "1.05.01 1.05.03",
    "Damkar": "1.05.01 1.05.04",
    "Dinkes": "1.02 -1.02.01.2.10 -1.02.02.2.00",
    "RSUD": "1.02.01.2.02.0001 1.02.01.2.08 1.02.01.2.10 1.02.02.2.00 1.02.02.2.01",
    "Setda": "4.01.01 -4.01.01.2.12 -4.01.01.2.13 -4.01.01.2.14",
    "Bag. Tapem": "4.01.02.2.01 4.01.02.2.04",
    "Bag. Hukum": "4.01.02.2.03",
    "Bag. Kesra": "4.01.02.2.02",
    "Bag. Ekbang": "4.01.03.2.01 4.01.03.2.02 4.01.03.2.04",
    "Bag. PBJ": "4.01.03.2.03",
    "Bag. Organisasi": "4.01.01.2.13",
    "Bag. Umum": "4.01.01.2.12",
    "Bag. Prokopim": "4.01.01.2.14",
    "BPKAD": "5.02 -5.02.04",
    "Bapenda": "5.02.01 5.02.04",
}
ALWAYS = ("4.01.01.2.11.0001", "4.02.01.2.15.0001", "1.02.01.2.10.0001")
OF_KELURAHAN = "7.01.03.2.02."
SUB = tuple(one for one in codes.ACTIVITIES if one.code.count(".") == 5)


def spending_sheets(size: Size, needed: Iterable[str]) -> list[PlannedSheet]:
    """Return every unit's sheets without lines, in the order of units and codes.

    No city does in one year all that the lists allow: some are left out, but of each code that
    is ``needed`` the first sheet under it stays.
    """
    salaries = {f"{unit.code[:4]}.01.2.02.0001" for unit in AGENCIES}
    wanted = [*needed, *ALWAYS, *sorted(salaries)]
    return [sheet for unit in AGENCIES + UNITS for sheet in _done(list(_of(unit)), size, wanted)]


def _done(
    sheets: Sequence[PlannedSheet], size: Size, needed: Sequence[str]
) -> Iterator[PlannedSheet]:
    codes = [sheet.activity for sheet in sheets]
    firsts = (next((one for one in codes if _under(one, [f"{code}."])), "") for code in needed)
    kept = {*firsts, *codes[:2]}
    for sheet in sheets:
        if sheet.activity in kept or dice(100, "done", sheet.unit, sheet.activity) >= size.left_out:
            yield sheet


def _of(unit: DemoAgency) -> Iterator[PlannedSheet]:
    kept, left = _beginnings(unit)
    for one in SUB:
        if _under(one.code, kept) and not _under(one.code, left):
            name = " ".join(one.name.split())
            yield PlannedSheet(unit.short, "spending", one.code, name, _place(unit, one.code))


def _beginnings(unit: DemoAgency) -> tuple[list[str], list[str]]:
    if unit.kind == "kelurahan":
        return [OF_KELURAHAN], []
    if unit.kind == "kecamatan":
        return ["7.01."], [OF_KELURAHAN]
    if unit.short in _SHARED:
        words = _SHARED[unit.short].split()
        left = [word[1:] + "." for word in words if word[0] == "-"]
        return [f"{word}." for word in words if word[0] != "-"], left
    parts = unit.code.split(".")
    bidang = [".".join(parts[place : place + 2]) for place in (0, 2, 4)]
    return [f"{one}." for one in bidang if one != "0.00"], _double(bidang)


def _double(bidang: Sequence[str]) -> list[str]:
    """Return the support programmes of an agency's further bidang: it has one of them."""
    return [f"{one}.01." for one in bidang[1:]]


def _under(code: str, beginnings: Sequence[str]) -> bool:
    return any(f"{code}.".startswith(one) for one in beginnings)


def _place(unit: DemoAgency, code: str) -> str:
    """Return where the work is: in the unit's own region, else in some kelurahan."""
    if unit.region:
        return unit.region
    return KELURAHAN[dice(len(KELURAHAN), "place", unit.short, code)].code
