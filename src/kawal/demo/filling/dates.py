"""The days and decrees of the demo city's papers; every number says that it is a simulation."""

from datetime import date

REGIONS_FROM = date(2025, 6, 1)
REGIONS_BASIS = "Kepmendagri 300.2.2-2430/2025"
AGENCIES_FROM = date(2025, 7, 1)
AGENCIES_BASIS = "Perwal SIMULASI 1/2025"
POSTS_FROM = date(2025, 7, 1)
FOUNDING = "SK SIMULASI 800/1/2025"
OPENING = "Keputusan SIMULASI 555/7/2026"


def decree(serial: int) -> str:
    """Return the number of an appointment's decree."""
    return f"SK SIMULASI 821/{serial}/2025"
