"""Puts facts of identity into the words and rows of a page."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kawal.identity import queries
from kawal.identity.facts import AccessFacts, Held, SessionFacts
from kawal.kernel.words import N_

ACTS = {
    "sign_in.done": N_("masuk"),
    "sign_in.failed": N_("gagal masuk"),
    "sign_in.ended": N_("keluar"),
    "password.changed": N_("mengganti kata sandi"),
    "person.seen": N_("melihat data orang"),
    "person.seen_by_self": N_("melihat datanya sendiri"),
    "person.numbers_seen": N_("melihat NIP dan NIK"),
    "person.entered": N_("mendaftarkan orang"),
    "person.amended": N_("mengubah data orang"),
    "person.closed": N_("menonaktifkan orang"),
    "person.reopened": N_("mengaktifkan orang"),
    "login.opened": N_("membuka akun"),
    "login.closed": N_("menutup akun"),
    "login.factors_reset": N_("mengatur ulang faktor kedua"),
    "person.exported": N_("mengekspor data orang"),
    "person.erased": N_("menghapus data orang"),
}


def access_rows(lines: Sequence[AccessFacts]) -> list[dict[str, Any]]:
    """Return lines of the access log with names in place of numbers, for a table."""
    who = queries.names({line.person_id for line in lines if line.person_id})
    return [
        {
            "at": line.at,
            "who": who.get(line.person_id or 0, ""),
            "person_id": line.person_id,
            "what": _(ACTS[line.what]) if line.what in ACTS else f"{line.method} {line.what}",
            "object": f"{line.kind} {line.object_id}".strip(),
            "status": line.status,
            "address": line.address,
        }
        for line in lines
    ]


BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """Return what a browser calls itself in the words of people: ``Firefox, Windows``."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part) or agent or "–"


def session_rows(
    sessions: Sequence[SessionFacts], current: str
) -> list[tuple[SessionFacts, str, bool]]:
    """Return each session with its browser's name and whether it is the one that asks."""
    return [(session, browser_name(session.agent), session.id == current) for session in sessions]


def held_groups(held: Held) -> list[tuple[str, list[tuple[str, object]]]]:
    """Return what is held on a person, each label in the reader's language."""
    return [
        (_(title), [(_(label), value) for label, value in rows.items()])
        for title, rows in held.groups.items()
    ]
