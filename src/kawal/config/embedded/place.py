"""Where the embedded server lives: its folder, its user, its programs, its socket folder.

As root, PostgreSQL runs as an unprivileged user, in a folder which that user can reach. No mode of
any folder that exists is widened for it: where the data home or the programs lie behind a closed
folder, a place below /var/lib/kawal is used, and remembered in the data home.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from kawal.config.embedded import programs
from kawal.config.embedded.users import User, owner_of, reaches, server_user
from kawal.config.environment import Misconfigured, make_folder, make_home, short_folder

SHARED = Path("/var/lib/kawal")
SOCKET = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one server; ``user`` is None where it runs as ourselves."""

    home: Path
    folder: Path
    programs: Path
    user: User | None

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "postgres.log"

    @property
    def secrets(self) -> Path:
        """A file of mode 0600 for each role's password; ours, not the server's."""
        return self.home / "secrets"

    @property
    def sockets(self) -> Path:
        """The private folder of the socket: beside the data, or where that name is too long."""
        return short_folder(self.folder / "s", SOCKET)

    def make(self) -> None:
        """Make the folders, each for the server's user alone.

        :raises Misconfigured: when one cannot be made, or somebody else owns it.
        """
        for folder in (self.folder, self.sockets):
            make_folder(folder, mode=0o700)
            if self.user and folder.lstat().st_uid == 0:
                os.chown(folder, self.user.uid, self.user.gid, follow_symlinks=False)
            self._only_ours(folder)

    def _only_ours(self, folder: Path) -> None:
        stat, ours = folder.lstat(), self.user.uid if self.user else os.geteuid()
        if folder.is_symlink() or stat.st_uid != ours or stat.st_mode & 0o077:
            raise Misconfigured(
                f"{folder} must be a folder of mode 0700 that belongs to user number {ours}; "
                "it is not, so PostgreSQL is not started in it"
            )


def find(home: Path) -> Place:
    """Return where the server of a data home lives; only the home itself is made.

    :raises Misconfigured: when there is no such place; the text says how to mend it.
    """
    make_home(home)
    remembered = _remembered(home)
    here = remembered or home / "postgres"
    if os.geteuid() != 0:
        return Place(home, _own(here), programs.wheel(), None)
    user = owner_of(here) or server_user()
    if not remembered and not reaches(user, home):
        here = _elsewhere(home, user)
    return Place(home, here, programs.reachable(user, SHARED), user)


def _own(folder: Path) -> Path:
    owner = owner_of(folder)
    if owner and owner.uid != os.geteuid():
        raise Misconfigured(
            f"The database in {folder} belongs to user {owner.name}; run kawal as that user or as "
            "root, or set KAWAL_HOME to another folder"
        )
    return folder


def _remembered(home: Path) -> Path | None:
    note = home / "postgres.json"
    if not note.exists():
        return None
    try:
        return Path(json.loads(note.read_text())["folder"])
    except PermissionError as error:
        raise Misconfigured(f"{note} cannot be read; this data folder is another user's") from error
    except (ValueError, KeyError) as error:
        raise Misconfigured(
            f"{note} is damaged; it names the folder of the database, for example "
            f'{{"folder": "{SHARED}/..."}}'
        ) from error


def _elsewhere(home: Path, user: User) -> Path:
    make_folder(SHARED, mode=0o711)
    if not reaches(user, SHARED):
        raise Misconfigured(
            f"User {user.name}, who runs PostgreSQL, can enter neither {home} nor {SHARED}; set "
            "KAWAL_HOME to a folder which all users can pass through"
        )
    folder = SHARED / secrets.token_hex(8)
    (home / "postgres.json").write_text(json.dumps({"folder": str(folder)}) + "\n")
    return folder
