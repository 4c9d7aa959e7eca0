"""What may be done with an incident, and why not: pure; every reason is returned."""

from collections.abc import Sequence

from kawal.kernel import screening
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring.facts import (
    ApplicationFacts,
    CheckFacts,
    Criticality,
    IncidentFacts,
    IncidentState,
    Severity,
    State,
)

SHORTEST, LONGEST_TITLE, LONGEST_TEXT = 5, 200, 4_000


def severity_of(criticality: Criticality, users: int | None, many_users: int) -> Severity:
    """Return how bad it is when an application fails: its criticality, one worse with many users.

    What its owner calls low stays low however many use it a little: it rises one step at most.
    """
    rank = int(criticality)
    if users is not None and users >= many_users:
        rank -= 1
    return Severity(max(rank, int(Severity.CRITICAL)))


def opening_refusals(title: str, application: ApplicationFacts) -> list[Reason]:
    """Return every reason not to open an incident by hand; its title is shown in public."""
    reasons = _title(title)
    if application.retired_at is not None:
        text = N_("Aplikasi ini sudah dihentikan.")
        reasons.append(Reason("incident.application_retired", text, at="application"))
    return reasons


def acknowledgement_refusals(incident: IncidentFacts) -> list[Reason]:
    """Return every reason not to take an incident: only one that nobody took is taken."""
    if incident.state is IncidentState.OPEN:
        return []
    if incident.state is IncidentState.RESOLVED:
        return [_ended()]
    return [Reason("incident.taken", N_("Insiden ini sudah diterima untuk ditangani."))]


def assignment_refusals(
    incident: IncidentFacts, assignee_id: int | None, *, may_respond: bool
) -> list[Reason]:
    """Return every reason not to give an incident to somebody."""
    reasons = [_ended()] if incident.state is IncidentState.RESOLVED else []
    if assignee_id is None:
        reasons.append(
            Reason("incident.nobody", N_("Pilih siapa yang menanganinya."), at="assignee")
        )
    elif not may_respond:
        text = N_("Orang ini tidak berwenang menangani insiden OPD ini.")
        reasons.append(Reason("incident.assignee_not_permitted", text, at="assignee"))
    elif assignee_id == incident.assignee_id:
        text = N_("Insiden ini sudah ditugaskan kepada orang itu.")
        reasons.append(Reason("incident.same_assignee", text, at="assignee"))
    return reasons


def comment_refusals(text: str) -> list[Reason]:
    """Return every reason not to add a note; notes stay inside and are not screened."""
    return _text(text, "text", N_("Tulis catatannya."))


def resolution_refusals(
    incident: IncidentFacts, cause: str, checks: Sequence[CheckFacts]
) -> list[Reason]:
    """Return every reason not to end an incident.

    Its cause is told and shown in public, so it holds no personal number. While a check that
    counts still fails, ending it would hide an outage: no later result would open it again.
    """
    reasons = [_ended()] if incident.state is IncidentState.RESOLVED else []
    reasons += _text(cause, "cause", N_("Tulis penyebabnya."))
    reasons += screening.reasons(cause, at="cause")
    failing = [one for one in checks if one.counts and one.enabled and one.state is State.DOWN]
    if failing and incident.check_id is not None:
        reasons.append(
            Reason(
                "incident.still_failing",
                N_("Masih gagal: %(checks)s."),
                mend=N_("Tunggu hingga pulih, atau jeda pemeriksaan yang memang salah."),
                values={"checks": ", ".join(one.name for one in failing)},
            )
        )
    return reasons


def reopening_refusals(incident: IncidentFacts, why: str, *, other_open: bool) -> list[Reason]:
    """Return every reason not to open an ended incident again.

    ``other_open``: the checks opened another one for the same application meanwhile.
    """
    reasons = _text(why, "text", N_("Tulis mengapa dibuka kembali."))
    if incident.state is not IncidentState.RESOLVED:
        reasons.append(Reason("incident.not_ended", N_("Insiden ini belum selesai.")))
    if other_open and incident.check_id is not None:
        text = N_("Aplikasi ini sudah mempunyai insiden lain yang terbuka.")
        reasons.append(
            Reason("incident.other_open", text, mend=N_("Lanjutkan di insiden yang terbuka itu."))
        )
    return reasons


def _ended() -> Reason:
    return Reason("incident.ended", N_("Insiden ini sudah selesai."))


def _title(title: str) -> list[Reason]:
    title = title.strip()
    if len(title) < SHORTEST:
        return [Reason("incident.no_title", N_("Tulis apa yang terganggu."), at="title")]
    if len(title) > LONGEST_TITLE:
        return [_too_long("title", LONGEST_TITLE)]
    return screening.reasons(title, at="title")


def _text(text: str, at: str, missing: str) -> list[Reason]:
    if len(text.strip()) < SHORTEST:
        return [Reason("incident.no_text", missing, at=at)]
    return [_too_long(at, LONGEST_TEXT)] if len(text) > LONGEST_TEXT else []


def _too_long(at: str, most: int) -> Reason:
    text = N_("Paling panjang %(most)s huruf.")
    return Reason("incident.too_long", text, at=at, values={"most": most})
