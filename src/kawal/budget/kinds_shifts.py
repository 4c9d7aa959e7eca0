"""Public events of shifts, Perubahan, efficiency orders and the interim budget."""

from kawal.budget.facts import Instrument
from kawal.budget.facts.amendments import AmendmentGround
from kawal.budget.facts.shifts import ShiftGround, ShiftLevel
from kawal.kernel.words import N_
from kawal.trail.registry import Choice, Code, Day, Integer, Kind, Many, Record, Rupiah, Text

AGENCY = Code(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}")
ACCOUNT = Code(r"\d(\.\d)?(\.\d{2}){0,3}(\.\d{4})?")

KINDS = (
    Kind(
        "shift.enacted",
        label=N_("Pergeseran anggaran ditetapkan"),
        about="shift",
        fields={
            "shift": Integer(),
            "year": Integer(),
            "agency": AGENCY,
            "ground": Choice(tuple(one.value for one in ShiftGround)),
            "emergency": Text(300, optional=True),
            "level": Choice(tuple(one.value for one in ShiftLevel)),
            "desk": Choice(tuple(one.value for one in Instrument if one.value)),
            "approval_number": Text(100),
            "approval_date": Day(),
            "version": Integer(),
            "moved": Rupiah(),
            "lines": Integer(),
            "submitted_by": Text(200),
            "approved_by": Text(200),
            "enacted_by": Text(200),
        },
    ),
    Kind(
        "shift.closed",
        label=N_("Pergeseran anggaran ditolak atau ditarik"),
        about="shift",
        fields={
            "shift": Integer(),
            "year": Integer(),
            "agency": AGENCY,
            "state": Choice(("refused", "withdrawn")),
            "by": Text(200),
        },
    ),
    Kind(
        "perubahan.opened",
        label=N_("Perubahan APBD mulai disusun"),
        about="year",
        fields={
            "year": Integer(),
            "ground": Choice(tuple(one.value for one in AmendmentGround)),
            "by": Text(200),
        },
    ),
    Kind(
        "efficiency.enacted",
        label=N_("Efisiensi belanja ditetapkan"),
        about="number",
        fields={
            "year": Integer(),
            "number": Text(100),
            "date": Day(),
            "version": Integer(),
            "wanted": Rupiah(),
            "cut": Rupiah(),
            "agencies": Many(
                Record(
                    {"agency": AGENCY, "prefix": ACCOUNT, "wanted": Rupiah(), "uncut": Rupiah()}
                ),
                max=2000,
            ),
        },
    ),
    Kind(
        "interim.enacted",
        label=N_("Pengeluaran sebelum APBD ditetapkan"),
        about="number",
        fields={
            "year": Integer(),
            "number": Text(100),
            "date": Day(),
            "version": Integer(),
            "months": Integer(),
            "last_year": Rupiah(),
            "total": Rupiah(),
        },
    ),
)
