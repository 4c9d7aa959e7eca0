"""What is allowed and why not, in this module: pure, and every reason at once."""

from kawal.regions.rules.agencies import (
    agency_refusals,
    closing_refusals,
    version_refusals,
)
from kawal.regions.rules.appointments import (
    Post,
    decision_refusals,
    draft_refusals,
    end_refusals,
    post_refusals,
)
from kawal.regions.rules.cases import applying, share_a_day
from kawal.regions.rules.emergencies import break_glass_refusals, granting_refusals

__all__ = [
    "Post",
    "agency_refusals",
    "applying",
    "break_glass_refusals",
    "closing_refusals",
    "decision_refusals",
    "draft_refusals",
    "end_refusals",
    "granting_refusals",
    "post_refusals",
    "share_a_day",
    "version_refusals",
]
