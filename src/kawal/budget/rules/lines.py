"""Whether an account and a fund may stand on a sheet (Permendagri 90/2019): pure."""

from collections.abc import Iterable

from kawal.budget.facts import Law, SheetFacts, SheetKind
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

KINDS = {SheetKind.REVENUE: "4", SheetKind.SPENDING: "5", SheetKind.FINANCING: "6"}
GRANTS = frozenset({"is_hibah_uang", "is_sosial_uang"})
LEAF = 6


def account_reasons(
    code: str, level: int, flags: frozenset[str], sheet: SheetFacts, law: Law, at: str = ""
) -> list[Reason]:
    """Return every reason against an account on a sheet, by its code, level and flags."""
    if not under(code, [KINDS[sheet.kind]]):
        return [_reason("budget.account_kind", _OTHER_KIND, at, code, _CHOOSE)]
    applies = {
        "budget.account_level": (level != LEAF, _NOT_LEAF, _LEAF_MEND),
        "budget.account_salary": (_is_misplaced_salary(code, sheet, law), _SALARY, _SALARY_MEND),
        "budget.account_treasury": (_is_misplaced_treasury(code, sheet, law), _TREASURY, ""),
        "budget.account_grant": (_is_misplaced_grant(flags, sheet, law), _GRANT, ""),
    }
    return [
        _reason(key, text, at, code, mend) for key, (true, text, mend) in applies.items() if true
    ]


def unknown_code(at: str) -> Reason:
    """Return the reason against an account or fund that the year's decrees do not know."""
    return Reason(
        "budget.code_not_of_year",
        N_("Kode ini tidak berlaku pada tahun anggaran ini."),
        at,
        N_("Pilih kode menurut peraturan kodefikasi tahun anggaran ini."),
    )


def not_of_earlier_year(at: str) -> Reason:
    """Return the reason against a line that goes on with one of its own or a later year."""
    return Reason(
        "budget.previous_line",
        N_("Baris yang dilanjutkan harus berasal dari tahun anggaran sebelumnya."),
        at,
    )


def repeated_lines(keys: Iterable[tuple[int, int]]) -> list[Reason]:
    """Return a reason for each account and fund that stands twice, by its place from 0."""
    seen: set[tuple[int, int]] = set()
    reasons = []
    for place, key in enumerate(keys):
        if key in seen:
            reasons.append(
                Reason(
                    "budget.line_twice",
                    N_("Rekening dengan sumber dana ini sudah ada di baris lain."),
                    f"lines.{place}.account",
                    N_("Gabungkan komponennya di satu baris."),
                )
            )
        seen.add(key)
    return reasons


def needs_place(code: str, law: Law) -> bool:
    """Tell whether an account is one of construction works, which stand somewhere."""
    return under(code, law.works_accounts)


def under(code: str, prefixes: Iterable[str]) -> bool:
    """Tell whether a code is a prefix or below it; a prefix ends where a segment ends."""
    return any(code == prefix or code.startswith(f"{prefix}.") for prefix in prefixes)


def bidang_of(agency_code: str) -> frozenset[str]:
    """Return the up to three bidang urusan in an agency's code of 22 characters."""
    parts = agency_code.split(".")[:6]
    pairs = {f"{one}.{two}" for one, two in zip(parts[::2], parts[1::2], strict=False)}
    return frozenset(pairs - {"0.00"})


def _is_misplaced_salary(code: str, sheet: SheetFacts, law: Law) -> bool:
    rest = sheet.activity_code.split(".", 2)[-1]
    return under(code, law.salary_accounts) and rest not in law.salary_activities


def _is_misplaced_treasury(code: str, sheet: SheetFacts, law: Law) -> bool:
    return under(code, law.treasury_accounts) and not _is_of(sheet, law.treasury_bidang)


def _is_misplaced_grant(flags: frozenset[str], sheet: SheetFacts, law: Law) -> bool:
    return bool(flags & GRANTS) and not _is_of(sheet, law.grant_bidang)


def _is_of(sheet: SheetFacts, bidang: tuple[str, ...]) -> bool:
    return "*" in bidang or bool(bidang_of(sheet.top_code) & set(bidang))


def _reason(key: str, text: str, at: str, code: str, mend: str) -> Reason:
    return Reason(key, text, at, mend, {"code": code})


_OTHER_KIND = N_("Rekening %(code)s tidak termasuk jenis lembar RKA ini.")
_CHOOSE = N_("Pendapatan memakai akun 4, belanja akun 5, pembiayaan akun 6.")
_NOT_LEAF = N_("Rekening %(code)s bukan sub rincian objek.")
_LEAF_MEND = N_("Pilih rekening sampai tingkat keenam.")
_SALARY = N_("Rekening gaji %(code)s hanya boleh di sub kegiatan gaji dan tunjangan.")
_SALARY_MEND = N_("Pindahkan ke sub kegiatan penyediaan gaji dan tunjangan.")
_TREASURY = N_("Rekening %(code)s hanya boleh dianggarkan oleh SKPKD.")
_GRANT = N_("Hibah atau bantuan sosial uang %(code)s tidak boleh dianggarkan perangkat daerah ini.")
