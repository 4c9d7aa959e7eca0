"""The passwords of the database roles: made once, in files of mode 0600, never in a statement."""

import contextlib
import os
import secrets
from pathlib import Path

from kawal.config.environment import Misconfigured, make_folder


def kept(folder: Path, role: str) -> str:
    """Return the role's password from the secrets folder; a new one where there is none.

    :raises Misconfigured: when the file cannot be read or written.
    """
    make_folder(folder, mode=0o700)
    path = folder / role
    try:
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text().strip()
    except OSError as error:
        raise Misconfigured(f"The password file {path}: {error.strerror}") from error
