"""Whoever runs an import that needs power: a login named on the command line."""

from django.utils import timezone

from kawal.identity import queries as identity
from kawal.kernel.importing.problems import problem
from kawal.kernel.words import N_
from kawal.regions import queries
from kawal.regions.facts import Actor


def acting_as(username: str) -> Actor:
    """Return the person of a login, with the appointments that he holds now.

    :raises FileProblem: when there is no such open login.
    """
    login = identity.login_named(username)
    if login is None or not login.is_active:
        raise problem(
            "no_login",
            N_("Akun “%(username)s” tidak ada atau ditutup."),
            mend=N_("kawal user list menampilkan akun-akun yang ada."),
            username=username,
        )
    return queries.actor(login.person_id, login.id, timezone.now())
