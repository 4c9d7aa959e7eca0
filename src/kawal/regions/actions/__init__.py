"""Writes of this module: one function a use case, one transaction each."""

from kawal.regions.actions.agencies import (
    amend_agency,
    close_agency,
    create_agency,
    merge_agencies,
    split_agency,
)
from kawal.regions.actions.appointments import (
    approve_appointment,
    end_appointment,
    propose_appointment,
    reject_appointment,
)
from kawal.regions.actions.calendar import (
    cancel_holiday,
    set_holiday,
    set_working_week,
)
from kawal.regions.actions.city import found_city, record_regions
from kawal.regions.actions.emergencies import (
    ask_break_glass,
    end_break_glass,
    expire_break_glass,
    grant_break_glass,
)
from kawal.regions.actions.going_live import go_live
from kawal.regions.actions.openings import close_module, open_module

__all__ = [
    "amend_agency",
    "approve_appointment",
    "ask_break_glass",
    "cancel_holiday",
    "close_agency",
    "close_module",
    "create_agency",
    "end_appointment",
    "end_break_glass",
    "expire_break_glass",
    "found_city",
    "go_live",
    "grant_break_glass",
    "merge_agencies",
    "open_module",
    "propose_appointment",
    "record_regions",
    "reject_appointment",
    "set_holiday",
    "set_working_week",
    "split_agency",
]
