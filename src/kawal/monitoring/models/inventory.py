"""Tables of the application inventory: what the city runs, pays for and has decided."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from kawal.kernel.append_only import append_only
from kawal.monitoring.facts import (
    ApplicationFacts,
    Criticality,
    Decision,
    PersonalData,
    ServiceHours,
)


def _values(enum: Any) -> list[Any]:
    return [member.value for member in enum]


class Application(models.Model):
    """One application of one agency; a retired one stays with its history."""

    agency = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    officer = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    serves = models.CharField(max_length=300, blank=True)
    users = models.PositiveIntegerField(null=True)
    users_on = models.DateField(null=True)
    address = models.CharField(max_length=500, blank=True)
    criticality = models.PositiveSmallIntegerField(default=Criticality.MEDIUM.value)
    hours = models.CharField(max_length=6, default=ServiceHours.ALWAYS.value)
    weekly = models.JSONField(default=list)
    spbe = models.PositiveSmallIntegerField(null=True)
    personal_data = models.CharField(max_length=8, default=PersonalData.NONE.value)
    vendor = models.CharField(max_length=160, blank=True)
    contract_ends = models.DateField(null=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    last_login_on = models.DateField(null=True)
    last_data_at = models.DateTimeField(null=True)
    integration = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=9, default=Decision.UNDECIDED.value)
    merge_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    decision_why = models.TextField(blank=True)
    public = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=Q(retired_at=None),
                name="monitoring_application_named_once",
            ),
            models.CheckConstraint(name="monitoring_application_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="monitoring_application_criticality",
                condition=Q(criticality__in=_values(Criticality)),
            ),
            models.CheckConstraint(
                name="monitoring_application_hours", condition=Q(hours__in=_values(ServiceHours))
            ),
            models.CheckConstraint(
                name="monitoring_application_personal_data",
                condition=Q(personal_data__in=_values(PersonalData)),
            ),
            models.CheckConstraint(
                name="monitoring_application_decision",
                condition=Q(decision__in=_values(Decision)),
            ),
            models.CheckConstraint(
                name="monitoring_application_decision_says_why",
                condition=Q(decision=Decision.UNDECIDED.value) | ~Q(decision_why=""),
            ),
            models.CheckConstraint(
                name="monitoring_application_merges_into_another",
                condition=Q(merge_into=None)
                | Q(decision=Decision.MERGE.value) & ~Q(merge_into=F("id")),
            ),
            models.CheckConstraint(
                name="monitoring_application_spbe_1_to_47",
                condition=Q(spbe=None) | Q(spbe__gte=1, spbe__lte=47),
            ),
            models.CheckConstraint(
                name="monitoring_application_cost_not_negative",
                condition=Q(cost=None) | Q(cost__gte=0),
            ),
            models.CheckConstraint(
                name="monitoring_application_users_have_a_day",
                condition=Q(users=None) | ~Q(users_on=None),
            ),
        ]

    def as_facts(self) -> ApplicationFacts:
        """Return what others may know of it."""
        return ApplicationFacts(
            id=self.pk,
            agency_id=self.agency_id,
            name=self.name,
            slug=self.slug,
            officer_id=self.officer_id,
            serves=self.serves,
            users=self.users,
            users_on=self.users_on,
            address=self.address,
            criticality=Criticality(self.criticality),
            hours=ServiceHours(self.hours),
            weekly=tuple(tuple((a, b) for a, b in day) for day in self.weekly),
            spbe=self.spbe,
            personal_data=PersonalData(self.personal_data),
            vendor=self.vendor,
            contract_ends=self.contract_ends,
            cost=self.cost,
            last_login_on=self.last_login_on,
            last_data_at=self.last_data_at,
            integration=self.integration,
            decision=Decision(self.decision),
            merge_into_id=self.merge_into_id,
            decision_why=self.decision_why,
            public=self.public,
            version=self.version,
            retired_at=self.retired_at,
        )


class ApplicationChange(models.Model):
    """Who changed what of an application, and when; only ever added to."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField()
    changes = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "version"], name="monitoring_application_change_once"
            )
        ]
        triggers = append_only()
