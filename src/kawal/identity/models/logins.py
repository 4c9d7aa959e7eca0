"""Ways in: a person may hold several logins, a login belongs to one person."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from kawal.identity.facts import LoginFacts
from kawal.identity.models.persons import Person

USERNAME = r"^[a-z0-9][a-z0-9._-]{2,49}$"


class LoginManager(BaseUserManager["Login"]):
    """Finds logins with their person: nearly every page names both."""

    def get_queryset(self) -> "models.QuerySet[Login]":
        """Return the logins, each with its person, in one statement."""
        return super().get_queryset().select_related("person")


class Login(AbstractBaseUser):
    """A way in for one person; closed, never deleted, because the books name it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="logins")
    username = models.CharField(max_length=50, unique=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = LoginManager()
    USERNAME_FIELD = "username"

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                name="identity_login_username_form", condition=Q(username__regex=USERNAME)
            ),
            models.CheckConstraint(
                name="identity_login_closed_or_active",
                condition=Q(is_active=True, closed_at=None)
                | Q(is_active=False) & ~Q(closed_at=None),
            ),
        ]

    @property
    def email(self) -> str:
        """Return the person's address: a login has none of its own."""
        return self.person.email

    @property
    def full_name(self) -> str:
        """Return the person's name with titles."""
        return self.person.as_facts().full_name

    def as_facts(self, *, has_second_factor: bool = False) -> LoginFacts:
        """Return what others may know of the login."""
        return LoginFacts(
            id=self.pk,
            person_id=self.person_id,
            username=self.username,
            is_active=self.is_active,
            is_demo=self.is_demo,
            must_change_password=self.must_change_password,
            last_login=self.last_login,
            has_second_factor=has_second_factor,
        )
