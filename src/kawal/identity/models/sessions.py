"""Signed-in browsers: a session knows its login, so that one or all of them can be ended."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from kawal.identity.facts import SessionFacts
from kawal.identity.models.logins import Login


class Session(AbstractBaseSession):
    """A session under the digest of its key: who reads the table cannot ride one."""

    login = models.ForeignKey(Login, on_delete=models.CASCADE, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the store that reads and writes this table."""
        from kawal.identity.sessions import SessionStore

        return SessionStore

    def as_facts(self) -> SessionFacts:
        """Return a signed-in session for its owner's list."""
        assert self.login_id and self.started_at and self.seen_at
        return SessionFacts(
            id=self.session_key,
            login_id=self.login_id,
            started_at=self.started_at,
            seen_at=self.seen_at,
            address=self.address or "",
            agent=self.agent,
        )
