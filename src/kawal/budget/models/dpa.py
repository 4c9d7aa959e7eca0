"""The DPA: an agency's leave to spend, one row a version and agency, signed step by step."""

from django.db import models
from django.db.models import F, Q

from kawal.budget.facts import DpaState
from kawal.budget.models.record import Recorded, recorded
from kawal.budget.models.version_guards import steps_are_signed_once
from kawal.budget.models.versions import Version

STEPS = [state.value for state in DpaState]


def _person() -> "models.ForeignKey[object, object]":
    return models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")


def signed_as_far_as_it_is() -> Q:
    """Return the promise: a DPA in a state has the instants of it and of all states before it."""
    known = Q()
    for place, state in enumerate(STEPS):
        done = {f"{one}_at__isnull": False for one in STEPS[1 : place + 1]}
        waiting = {f"{one}_at__isnull": True for one in STEPS[max(place + 1, 1) :]}
        known |= Q(state=state, **done, **waiting)
    return known


class Dpa(Recorded):
    """The DPA of one agency with all its units; its lines are those of the version.

    ``total`` is spending and financing out in rupiah. The number is drawn when it is ratified.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    agency = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=DpaState.DRAFTED.value)
    number = models.CharField(max_length=80, blank=True)
    serial = models.PositiveIntegerField(null=True)
    total = models.DecimalField(max_digits=20, decimal_places=2)
    drafted_at = models.DateTimeField()
    signed_at, verified_at = models.DateTimeField(null=True), models.DateTimeField(null=True)
    approved_at, ratified_at = models.DateTimeField(null=True), models.DateTimeField(null=True)
    drafted_by, signed_by, verified_by = _person(), _person(), _person()
    approved_by, ratified_by = _person(), _person()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "agency"], name="budget_dpa_key"),
            models.UniqueConstraint(
                fields=["number", "version"], condition=~Q(number=""), name="budget_dpa_number"
            ),
            models.CheckConstraint(name="budget_dpa_state", condition=Q(state__in=STEPS)),
            models.CheckConstraint(name="budget_dpa_signed", condition=signed_as_far_as_it_is()),
            models.CheckConstraint(
                name="budget_dpa_numbered",
                condition=Q(state=DpaState.RATIFIED.value, serial__isnull=False) & ~Q(number="")
                | ~Q(state=DpaState.RATIFIED.value) & Q(serial=None, number=""),
            ),
            models.CheckConstraint(
                name="budget_dpa_another_person",  # PP 12/2019: no two successive steps
                condition=~Q(verified_by=F("signed_by"))
                & ~Q(approved_by=F("verified_by"))
                & ~Q(ratified_by=F("approved_by")),
            ),
            *recorded("dpa"),
        ]
        triggers = steps_are_signed_once(STEPS)
