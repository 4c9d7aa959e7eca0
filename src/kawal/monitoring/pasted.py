"""Reads a pasted list of applications: addresses one a line, or CSV with names. Pure."""

import csv
from collections.abc import Iterable

from kawal.kernel.words import N_
from kawal.monitoring.addresses import read_host, read_target
from kawal.monitoring.drafts import Listed, Rejected

NAMES = frozenset({"nama", "name", "aplikasi", "application", "nama aplikasi"})
ADDRESSES = frozenset({"alamat", "address", "url", "domain", "situs", "website"})
UNREADABLE = N_("bukan nama domain atau alamat http(s)")
TOO_LONG = N_("alamatnya lebih dari 500 huruf")


def read(text: str) -> tuple[list[Listed], list[Rejected]]:
    """Return the lines that hold an address, once each, and those that hold none.

    A line is an address, or columns apart by comma, semicolon or tab; a header says which column is
    which, else the address is the first that reads as one and the name the first other.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if not lines:
        return [], []
    rows = [(number, line, _cells(line)) for number, line in lines]
    order = _header(rows[0][2])
    listed: list[Listed] = []
    rejected: list[Rejected] = []
    for number, line, cells in rows[1:] if order else rows:
        name, address = _pick(cells, order)
        if fault := _fault(address):
            rejected.append(Rejected(number, line[:200], fault))
        else:
            listed.append(Listed(number, name[:120], _full(address)))
    return list({(one.name, one.address): one for one in listed}.values()), rejected


def name_of(address: str) -> str:
    """Return the host of an address, to name an application by until somebody names it."""
    return read_target(address if "//" in address else f"https://{address}").host


def _cells(line: str) -> list[str]:
    mark = next((mark for mark in ("\t", ";", ",") if mark in line), ",")
    return [cell.strip() for cell in next(csv.reader([line], delimiter=mark))]


def _header(cells: Iterable[str]) -> dict[str, int] | None:
    known = {
        "name" if cell.lower() in NAMES else "address": place
        for place, cell in enumerate(cells)
        if cell.lower() in NAMES | ADDRESSES
    }
    return known if "address" in known else None


def _pick(cells: list[str], order: dict[str, int] | None) -> tuple[str, str]:
    if order:
        named = {what: cells[at] for what, at in order.items() if at < len(cells)}
        return named.get("name", ""), named.get("address", "")
    address = next((cell for cell in cells if _looks_like_address(cell)), "")
    name = next((cell for cell in cells if cell and cell != address), "")
    return name, address or (cells[0] if cells else "")


def _looks_like_address(cell: str) -> bool:
    return ("." in cell or "//" in cell) and not _fault(cell)


def _full(address: str) -> str:
    """Return a bare name as it is, anything more as an address of the web."""
    is_bare = "//" in address or not {"/", ":"} & set(address)
    return address if is_bare else f"https://{address}"


def _fault(address: str) -> str:
    if len(address) > 500:
        return TOO_LONG
    try:
        if "//" in address:
            read_target(address)
        elif "." not in address:  # a lone word is hardly ever an address
            return UNREADABLE
        else:
            read_host(address.partition("/")[0].partition(":")[0])
            read_target(f"https://{address}")
    except ValueError:
        return UNREADABLE
    return ""
