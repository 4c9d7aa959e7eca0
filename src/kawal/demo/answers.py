"""How a demo application answers a request, given what ails it: pure."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kawal.demo import pages
from kawal.demo.chance import chance
from kawal.demo.facts.applications import DemoApplication
from kawal.demo.faults import Fault, Spell
from kawal.demo.numbers import Figures, figures

HTML, JSON = "text/html; charset=utf-8", "application/json"
METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"
QUICKEST, SPREAD, SLOWNESS = 0.006, 0.09, 4.0  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, to be sent after ``delay`` seconds."""

    status: int
    body: bytes
    kind: str = HTML
    delay: float = 0.0
    location: str = ""


def answer(
    seed: int,
    application: DemoApplication,
    path: str,
    spell: Spell | None,
    *,
    at: datetime,
    elsewhere: str,
) -> Answer | None:
    """Return the answer to a GET of ``path``, or ``None`` when none will ever come.

    ``spell`` is what ails the application now; ``elsewhere`` is where a lapsed domain leads.
    """
    fault = spell.fault if spell else None
    if fault in (Fault.HANGING, Fault.REFUSED):
        return None
    if fault is Fault.REDIRECT:
        return Answer(302, b"", location=elsewhere, delay=QUICKEST)
    delay = _delay(seed, application, fault, at)
    if path == "/health":
        return _health(application, fault, figures(seed, application, at, spell), at, delay)
    if path == "/metrics":
        return _metrics(application, fault, figures(seed, application, at, spell), delay)
    if path != "/":
        return Answer(404, pages.broken(application, "Tidak ditemukan", path), delay=delay)
    return _home(seed, application, spell, at, delay)


def _home(
    seed: int, application: DemoApplication, spell: Spell | None, at: datetime, delay: float
) -> Answer:
    fault = spell.fault if spell else None
    if fault is Fault.ERROR:
        page = pages.broken(application, "Kesalahan server", "Galat 500: lampiran tidak terbaca.")
        return Answer(500, page, delay=delay)
    if fault is Fault.MAINTENANCE:
        page = pages.broken(application, "Sedang dipelihara", "Kami kembali sebelum subuh.")
        return Answer(503, page, delay=delay)
    if fault is Fault.WRONG_PAGE:
        page = pages.broken(application, "Galat", "Basis data tidak dapat dihubungi.")
        return Answer(200, page, delay=delay)
    page = pages.home(seed, application, figures(seed, application, at, spell), at)
    return Answer(200, page, delay=delay)


_SICK = {Fault.ERROR: "galat", Fault.WRONG_PAGE: "galat", Fault.MAINTENANCE: "pemeliharaan"}


def _health(
    application: DemoApplication, fault: Fault | None, now: Figures, at: datetime, delay: float
) -> Answer:
    says: dict[str, Any] = {
        "simulasi": True,
        "aplikasi": application.name,
        "status": _SICK.get(fault, "ok") if fault else "ok",
        "waktu": at.isoformat(timespec="seconds"),
        "data_terakhir": now.data_at.isoformat(timespec="seconds"),
        "transaksi_hari_ini": now.transactions,
        "antrean": now.waiting,
    }
    status = {Fault.ERROR: 500, Fault.MAINTENANCE: 503}.get(fault, 200) if fault else 200
    return Answer(status, json.dumps(says).encode(), JSON, delay)


def _metrics(
    application: DemoApplication, fault: Fault | None, now: Figures, delay: float
) -> Answer:
    if fault in _SICK:
        return Answer(503, b"", METRICS, delay)
    lines = (
        "# TYPE transaksi_hari_ini gauge",
        f"transaksi_hari_ini {now.transactions}",
        "# TYPE antrean gauge",
        f"antrean {now.waiting}",
        "# TYPE data_terakhir_detik gauge",
        f"data_terakhir_detik {int(now.data_at.timestamp())}",
        "# EOF",
        "",
    )
    return Answer(200, "\n".join(lines).encode(), METRICS, delay)


def _delay(seed: int, application: DemoApplication, fault: Fault | None, at: datetime) -> float:
    """Return how long it thinks: quick ones and slower ones, a little different each second."""
    own = QUICKEST + SPREAD * chance(seed, application.code, "pace") ** 2
    wobble = 0.6 + 0.8 * chance(seed, application.code, int(at.timestamp()))
    return own * wobble + (SLOWNESS if fault is Fault.SLOW else 0.0)
