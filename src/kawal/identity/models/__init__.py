"""Tables of persons, their logins and sessions, accesses and submissions."""

from kawal.identity.models.access import AccessLog
from kawal.identity.models.failures import SignInFailure
from kawal.identity.models.keys import IndexKey
from kawal.identity.models.logins import Login
from kawal.identity.models.persons import Person
from kawal.identity.models.sessions import Session
from kawal.identity.models.submissions import Submission

__all__ = [
    "AccessLog",
    "IndexKey",
    "Login",
    "Person",
    "Session",
    "SignInFailure",
    "Submission",
]
