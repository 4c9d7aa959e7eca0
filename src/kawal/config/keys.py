"""The secrets of an installation: files of mode 0600 in the data folder, made once."""

import contextlib
import os
import secrets
from pathlib import Path


def _kept(path: Path, fresh: str) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(fresh)
    return path.read_text().strip()


def django_secret(home: Path) -> str:
    """Return the key that signs sessions (``KAWAL_SECRET_KEY`` or a kept file)."""
    return os.environ.get("KAWAL_SECRET_KEY") or _kept(
        home / "keys" / "session", secrets.token_urlsafe(50)
    )


def ring(home: Path) -> list[str]:
    """Return the keys that seal personal data, newest first: 64 hexadecimal digits a line.

    ``KAWAL_SEAL_KEYS`` (comma between) or a kept file. The first seals; all open.
    """
    text = os.environ.get("KAWAL_SEAL_KEYS", "").replace(",", "\n") or _kept(
        home / "keys" / "seal", secrets.token_hex(32)
    )
    return [line.strip() for line in text.splitlines() if line.strip()]
