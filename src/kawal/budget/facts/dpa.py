"""Words of the DPA: the paper by which an agency may spend what a version enacted."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from kawal.kernel.words import N_


class DpaState(StrEnum):
    """How far a DPA is (PP 12/2019); each step is another person's."""

    DRAFTED = "drafted"  # made for the PA
    SIGNED = "signed"  # by the PA, who answers for it
    VERIFIED = "verified"  # by the TAPD
    APPROVED = "approved"  # by the Sekda
    RATIFIED = "ratified"  # by the PPKD; from now on it may be spent


DPA_STATE_LABELS = {
    DpaState.DRAFTED: N_("Disusun"),
    DpaState.SIGNED: N_("Ditandatangani PA"),
    DpaState.VERIFIED: N_("Diverifikasi TAPD"),
    DpaState.APPROVED: N_("Disetujui Sekda"),
    DpaState.RATIFIED: N_("Disahkan PPKD"),
}


@dataclass(frozen=True, slots=True)
class DpaStep:
    """One step of a DPA: what was done, by whom and when; nobody yet when it waits."""

    state: DpaState
    by: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class DpaFacts:
    """An agency's DPA of one version; ``total`` is its spending and financing out, in rupiah.

    ``number`` is empty until it is ratified. ``steps`` are all five, in order.
    """

    id: int
    year: int
    version_id: int
    version_number: int
    agency_id: int
    state: DpaState
    stage: str
    number: str
    total: Decimal
    steps: tuple[DpaStep, ...]
