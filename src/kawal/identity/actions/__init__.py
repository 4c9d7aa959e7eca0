"""Writes of identity: one function a use case, one transaction."""

from kawal.identity.actions.logins import (
    close_login,
    end_session,
    end_sessions,
    open_login,
    reopen_login,
    reset_factors,
    set_password,
)
from kawal.identity.actions.persons import (
    amend_person,
    close_person,
    erase_person,
    register_person,
    reopen_person,
)

__all__ = [
    "amend_person",
    "close_login",
    "close_person",
    "end_session",
    "end_sessions",
    "erase_person",
    "open_login",
    "register_person",
    "reopen_login",
    "reopen_person",
    "reset_factors",
    "set_password",
]
