"""The public event of the calendar: an obligation was ticked off, or the tick taken back."""

from kawal.kernel.words import N_
from kawal.trail.registry import Code, Day, Integer, Kind

KINDS = (
    Kind(
        "obligation.marked",
        label=N_("Kewajiban tahun anggaran ditandai selesai, atau tandanya dibatalkan"),
        about="obligation",
        fields={
            "year": Integer(2000, 2199),
            "obligation": Code(r"[a-z_]{1,40}"),
            "agency_code": Code(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}", optional=True),
            "done_on": Day(optional=True),
        },
    ),
)
