"""Which kind of deployment a database is, and what must be true before it is the real one.

A database is of one kind. Serving a live one as a demo would open the demo's logins in it, so the
processes refuse to start on a database of another kind.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kawal.config.backup import archive
from kawal.config.backup.make import LAST
from kawal.config.environment import Misconfigured
from kawal.identity import queries as identity
from kawal.identity.facts import LoginFacts
from kawal.kernel.refusals import NotThere, Reason
from kawal.kernel.words import N_
from kawal.regions import queries as regions
from kawal.regions.facts import Role

BACKUP_AGE = timedelta(hours=24)


def see_kind(configured: str) -> None:
    """Check that the database is of the kind that ``KAWAL_DEPLOYMENT`` says.

    :raises Misconfigured: when its city is of another kind.
    """
    try:
        kind = regions.city().deployment
    except NotThere:
        return
    if kind != configured:
        raise Misconfigured(
            f"This database belongs to a {kind} deployment and KAWAL_DEPLOYMENT says {configured}; "
            f"set KAWAL_DEPLOYMENT={kind}, or name another database or KAWAL_HOME"
        )


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is known of a deployment that wants to go live."""

    configured: str
    address: str
    demo_logins: int
    administrators: int
    backup: str  # "": none; "stale", "damaged" or "good"


def readiness(*, configured: str, address: str, home: Path, at: datetime) -> Readiness:
    """Ask the database and the disk."""
    keepers = regions.holders(Role.PENGELOLA_SISTEM, None, regions.today(at))
    able = [person for person in keepers if any(map(_is_able, identity.logins_of(person)))]
    return Readiness(
        configured=configured,
        address=address,
        demo_logins=len(identity.demo_logins()),
        administrators=len(set(able)),
        backup=backup_state(home, at),
    )


def _is_able(login: LoginFacts) -> bool:
    return login.is_active and not login.is_demo and login.has_second_factor


def backup_state(home: Path, at: datetime) -> str:
    """Return what the last backup of this home is worth: "", stale, damaged or good."""
    note = home / LAST
    if not note.exists():
        return ""
    last = json.loads(note.read_text())
    if at - datetime.fromisoformat(last["made_at"]) > BACKUP_AGE:
        return "stale"
    file = Path(last["file"])
    return "good" if file.exists() and archive.digest(file) == last["sha256"] else "damaged"


def refusals(ready: Readiness) -> list[Reason]:
    """Return every reason not to go live."""
    backup = N_("Buat cadangan: kawal backup BERKAS, lalu simpan juga folder kunci di tempat lain.")
    applies = [
        (
            ready.configured != "live",
            Reason(
                "live.not_configured",
                N_("Proses ini belum berjalan sebagai pemasangan nyata."),
                mend=N_("Jalankan dengan KAWAL_DEPLOYMENT=live."),
            ),
        ),
        (
            not ready.address.startswith("https://"),
            Reason(
                "live.no_https",
                N_("Alamatnya belum https."),
                mend=N_("Isi KAWAL_URL dengan https:// dan alamat yang dipakai orang."),
            ),
        ),
        (
            ready.demo_logins > 0,
            Reason(
                "live.demo_logins",
                N_("Masih ada akun peraga."),
                mend=N_("Dirikan kota dalam pemasangan gladi (rehearsal) yang kosong."),
            ),
        ),
        (
            ready.administrators < 2,
            Reason(
                "live.one_administrator",
                N_("Harus ada dua pengelola sistem yang dapat masuk dengan faktor kedua."),
                mend=N_("Minta mereka masuk dan memasang aplikasi kode atau kunci sandi."),
            ),
        ),
        (not ready.backup, Reason("live.no_backup", N_("Belum ada cadangan."), mend=backup)),
        (
            ready.backup == "stale",
            Reason(
                "live.stale_backup",
                N_("Cadangan terakhir lebih dari sehari yang lalu."),
                mend=backup,
            ),
        ),
        (
            ready.backup == "damaged",
            Reason(
                "live.damaged_backup",
                N_("Berkas cadangan terakhir hilang atau berubah."),
                mend=backup,
            ),
        ),
    ]
    return [reason for is_true, reason in applies if is_true]
