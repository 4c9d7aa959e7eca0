"""The public events of the rooms' screens."""

from kawal.kernel.words import N_
from kawal.trail.registry import Integer, Kind, Text
from kawal.trail.registry import register as register_kinds


def register() -> None:
    """Make the kinds known to the trail."""
    register_kinds(
        Kind(
            "screen.paired",
            {"name": Text(80), "days": Integer()},
            label=N_("Layar ruang dipasangkan"),
            about="name",
            words={"name": N_("Layar"), "days": N_("Berlaku (hari)")},
        ),
        Kind(
            "screen.revoked",
            {"name": Text(80)},
            label=N_("Layar ruang diakhiri"),
            about="name",
            words={"name": N_("Layar")},
        ),
    )
