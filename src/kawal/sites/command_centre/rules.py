"""Which screens may read the wall, and why a pairing is refused: pure."""

from datetime import datetime, timedelta

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.sites.command_centre.facts import ScreenFacts

CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels, no letter that looks like another
CODE_LENGTH = 6
WAITING = timedelta(minutes=15)  # in which a code must be typed
LONGEST = timedelta(days=370)  # a screen is paired anew at least once a year
MOST_WAITING = 40  # screens that may wait at once, so that nobody fills the table


def may_read(screen: ScreenFacts, at: datetime) -> bool:
    """Tell whether a paired screen may read the wall now."""
    return screen.paired_at is not None and screen.revoked_at is None and at < screen.expires_at


def pairing_refusals(
    screen: ScreenFacts | None, *, name: str, days: int, at: datetime
) -> list[Reason]:
    """Return every reason not to pair; ``days`` is how long the screen may read."""
    reasons = []
    if screen is None or screen.paired_at is not None or at >= screen.expires_at:
        reasons.append(
            Reason(
                "screen.code_unknown",
                N_("Kode ini tidak sedang ditampilkan oleh layar mana pun."),
                at="code",
                mend=N_("Muat ulang halaman di layar itu dan ketik kode yang baru."),
            )
        )
    if not name.strip():
        reasons.append(
            Reason(
                "screen.no_name",
                N_("Beri nama ruang tempat layar itu berada."),
                at="name",
            )
        )
    if not 1 <= days <= LONGEST.days:
        reasons.append(
            Reason(
                "screen.days",
                N_("Masa berlaku harus antara 1 dan %(most)s hari."),
                at="days",
                values={"most": LONGEST.days},
            )
        )
    return reasons
