"""Reads of identity, as frozen facts."""

from kawal.identity.queries.accesses import accesses, accesses_to
from kawal.identity.queries.holdings import held, numbers
from kawal.identity.queries.logins import (
    all_logins,
    demo_logins,
    is_signed_in,
    login,
    login_named,
    logins_of,
    people_with_login,
    sessions_of,
)
from kawal.identity.queries.persons import (
    addresses,
    by_nik,
    by_nip,
    find_people,
    names,
    people_page,
    person,
)

__all__ = [
    "accesses",
    "accesses_to",
    "addresses",
    "all_logins",
    "by_nik",
    "by_nip",
    "demo_logins",
    "find_people",
    "held",
    "is_signed_in",
    "login",
    "login_named",
    "logins_of",
    "names",
    "numbers",
    "people_page",
    "people_with_login",
    "person",
    "sessions_of",
]
