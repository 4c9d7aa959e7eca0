"""Remembers the last head outside the database, so that a rewritten log does not go unseen.

Whoever owns the database can rewrite all of a log with every head in it. A head kept elsewhere,
on this machine here, by readers and witnesses elsewhere, gives it away.
"""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from kawal.trail.facts import Head
from kawal.trail.fields import instant

SUFFIX = ".head"


def keep(folder: Path, head: Head) -> None:
    """Write a log's newest head into its file, whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{head.origin.replace('/', '_')}{SUFFIX}"
    fresh = path.with_suffix(".new")
    said = {"origin": head.origin, "size": head.size, "root": head.root.hex()}
    fresh.write_text(json.dumps(said | {"at": instant(head.at)}) + "\n")
    os.replace(fresh, path)  # noqa: PTH105 - atomic by name


def kept(folder: Path) -> list[Head]:
    """Return the heads remembered here; none where nothing was ever placed on this machine."""
    return [_read(path.read_text()) for path in sorted(folder.glob(f"*{SUFFIX}"))]


def parse(lines: Iterable[str]) -> list[Head]:
    """Return heads that somebody kept: a line of JSON each, as ``keep`` writes it."""
    return [_read(line) for line in lines if line.strip()]


def _read(line: str) -> Head:
    said = json.loads(line)
    at = datetime.fromisoformat(said["at"])
    return Head(said["origin"], int(said["size"]), bytes.fromhex(said["root"]), at)
