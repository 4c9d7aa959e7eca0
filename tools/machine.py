"""What the checks need of the machine: a browser, an older PostgreSQL; fetched where we may."""

import os
import shutil
import subprocess
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
POSTGRESQL_15 = "/usr/lib/postgresql/15/bin"
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/kawal-checks.conf")


def chromium() -> str:
    """Install Chromium from Debian's packages where it is missing; return why it cannot be."""
    if _browser() or (_apt("chromium") and _browser()):
        return ""
    return (
        "The browser journeys need Chromium and it cannot be installed here; "
        "install it: apt-get install chromium"
    )


def postgresql_15() -> str:
    """Install PostgreSQL 15 from Debian's packages, programs only; return why it cannot be."""
    program = Path(POSTGRESQL_15) / "postgres"
    if program.exists():
        return ""
    if os.geteuid() == 0:  # no server of the system is to start for our sake
        NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_CLUSTER.write_text("create_main_cluster = false\n")
    if _apt("postgresql-15") and program.exists():
        return ""
    return "PostgreSQL 15 cannot be installed here; install it: apt-get install postgresql-15"


def _browser() -> str | None:
    named = os.environ.get("KAWAL_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def _apt(package: str) -> bool:
    """Install one package where we are root on a machine that has apt; True when it worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-qy", "--no-install-recommends", package]):
        said = subprocess.run(
            ["apt-get", *words],
            env=quiet,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if said.returncode:
        print(said.stdout[-2000:])
    return said.returncode == 0
