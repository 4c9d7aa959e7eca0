"""Tables of appointments: who holds which role where, proposed by one and approved by another."""

from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Q, Value, When

from kawal.kernel.append_only import append_only
from kawal.regions.facts import (
    Acting,
    AppointmentDraft,
    AppointmentFacts,
    AppointmentRecord,
    AppointmentState,
    Role,
    StepFacts,
)
from kawal.regions.models.dated import DAYS, in_order, or_zero
from kawal.regions.models.guards import changed, never_deleted, refuse_update
from kawal.regions.roles import BOXED, OF_CITY, SINGLE_HOLDER

IN_FORCE = (AppointmentState.MADE.value, AppointmentState.ENDED.value)
FIXED = (
    "person_id",
    "role",
    "agency_id",
    "acting",
    "sk_number",
    "sk_date",
    "sk_document_id",
    "sk_sha256",
    "valid_from",
    "proposed_by_id",
    "founding_seat",
    "recorded_at",
)


def _codes(roles: frozenset[Role]) -> list[str]:
    return sorted(role.value for role in roles)


BEGINS = """
                IF NEW.founding_seat IS NULL AND NEW.state <> 'proposed' THEN
                    RAISE EXCEPTION 'an appointment begins as a proposal'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF NEW.founding_seat IS NOT NULL AND EXISTS (
                    SELECT 1 FROM regions_appointment WHERE founding_seat IS NULL
                ) THEN
                    RAISE EXCEPTION 'founders are appointed before anybody else'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            """
LATER = (
    "(OLD.valid_until IS NOT NULL AND NEW.valid_until IS NULL) OR NEW.valid_until > OLD.valid_until"
)
REDECIDED = "OLD.decided_by_id IS NOT NULL AND NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id"
NO_STEP = """(OLD.state, NEW.state) NOT IN (
                    ('proposed', 'proposed'), ('proposed', 'made'), ('proposed', 'rejected'),
                    ('made', 'made'), ('made', 'ended'), ('made', 'revoked'),
                    ('rejected', 'rejected'), ('revoked', 'revoked'),
                    ('ended', 'ended'))"""


def _steps_in_order() -> list[Any]:
    """Return triggers: an appointment begins as a proposal and takes only the steps there are."""
    return [
        *never_deleted(),
        pgtrigger.Trigger(
            name="begins_as_proposal",
            operation=pgtrigger.Insert,
            when=pgtrigger.Before,
            func=BEGINS,
        ),
        refuse_update(
            "only_steps_on",
            (changed(*FIXED), "are never rewritten"),
            (REDECIDED, "are decided once"),
            (LATER, "are never lengthened"),
            (NO_STEP, "do not take such a step"),
        ),
    ]


class Appointment(models.Model):
    """One person in one role, by one decree (SK).

    Who proposes, who decides and who is appointed are three natural persons. The two founders of
    an empty city are the one exception: their seats 1 and 2 exist once and come before all else.
    """

    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    role = models.CharField(max_length=32, choices=[(r.value, r.value) for r in Role])
    agency = models.ForeignKey("regions.Agency", models.PROTECT, null=True, related_name="+")
    acting = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Acting])
    sk_number = models.CharField(max_length=100)
    sk_date = models.DateField()
    sk_document_id = models.BigIntegerField(null=True)
    sk_sha256 = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in AppointmentState])
    proposed_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    founding_seat = models.SmallIntegerField(null=True, unique=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            in_order("appointment_days_in_order"),
            models.CheckConstraint(
                name="appointment_role_is_known", condition=Q(role__in=[r.value for r in Role])
            ),
            models.CheckConstraint(name="appointment_has_its_decree", condition=~Q(sk_number="")),
            models.CheckConstraint(
                name="nobody_proposes_himself",
                condition=Q(founding_seat__isnull=False)
                | (Q(proposed_by__isnull=False) & ~Q(proposed_by=F("person"))),
            ),
            models.CheckConstraint(
                name="nobody_appoints_himself",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
            ),
            models.CheckConstraint(
                name="a_second_person_decides",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_decision_has_its_person",
                condition=Q(founding_seat__isnull=False)
                | Q(state="proposed", decided_by__isnull=True)
                | (~Q(state="proposed") & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="two_founders_administer",
                condition=Q(founding_seat__isnull=True)
                | Q(
                    founding_seat__in=(1, 2),
                    role=Role.PENGELOLA_SISTEM.value,
                    proposed_by__isnull=True,
                    decided_by__isnull=True,
                    state__in=IN_FORCE,
                ),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(founding_seat__isnull=False),
                name="founders_are_two_persons",
            ),
            models.CheckConstraint(
                name="a_role_of_the_city_has_no_agency",
                condition=Q(role__in=_codes(OF_CITY), agency__isnull=True)
                | (~Q(role__in=_codes(OF_CITY)) & Q(agency__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_guest_has_a_last_day",
                condition=~Q(role__in=_codes(BOXED)) | Q(valid_until__isnull=False),
            ),
            models.CheckConstraint(
                name="who_acts_for_another_has_a_last_day",
                condition=Q(acting=Acting.DEFINITIVE.value) | Q(valid_until__isnull=False),
            ),
            models.CheckConstraint(
                name="an_ended_appointment_has_a_last_day",
                condition=~Q(state="ended") | Q(valid_until__isnull=False),
            ),
            ExclusionConstraint(
                name="one_holder_of_one_post",
                expressions=[
                    ("role", RangeOperators.EQUAL),
                    (or_zero("agency"), RangeOperators.EQUAL),
                    (
                        Case(
                            When(acting=Acting.PLH.value, then=Value(1)),
                            default=Value(0),
                            output_field=models.IntegerField(),
                        ),
                        RangeOperators.EQUAL,
                    ),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=_codes(SINGLE_HOLDER), state__in=IN_FORCE),
            ),
            ExclusionConstraint(
                name="one_appointment_of_one_person_to_one_post",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (or_zero("agency"), RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=IN_FORCE),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="appointment_person"),
            models.Index(fields=["role", "agency"], name="appointment_post"),
        ]
        triggers = _steps_in_order()

    def as_facts(self, covers: frozenset[int] = frozenset()) -> AppointmentFacts:
        """Return what others may know of it; ``covers`` are the agencies that it reaches."""
        return AppointmentFacts(
            id=self.pk,
            person_id=self.person_id,
            role=Role(self.role),
            agency_id=self.agency_id,
            acting=Acting(self.acting),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            covers=covers,
        )

    def as_record(self) -> AppointmentRecord:
        """Return it whole, with its steps in order."""
        return AppointmentRecord(
            id=self.pk,
            draft=AppointmentDraft(
                person_id=self.person_id,
                role=Role(self.role),
                agency_id=self.agency_id,
                acting=Acting(self.acting),
                sk_number=self.sk_number,
                sk_date=self.sk_date,
                sk_document_id=self.sk_document_id,
                sk_sha256=self.sk_sha256,
                valid_from=self.valid_from,
                valid_until=self.valid_until,
            ),
            state=AppointmentState(self.state),
            proposed_by=self.proposed_by_id,
            decided_by=self.decided_by_id,
            is_founding=self.founding_seat is not None,
            steps=tuple(step.as_facts() for step in self.steps.all()),
        )


class AppointmentStep(models.Model):
    """One step in an appointment's life: by whom, when, and why; written once."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10)
    by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)
        triggers = append_only()

    def as_facts(self) -> StepFacts:
        """Return what others may know of it."""
        return StepFacts(self.step, self.by_id, self.at, self.note)
