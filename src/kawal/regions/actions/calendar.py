"""Holidays and office hours: data that a decree sets, never code."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.regions import acts, rules
from kawal.regions.facts import Actor
from kawal.regions.models import Holiday, WorkingSpan, WorkingWeek
from kawal.regions.models.dated import on as on_day
from kawal.regions.permissions import require

Minutes = tuple[int, int]


@transaction.atomic
def set_holiday(
    day: date, name: str, *, legal_basis: str, actor: Actor, is_joint_leave: bool = False
) -> None:
    """Close the offices on a day; doing it again gives the day its new name and basis.

    :raises Refused: with every reason.
    """
    require(actor, acts.KEEP_CALENDAR)
    reasons = rules.applying(
        [
            (not name.strip(), Reason("regions.no_name", N_("Isi namanya."), at="name")),
            (
                not legal_basis.strip(),
                Reason("regions.no_basis", N_("Sebutkan dasar hukumnya."), at="legal_basis"),
            ),
        ]
    )
    if reasons:
        raise Refused(reasons)
    values = {
        "name": name.strip(),
        "legal_basis": legal_basis.strip(),
        "is_joint_leave": is_joint_leave,
        "cancelled_by": "",
    }
    Holiday.objects.update_or_create(day=day, defaults=values)


@transaction.atomic
def cancel_holiday(day: date, *, legal_basis: str, actor: Actor) -> None:
    """Undo a holiday by a later decree; the row stays, with that decree.

    :raises NotThere: when the offices are not closed on that day.
    """
    require(actor, acts.KEEP_CALENDAR)
    if not legal_basis.strip():
        text = N_("Sebutkan dasar hukumnya.")
        raise Refused([Reason("regions.no_basis", text, at="legal_basis")])
    rows = Holiday.objects.filter(day=day, cancelled_by="")
    if not rows.update(cancelled_by=legal_basis.strip()):
        raise NotThere(f"holiday {day}")


@transaction.atomic
def set_working_week(
    name: str,
    spans: Mapping[int, Sequence[Minutes]],
    *,
    valid_from: date,
    legal_basis: str,
    actor: Actor,
    valid_until: date | None = None,
) -> None:
    """Set office hours for a span of days; the week in force before them resumes after them.

    ``spans`` gives for each weekday (0 = Monday) pairs of minutes after midnight.

    :raises Refused: with every reason; nothing is then changed.
    """
    require(actor, acts.KEEP_CALENDAR)
    before = WorkingWeek.objects.filter(on_day(valid_from)).select_for_update().first()
    if reasons := _week_refusals(spans, valid_from, valid_until, legal_basis, before):
        raise Refused(reasons)
    if before is not None:
        resumes_until = before.valid_until
        before.valid_until = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_until"])
    _write(name, spans, valid_from, valid_until, legal_basis)
    if before is not None and valid_until is not None and resumes_until != valid_until:
        same = _spans_of(before)
        first = valid_until + timedelta(days=1)
        _write(before.name, same, first, resumes_until, before.legal_basis)


def _week_refusals(
    spans: Mapping[int, Sequence[Minutes]],
    valid_from: date,
    valid_until: date | None,
    legal_basis: str,
    before: WorkingWeek | None,
) -> list[Reason]:
    ends = before.valid_until if before is not None else None
    later = WorkingWeek.objects.filter(valid_from__gt=valid_from)
    later = later.filter(valid_from__lte=valid_until) if valid_until else later
    return rules.applying(
        [
            (
                not legal_basis.strip(),
                Reason("regions.no_basis", N_("Sebutkan dasar hukumnya."), at="legal_basis"),
            ),
            (
                any(not _in_order(day) for day in spans.values()) or not any(spans.values()),
                Reason(
                    "regions.hours",
                    N_("Jam kerja harus berurutan dan tidak bertumpuk."),
                    at="spans",
                ),
            ),
            (
                valid_until is not None and valid_until < valid_from,
                Reason(
                    "regions.days_reversed",
                    N_("Hari terakhir mendahului hari pertama."),
                    at="valid_until",
                ),
            ),
            (
                (before is not None and before.valid_from == valid_from)
                or later.exists()
                or (ends is not None and (valid_until is None or valid_until > ends)),
                Reason(
                    "regions.weeks_overlap",
                    N_("Jam kerja lain sudah berlaku dalam rentang ini."),
                    at="valid_from",
                ),
            ),
        ]
    )


def _in_order(day: Sequence[Minutes]) -> bool:
    flat = [minute for span in day for minute in span]
    inside = all(0 <= minute <= 1440 for minute in flat)
    return inside and flat == sorted(set(flat))


def _spans_of(week: WorkingWeek) -> dict[int, list[Minutes]]:
    spans: dict[int, list[Minutes]] = {}
    for span in week.spans.order_by("weekday", "start_minute"):
        spans.setdefault(span.weekday, []).append((span.start_minute, span.end_minute))
    return spans


def _write(
    name: str,
    spans: Mapping[int, Sequence[Minutes]],
    valid_from: date,
    valid_until: date | None,
    legal_basis: str,
) -> None:
    week = WorkingWeek.objects.create(
        name=name, valid_from=valid_from, valid_until=valid_until, legal_basis=legal_basis
    )
    WorkingSpan.objects.bulk_create(
        WorkingSpan(week=week, weekday=weekday, start_minute=start, end_minute=end)
        for weekday, day in spans.items()
        for start, end in day
    )
