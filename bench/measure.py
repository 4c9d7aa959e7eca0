"""What every figure shares: repeated runs, CPU and memory of process trees, the printed table."""

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
NOT_RUN = "not run"


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


def machine() -> str:
    """Return the machine in one line: cores, processor, memory, kernel, Python."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cores()} cores of {model}, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def tree(roots: Iterable[int]) -> set[int]:
    """Return these processes and all below them, as far as they live."""
    children: dict[int, list[int]] = {}
    for pid in (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()):
        fields = _stat(pid)
        if fields:
            children.setdefault(int(fields[1]), []).append(pid)
    found, waiting = set(), list(roots)
    while waiting:
        pid = waiting.pop()
        if pid not in found and _stat(pid):
            found.add(pid)
            waiting += children.get(pid, [])
    return found


def _stat(pid: int) -> list[str]:
    """Return the fields of ``/proc/PID/stat`` after the name; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def cpu_seconds(roots: Iterable[int]) -> float:
    """Return the CPU seconds spent so far by these process trees, ended children included."""
    total = 0
    for pid in tree(roots):
        fields = _stat(pid)
        total += sum(int(field) for field in fields[11:15])  # own and waited-for, user and system
    return total / TICKS


def pss_bytes(roots: Iterable[int]) -> int:
    """Return the sum of the proportional set sizes of these process trees: shared pages once."""
    return sum(_pss(pid) for pid in tree(roots))


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


@dataclass(slots=True)
class Spent:
    """CPU and time between two moments."""

    cpu: float
    seconds: float

    @property
    def share(self) -> float:
        """Return how much of one core was busy, from 0."""
        return self.cpu / self.seconds


class Meter:
    """Reads the CPU of process trees now and later."""

    def __init__(self, roots: Iterable[int]) -> None:
        self.roots = list(roots)
        self.cpu, self.at = cpu_seconds(self.roots), time.monotonic()

    def read(self) -> Spent:
        """Return what was spent since the meter was made."""
        return Spent(cpu_seconds(self.roots) - self.cpu, time.monotonic() - self.at)


@dataclass(frozen=True, slots=True)
class Series:
    """What repeated runs gave: the median counts, the ends show how much it varies."""

    median: float
    lowest: float
    highest: float
    runs: int

    @classmethod
    def of(cls, values: Iterable[float]) -> "Series":
        """Sum up the values of some runs."""
        found = sorted(values)
        return cls(statistics.median(found), found[0], found[-1], len(found))


def repeated(measure: Callable[[], float], times: int = 3) -> Series:
    """Return the series of a measurement made several times."""
    return Series.of(measure() for _ in range(times))


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value below which that share of the values lies (nearest rank)."""
    found = sorted(values)
    return found[max(0, min(len(found) - 1, -(-int(share * 100) * len(found) // 100) - 1))]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what was measured on whom, or that it did not run and why."""

    what: str
    who: str
    unit: str
    value: float | None
    series: Series | None = None
    goal: str = ""
    note: str = ""


def of(what: str, who: str, unit: str, series: Series | None, **more: str) -> Line:
    """Return a line for a series; ``None`` says that it did not run."""
    return Line(what, who, unit, series.median if series else None, series, **more)


def ratio(what: str, dearer: Series | None, cheaper: Series | None, goal: str = "") -> Line:
    """Return how many times ``dearer`` costs what ``cheaper`` does, both of this same run."""
    if dearer is None or cheaper is None or cheaper.median <= 0:
        return Line(what, "ratio", "x", None, goal=goal)
    return Line(what, "ratio", "x", dearer.median / cheaper.median, goal=goal)


def publish(name: str, lines: list[Line], file: str | None = None) -> None:
    """Print the machine, a table, and one line of JSON (also to ``file``)."""
    out = sys.stdout
    print(f"\n{name}\n  {machine()}", file=out)
    print(f"  {'what':<52} {'who':<22} {'value':>12} {'range':>21}  unit / goal", file=out)
    for line in lines:
        print("  " + _row(line), file=out)
    facts = {"figure": name, "machine": machine(), "lines": [asdict(line) for line in lines]}
    print("JSON " + json.dumps(facts), file=out, flush=True)
    if file:
        Path(file).write_text(json.dumps(facts, indent=1))


def _row(line: Line) -> str:
    value = NOT_RUN if line.value is None else f"{line.value:,.3f}"
    spread = ""
    if line.series and line.series.runs > 1:
        spread = f"{line.series.lowest:,.3f}..{line.series.highest:,.3f}"
    goal = f"{line.unit} (goal {line.goal})" if line.goal else line.unit
    return f"{line.what:<52} {line.who:<22} {value:>12} {spread:>21}  {goal} {line.note}".rstrip()
