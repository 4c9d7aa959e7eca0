"""The unprivileged user of PostgreSQL when we are root, and what that user can reach."""

import pwd
from dataclasses import dataclass
from pathlib import Path

from kawal.config.environment import Misconfigured

CANDIDATES = ("kawal-db", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class User:
    """A system user."""

    name: str
    uid: int
    gid: int


def server_user() -> User:
    """Return the user that PostgreSQL runs as: ``kawal-db`` where it exists.

    :raises Misconfigured: when the machine has none of those we may use.
    """
    for name in CANDIDATES:
        if user := _named(name):
            return user
    raise Misconfigured(
        "PostgreSQL does not run as root and there is no user for it; make one: "
        "useradd --system --no-create-home kawal-db"
    )


def owner_of(folder: Path) -> User | None:
    """Return who owns an existing folder; ``None`` where there is none, or it is still root's."""
    try:
        stat = folder.stat()
    except (FileNotFoundError, PermissionError):
        return None
    if stat.st_uid == 0:
        return None
    try:
        name = pwd.getpwuid(stat.st_uid).pw_name
    except KeyError:
        name = str(stat.st_uid)
    return User(name, stat.st_uid, stat.st_gid)


def reaches(user: User, path: Path) -> bool:
    """Tell whether the user may pass through every folder down to ``path``, itself included."""
    return all(_may_enter(user, folder) for folder in (path, *path.parents))


def _may_enter(user: User, folder: Path) -> bool:
    stat = folder.stat()
    if stat.st_uid == user.uid:
        return bool(stat.st_mode & 0o100)
    if stat.st_gid == user.gid:
        return bool(stat.st_mode & 0o010)
    return bool(stat.st_mode & 0o001)


def _named(name: str) -> User | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return User(name, entry.pw_uid, entry.pw_gid)
