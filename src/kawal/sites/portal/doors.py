"""What a visitor may find behind the front door: shown only where the product has the page."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from kawal.kernel.words import N_
from kawal.regions import queries
from kawal.regions.facts import OpeningFacts


@dataclass(frozen=True, slots=True)
class Door:
    """A public page, the module that it shows, and what is behind it."""

    module: str
    url_name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A door as it stands today; ``opening`` is empty while the city keeps it closed."""

    door: Door
    url: str
    opening: OpeningFacts | None


DOORS = (
    Door(
        "monitoring",
        "status",
        N_("Keadaan layanan"),
        N_("Layanan mana yang berjalan, mana yang terganggu dan sejak kapan."),
    ),
    Door(
        "trail",
        "trail:entries",
        N_("Jejak publik"),
        N_("Setiap keputusan dan kejadian, berurutan, dengan bukti bahwa tidak ada yang diubah."),
    ),
)


def seen() -> list[Seen]:
    """Return the doors of this product, open and closed."""
    opened = {opening.module: opening for opening in queries.opened_modules()}
    found = []
    for door in DOORS:
        try:
            url = reverse(door.url_name)
        except NoReverseMatch:
            continue
        found.append(Seen(door, url, opened.get(door.module)))
    return found
