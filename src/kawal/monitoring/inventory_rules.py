"""What an entry of the inventory must hold, and what may be decided of it: pure."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import pairwise

from kawal.kernel import screening
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring.drafts import ApplicationDraft
from kawal.monitoring.facts import ApplicationFacts, Decision, ServiceHours
from kawal.monitoring.spbe import INDICATORS

LONGEST = {
    "name": 120,
    "serves": 300,
    "address": 500,
    "vendor": 160,
    "integration": 300,
}
LONGEST_WHY = 500


def draft_refusals(
    draft: ApplicationDraft, *, on: date, at: datetime, name_taken: bool, agency_is_active: bool
) -> list[Reason]:
    """Return every reason not to keep an entry; ``on`` is the city's day of the instant ``at``."""
    reasons = [*_names(draft, name_taken), *_numbers(draft), *_days(draft, on, at)]
    if not agency_is_active:
        text = N_("Pilih OPD yang aktif.")
        reasons.append(Reason("application.agency", text, at="agency"))
    if draft.hours is ServiceHours.OWN:
        reasons += _weekly(draft.weekly)
    return reasons


def decision_refusals(
    application: ApplicationFacts, decision: Decision, why: str, into: ApplicationFacts | None
) -> list[Reason]:
    """Return every reason not to decide so; the ground is published for ever."""
    reasons = _why(why)
    if application.retired_at is not None:
        reasons.append(Reason("application.retired", N_("Aplikasi ini sudah dihentikan.")))
    if decision is Decision.UNDECIDED:
        reasons.append(Reason("application.no_decision", N_("Pilih keputusannya."), at="decision"))
    if decision is Decision.MERGE:
        reasons += _merge(application, into)
    return reasons


def retirement_refusals(
    application: ApplicationFacts, why: str, *, open_incidents: int
) -> list[Reason]:
    """Return every reason not to take an application out of service."""
    reasons = _why(why)
    if application.retired_at is not None:
        reasons.append(Reason("application.retired", N_("Aplikasi ini sudah dihentikan.")))
    if application.decision not in (Decision.RETIRE, Decision.MERGE):
        text = N_("Belum ada keputusan untuk menghentikan atau menggabungkannya.")
        mend = N_("Putuskan dulu nasib aplikasi ini.")
        reasons.append(Reason("application.not_decided", text, mend=mend))
    if open_incidents:
        text = N_("Masih ada %(count)s insiden yang belum selesai.")
        mend = N_("Selesaikan insidennya dulu.")
        values = {"count": open_incidents}
        reasons.append(Reason("application.has_incidents", text, mend=mend, values=values))
    return reasons


def _names(draft: ApplicationDraft, name_taken: bool) -> list[Reason]:
    reasons = []
    if not draft.name.strip():
        reasons.append(Reason("application.no_name", N_("Tulis nama aplikasinya."), at="name"))
    elif name_taken:
        text = N_("OPD ini sudah mempunyai aplikasi dengan nama itu.")
        reasons.append(Reason("application.name_taken", text, at="name"))
    reasons += screening.reasons(draft.name, at="name")
    for field, most in LONGEST.items():
        if len(getattr(draft, field)) > most:
            text = N_("Paling panjang %(most)s huruf.")
            values = {"most": most}
            reasons.append(Reason("application.too_long", text, at=field, values=values))
    return reasons


def _numbers(draft: ApplicationDraft) -> list[Reason]:
    wrong: dict[str, tuple[bool, str]] = {
        "users": (
            draft.users is not None and not 0 <= draft.users < 2**31,
            N_("Jumlah pengguna harus bilangan bulat, nol atau lebih."),
        ),
        "cost": (
            draft.cost is not None and not 0 <= draft.cost < 10**16,
            N_("Biaya setahun harus nol rupiah atau lebih."),
        ),
        "spbe": (
            draft.spbe is not None and draft.spbe not in INDICATORS,
            N_("Indikator SPBE bernomor 1 sampai 47."),
        ),
        "users_on": (
            draft.users is not None and draft.users_on is None,
            N_("Sebutkan tanggal penghitungan penggunanya."),
        ),
    }
    return [
        Reason(f"application.{field}", text, at=field)
        for field, (is_wrong, text) in wrong.items()
        if is_wrong
    ]


def _days(draft: ApplicationDraft, on: date, at: datetime) -> list[Reason]:
    later = {
        "users_on": draft.users_on is not None and draft.users_on > on,
        "last_login_on": draft.last_login_on is not None and draft.last_login_on > on,
        "last_data_at": draft.last_data_at is not None and draft.last_data_at > at,
    }
    text = N_("Tidak boleh di masa depan.")
    return [
        Reason("application.future", text, at=field)
        for field, is_wrong in later.items()
        if is_wrong
    ]


def _weekly(weekly: Sequence[Sequence[tuple[str, str]]]) -> list[Reason]:
    """Return what is wrong with hours of its own: seven days of spans like 08:00-16:00."""
    checks: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: not any(weekly), N_("Sebutkan sedikitnya satu jam layanan.")),
        (
            lambda: len(weekly) != 7 or not all(_in_order(day) for day in weekly),
            N_("Tulis jam seperti 08:00-12:00, 13:00-16:00; berurutan dan tidak bertumpuk."),
        ),
    )
    return [
        Reason("application.weekly", text, at="weekly") for is_wrong, text in checks if is_wrong()
    ]


def _in_order(day: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a day's spans are clock times in order; an end of 24:00 is midnight."""
    edges = [edge for span in day for edge in span]
    return all(_is_clock(edge) for edge in edges) and all(
        first < second for first, second in pairwise(edges)
    )


def _is_clock(text: str) -> bool:
    hours, mark, minutes = text.partition(":")
    if not (mark and len(hours) == len(minutes) == 2 and (hours + minutes).isdecimal()):
        return False
    return text == "24:00" or (int(hours) < 24 and int(minutes) < 60)


def _why(why: str) -> list[Reason]:
    if not why.strip():
        return [Reason("application.no_why", N_("Tulis alasannya."), at="why")]
    if len(why) > LONGEST_WHY:
        text = N_("Paling panjang %(most)s huruf.")
        values = {"most": LONGEST_WHY}
        return [Reason("application.too_long", text, at="why", values=values)]
    return screening.reasons(why, at="why")


def _merge(application: ApplicationFacts, into: ApplicationFacts | None) -> list[Reason]:
    if into is None:
        return [Reason("application.no_target", N_("Pilih aplikasi tujuannya."), at="merge_into")]
    if into.id == application.id:
        text = N_("Aplikasi tidak dapat digabung ke dirinya sendiri.")
        return [Reason("application.itself", text, at="merge_into")]
    if into.retired_at is not None or into.decision in (Decision.MERGE, Decision.RETIRE):
        text = N_("Aplikasi tujuan harus tetap berjalan.")
        return [Reason("application.target_ends", text, at="merge_into")]
    return []
