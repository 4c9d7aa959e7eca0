"""Perubahan APBD: once a year unless estimates moved far; shifts wait for it, it waits for them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kawal.budget.facts import VersionKind
from kawal.budget.facts.amendments import (
    AmendmentFacts,
    AmendmentGround,
    AmendmentState,
)
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

IN_FORCE = (
    VersionKind.PENJABARAN,
    VersionKind.SHIFT,
    VersionKind.EFFICIENCY,
    VersionKind.PENJABARAN_PERUBAHAN,
)


def may_open(
    ground: AmendmentGround,
    moved: Decimal | None,
    earlier: Sequence[AmendmentFacts],
    head: VersionKind | None,
    *,
    threshold: Decimal,
    under_way: Iterable[int],
) -> list[Reason]:
    """Return every reason against opening a Perubahan.

    ``moved`` is how far estimates moved and ``threshold`` from where on it is extraordinary, both
    in percent; ``under_way`` are the numbers of shifts that were handed in and not yet decided.
    """
    reasons = [*_not_in_force(head), *_wrong_share(ground, moved, threshold)]
    live = [one for one in earlier if one.state is not AmendmentState.WITHDRAWN]
    if any(one.state in (AmendmentState.OPEN, AmendmentState.ENACTED) for one in live):
        text = N_("Perubahan APBD sebelumnya belum selesai.")
        reasons.append(Reason("perubahan.open", text))
    usual = [one for one in live if one.ground is not AmendmentGround.EXTRAORDINARY]
    if usual and ground is not AmendmentGround.EXTRAORDINARY:
        text = N_("Perubahan APBD hanya satu kali setahun, kecuali dalam keadaan luar biasa.")
        reasons.append(Reason("perubahan.once", text, at="ground"))
    text = N_("Pergeseran nomor %(shift)s masih berjalan; putuskan atau tarik lebih dahulu.")
    return reasons + [
        Reason("perubahan.shift_under_way", text, values={"shift": shift})
        for shift in sorted(under_way)
    ]


def _not_in_force(head: VersionKind | None) -> list[Reason]:
    if head in IN_FORCE:
        return []
    text = N_("Penjabaran APBD tahun ini belum ditetapkan.")
    return [Reason("perubahan.no_budget", text)]


def _wrong_share(
    ground: AmendmentGround, moved: Decimal | None, threshold: Decimal
) -> list[Reason]:
    if ground is not AmendmentGround.EXTRAORDINARY:
        return []
    if moved is not None and abs(moved) > threshold:
        return []
    text = N_("Keadaan luar biasa menuntut perkiraan yang berubah lebih dari %(share)s persen.")
    values = {"share": f"{threshold.normalize():f}"}
    return [Reason("perubahan.not_extraordinary", text, at="moved", values=values)]


def may_enact(state: AmendmentState, unverified: Iterable[str], verified: int) -> list[Reason]:
    """Return every reason against the Perda: each sheet that the TAPD has not verified."""
    if state is not AmendmentState.OPEN:
        return [Reason("perubahan.not_open", N_("Perubahan ini tidak sedang disusun."))]
    text = N_("RKA %(sheet)s belum diverifikasi TAPD.")
    reasons = [
        Reason("perubahan.unverified", text, at="sheets", values={"sheet": sheet})
        for sheet in sorted(unverified)
    ]
    if not verified and not reasons:
        text = N_("Belum ada RKA perubahan yang diverifikasi.")
        reasons.append(Reason("perubahan.nothing", text, at="sheets"))
    return reasons


def waits(open_one: AmendmentFacts | None) -> list[Reason]:
    """Return why a shift must wait: a Perubahan is being drafted."""
    if open_one is None or open_one.state not in (AmendmentState.OPEN, AmendmentState.ENACTED):
        return []
    text = N_("Perubahan APBD sedang disusun; pergeseran menunggu sampai selesai.")
    return [Reason("shifts.perubahan_open", text)]
