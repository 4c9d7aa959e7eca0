"""The private access log: who saw or did what. Lines are never changed; old ones are pruned."""

import pgtrigger
from django.db import models

from kawal.identity.facts import AccessFacts
from kawal.identity.models.logins import Login
from kawal.identity.models.persons import Person

KEPT_AT_LEAST_DAYS = 90


class AccessLog(models.Model):
    """One access. The database refuses to change a line, and to drop one younger than 90 days."""

    at = models.DateTimeField()
    login = models.ForeignKey(Login, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=120)
    method = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    address = models.CharField(max_length=43, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="identity_access_at"),
            models.Index(fields=["person", "-at"], name="identity_access_by_person"),
            models.Index(
                fields=["kind", "object_id", "-at"],
                name="identity_access_to_object",
                condition=~models.Q(kind=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Protect(
                name="not_dropped_young",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition(
                    f"OLD.at > now() - interval '{KEPT_AT_LEAST_DAYS} days'"
                ),
            ),
            pgtrigger.Trigger(
                name="not_emptied",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;",
            ),
        ]

    def as_facts(self) -> AccessFacts:
        """Return the line."""
        return AccessFacts(
            at=self.at,
            person_id=self.person_id,
            login_id=self.login_id,
            what=self.what,
            method=self.method,
            kind=self.kind,
            object_id=self.object_id,
            status=self.status,
            address=self.address,
            request_id=self.request_id,
        )
