"""Runs everything that CI checks, step by step, and ends with one line for each."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import machine

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name, its command, and what it needs on this machine first.

    A quiet step speaks only when it fails. ``needs`` returns why the step cannot run, or "".
    """

    name: str
    words: list[str]
    quiet: bool = True
    needs: Callable[[], str] = lambda: ""
    env: tuple[tuple[str, str], ...] = ()
    optional: bool = False


def _pytest(*words: str) -> list[str]:
    return ["python", "-m", "pytest", "-q", *words]


UNIT = "not journey and not long and not alone"
WORKERS = "3"  # one more than the cores of the smallest machine: much of the time is waiting

STEPS = (
    Step("lint", ["ruff", "check", "--quiet", "."]),
    Step("format", ["ruff", "format", "--check", "--quiet", "."]),
    Step("types", ["mypy"]),
    Step("borders", ["lint-imports"]),
    Step(
        "migrations",
        ["django-admin", "makemigrations", "--check", "--dry-run"],
        env=(("DJANGO_SETTINGS_MODULE", "kawal.config.settings"),),
    ),
    Step("generated docs", ["kawal", "reference", "--check"]),
    Step("vendored files", ["python", "tools/vendor.py", "--check"]),
    Step("translations", ["python", "-m", "kawal.ui.catalogues", "check"]),
    Step("unit tests", _pytest("-n", WORKERS, "--dist", "worksteal", "-m", UNIT), quiet=False),
    Step("unit tests, alone", _pytest("-m", "alone and not long"), quiet=False),
    Step(
        "browser journeys",
        _pytest("-m", "journey and not long"),
        quiet=False,
        needs=machine.chromium,
    ),
)
LONG = (
    Step("long tests", _pytest("-m", "long"), quiet=False, needs=machine.chromium),
    Step(
        "unit tests, PostgreSQL 15",
        _pytest("-n", WORKERS, "--dist", "worksteal", "-m", UNIT),
        quiet=False,
        needs=machine.postgresql_15,
        env=(("KAWAL_TEST_POSTGRES", machine.POSTGRESQL_15),),
        optional=True,
    ),
)


def run(step: Step, home: str) -> tuple[str, float]:
    """Run one step with a data folder of its own; return its verdict and the seconds it took."""
    begun = time.monotonic()
    print(f"--- {step.name}", flush=True)
    if why := step.needs():
        print(f"    {why}")
        return ("NOT RUN" if step.optional else "FAILED"), time.monotonic() - begun
    done = subprocess.run(
        [BIN / step.words[0], *step.words[1:]],
        cwd=ROOT,
        env=_environment(home) | dict(step.env),
        stdout=subprocess.PIPE if step.quiet else None,
        stderr=subprocess.STDOUT if step.quiet else None,
        text=True,
        check=False,
    )
    if step.quiet and done.returncode:
        print(done.stdout, flush=True)
    return ("ok" if done.returncode == 0 else "FAILED"), time.monotonic() - begun


def _environment(home: str) -> dict[str, str]:
    """Return this environment without what names an installation of somebody's.

    Compiled code is kept: each worker and each process of a journey would compile it all again.
    """
    ours = ("DATABASE_", "KAWAL_", "PORT", "PYTHONDONTWRITEBYTECODE")
    kept = ("KAWAL_TEST_", "KAWAL_CHROMIUM")
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(ours) or name.startswith(kept)
    }
    return clean | {"KAWAL_HOME": home, "PATH": f"{BIN}:{os.environ['PATH']}"}


def main() -> int:
    """Run all steps; return 1 when one of them fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="the slow ones too")
    steps = STEPS + (LONG if parser.parse_args().long else ())
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kawal-checks-") as home:
        found = [(step, *run(step, home)) for step in steps]
    print("\nSummary")
    for step, verdict, seconds in found:
        print(f"  {verdict:<8} {step.name:<28} {seconds:6.1f} s")
    bad = [step.name for step, verdict, _ in found if verdict == "FAILED"]
    total = f"{time.monotonic() - begun:.0f} s"
    print(f"{len(bad)} of {len(found)} checks failed in {total}" if bad else f"All ok in {total}")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
