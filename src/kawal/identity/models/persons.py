"""One row for each human, whoever opens a login for him and however often."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from kawal.identity.facts import PersonFacts
from kawal.identity.fields import SealedText

NIP = "identity.person.nip"
NIK = "identity.person.nik"
PHONE = "identity.person.phone"


class Person(models.Model):
    """A human; numbers are sealed, their blind indexes let nobody be entered twice."""

    name = models.CharField(max_length=200)
    title_before = models.CharField(max_length=60, blank=True)
    title_after = models.CharField(max_length=120, blank=True)
    nip = SealedText(context=NIP)
    nip_index = models.BinaryField(max_length=32, null=True, unique=True)
    nik = SealedText(context=NIK)
    nik_index = models.BinaryField(max_length=32, null=True, unique=True)
    email = models.EmailField(blank=True)
    phone = SealedText(context=PHONE)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="identity_person_has_a_name", condition=~Q(name="") | ~Q(erased_at=None)
            ),
            models.CheckConstraint(
                name="identity_person_nip_with_its_index",
                condition=Q(nip=None, nip_index=None) | ~Q(nip=None) & ~Q(nip_index=None),
            ),
            models.CheckConstraint(
                name="identity_person_nik_with_its_index",
                condition=Q(nik=None, nik_index=None) | ~Q(nik=None) & ~Q(nik_index=None),
            ),
            models.CheckConstraint(
                name="identity_person_closed_or_active",
                condition=Q(is_active=True, closed_at=None)
                | Q(is_active=False) & ~Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="identity_person_email_in_lower_case", condition=Q(email=Lower(F("email")))
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=~Q(email=""),
                name="identity_person_email_is_one_persons",
            ),
        ]

    def as_facts(self) -> PersonFacts:
        """Return what others may know of the person."""
        return PersonFacts(
            id=self.pk,
            name=self.name,
            title_before=self.title_before,
            title_after=self.title_after,
            email=self.email,
            has_nip=self.nip is not None,
            has_nik=self.nik is not None,
            has_phone=self.phone is not None,
            is_active=self.is_active,
            is_erased=self.erased_at is not None,
            version=self.version,
        )
