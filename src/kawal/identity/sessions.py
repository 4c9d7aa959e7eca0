"""Django's session store over our table: keys digested, the login beside its session."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

ORIGIN = "_origin"
SEEN = "_seen"


def digest(session_key: str) -> str:
    """Return the name that a session has in the table: 40 hexadecimal digits of SHA-256."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


def _instant(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


class SessionStore(DatabaseStore):
    """Sessions in ``identity_session``; the browser's key itself is nowhere kept."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return our table."""
        from kawal.identity.models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        row = self.model.objects.filter(
            session_key=digest(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        """Tell whether such a session is kept."""
        return bool(self.model.objects.filter(session_key=digest(session_key)).exists())

    def delete(self, session_key: str | None = None) -> None:
        """End a session: the one named, else this one."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row for this session as it is now."""
        origin = data.get(ORIGIN, {})
        login = data.get("_auth_user_id")
        model: Any = self.model
        return model(
            session_key=digest(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            login_id=int(login) if login else None,
            started_at=_instant(origin.get("at")),
            seen_at=_instant(data.get(SEEN)),
            address=origin.get("address") or None,
            agent=origin.get("agent", ""),
        )
