"""What the menus hold: every module registers its pages here, and each reader sees what he may."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kawal.kernel.words import N_

SECTIONS = {
    "public": N_("Untuk warga"),
    "office": N_("Meja kerja"),
    "wall": N_("Pusat kendali"),
    "account": N_("Akun Anda"),
}

GROUPS = {
    "": "",
    "watch": N_("Pengawasan"),
    "news": N_("Kabar"),
    "budget": N_("Anggaran"),
    "treasury": N_("Penatausahaan"),
    "ledger": N_("Pembukuan"),
    "government": N_("Pemerintahan"),
    "people": N_("Orang dan wewenang"),
}
_NUMBERS = re.compile(r"(?<=/)\d+/")
LONGEST_LINE = 6
LONGEST_OPEN = 15  # lines beside a page that are seen at once


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a menu.

    ``section`` is one of ``SECTIONS``; ``label`` an Indonesian msgid; ``act`` names the permission
    that the reader must hold, empty where none is needed; ``when`` is a further condition, such as
    a module that the public sees only once it has been opened; ``group`` is one of ``GROUPS``: in a
    long menu its name stands above the lines of one kind. ``pages`` names further pages, as their
    addresses are named: on them this line is current, though they do not lie below its address.
    """

    section: str
    label: str
    url_name: str
    act: str = ""
    order: int = 100
    when: Callable[[HttpRequest], bool] | None = None
    group: str = ""
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A menu line as one reader sees it, in his language."""

    label: str
    url: str
    current: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A menu as one reader sees it."""

    name: str
    label: str
    links: tuple[Link, ...]
    current: bool

    @property
    def is_long(self) -> bool:
        """Tell whether the menu is too long for a line, and stands beside the page instead."""
        return len(self.links) > LONGEST_LINE

    @property
    def folds(self) -> bool:
        """Tell whether the menu is too long to be seen at once, so that groups fold."""
        return len(self.links) > LONGEST_OPEN

    def groups(self) -> dict[str, list[Link]]:
        """Return the lines below the heading of their group, each where its first line stands."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.group, []).append(link)
        return found


def _refuse(request: HttpRequest, act: str) -> bool:
    return False


permitted: Callable[[HttpRequest, str], bool] = _refuse
"""Who may: the layer that knows permissions puts its answer here; until then nobody may."""

_items: dict[tuple[str, str], Item] = {}


def register(item: Item) -> None:
    """Add a line to a menu; a second registration of the same page replaces the first.

    :raises ValueError: when the section or the group does not exist.
    """
    for word, known in ((item.section, SECTIONS), (item.group, GROUPS)):
        if word not in known:
            raise ValueError(f"{word!r} is none of {', '.join(known)}")
    _items[item.section, item.url_name] = item


def _is_shown(item: Item, request: HttpRequest) -> bool:
    if item.when is not None and not item.when(request):
        return False
    return not item.act or permitted(request, item.act)


def links(request: HttpRequest, section: str) -> tuple[Link, ...]:
    """Return the lines of one menu that this reader may follow, in their order."""
    mine = [item for item in _items.values() if item.section == section]
    shown = sorted(
        (item for item in mine if _is_shown(item, request)), key=lambda i: (i.order, i.label)
    )
    urls = [reverse(item.url_name) for item in shown]
    named = (url for item, url in zip(shown, urls, strict=True) if _page(request) in item.pages)
    current = next(named, "") or _nearest(request.path, urls)
    return tuple(
        Link(_(item.label), url, url == current, _(GROUPS[item.group]) if item.group else "")
        for item, url in zip(shown, urls, strict=True)
    )


def _page(request: HttpRequest) -> str:
    """Return the name of the page's address; nothing where no address was found."""
    return request.resolver_match.view_name if request.resolver_match else ""


def _nearest(path: str, urls: list[str]) -> str:
    """Return the longest of the addresses that the path lies at or below, else nothing.

    A number in the path is passed over: ``/plan/2026/cash/`` lies below ``/plan/cash/`` too.
    """
    paths = (path, _NUMBERS.sub("", path))
    above = [
        url
        for url in urls
        if path == url or (url != "/" and any(one.startswith(url) for one in paths))
    ]
    return max(above, key=len, default="")


def _depth(lines: tuple[Link, ...]) -> int:
    """Return how near a menu comes to the page; of two equal ones the first is taken."""
    return max((len(line.url) for line in lines if line.current), default=0)


def sections(request: HttpRequest, current: str = "") -> tuple[Section, ...]:
    """Return the main menus that hold something for this reader; one of them is current.

    ``current`` names the section of the page; without it the page's address decides.
    """
    found = {name: links(request, name) for name in ("public", "office", "wall")}
    filled = {name: lines for name, lines in found.items() if lines}
    chosen = (
        current if current in filled else max(filled, key=lambda n: _depth(filled[n]), default="")
    )
    return tuple(
        Section(name, _(SECTIONS[name]), lines, name == chosen) for name, lines in filled.items()
    )
