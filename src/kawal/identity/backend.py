"""The one way in by name and password: one look-up, one hash, whoever knocks."""

from functools import lru_cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from kawal.identity.models import Login


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Return the hash against which passwords for unknown names are checked."""
    return make_password("nobody has this password")


def login_of(name: str) -> Login | None:
    """Return the login that a typed name or address means; of an address only a single one."""
    name = name.strip().lower()
    if "@" not in name:
        return Login.objects.filter(username=name).first()
    found = list(Login.objects.filter(person__email=name, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def may_enter(login: Login) -> bool:
    """Tell whether this login is open: it, its person, and for a demo login the deployment."""
    is_open = login.is_active and login.person.is_active
    return is_open and (not login.is_demo or settings.DEPLOYMENT == "demo")


class Backend(AuthenticationBackend):
    """Checks passwords; the time it takes and the answer tell nothing about who exists."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **others: Any,
    ) -> Login | None:
        """Return the login when the name and the password are right and it is open."""
        name = others.get("email") or username or ""
        if not name or password is None:
            return None
        login = login_of(name)
        if login is None:
            check_password(password, _nobody())
            return None
        return login if login.check_password(password) and may_enter(login) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Tell the same for other ways in: passkeys, the city's own sign-in, running sessions."""
        return isinstance(user, Login) and may_enter(user)
