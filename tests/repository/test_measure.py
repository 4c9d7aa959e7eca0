"""The harness of our published figures measures what it says."""

import json
import os
import subprocess
import sys
import time

import pytest

from bench import measure
from bench.measure import Line, Series

SPIN = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        (range(1, 101), 0.95, 95),
        (range(1, 101), 0.5, 50),
        ([3.0], 0.95, 3.0),
        ([1, 2, 3, 4], 1.0, 4),
        ([9, 1, 5], 0.5, 5),
    ],
)
def test_a_percentile_is_the_nearest_rank(values, share, expected):
    assert measure.percentile(values, share) == expected


def test_a_series_keeps_its_ends():
    assert Series.of([3.0, 1.0, 2.0]) == Series(2.0, 1.0, 3.0, 3)


def test_cpu_of_a_tree_counts_children_that_live_and_those_that_ended():
    # a child that spins, below a shell that waits for one that has spun already
    python, stays = sys.executable, f"{SPIN}import time; time.sleep(9)"
    words = f"{python} -c '{SPIN}'; echo; {python} -c '{stays}'"
    with subprocess.Popen(["/bin/sh", "-c", words], stdout=subprocess.PIPE) as shell:
        shell.stdout.readline()
        ends = time.monotonic() + 8
        while measure.cpu_seconds([shell.pid]) < 0.58 and time.monotonic() < ends:
            time.sleep(0.05)
        spent = measure.cpu_seconds([shell.pid])
        for pid in measure.tree([shell.pid]) - {shell.pid}:
            subprocess.run(["kill", str(pid)], check=True)
    assert 0.58 <= spent < 1.5


def test_shared_memory_is_shared_out():
    own = measure.pss_bytes([os.getpid()])
    assert 5 * 2**20 < own < 2 * 2**30


def test_processes_that_are_gone_cost_nothing():
    with subprocess.Popen(["/bin/true"]) as gone:
        gone.wait()
    assert measure.cpu_seconds([gone.pid]) == 0
    assert measure.pss_bytes([gone.pid]) == 0
    assert measure.tree([gone.pid]) == set()


def test_what_did_not_run_says_so_and_has_no_number(capsys):
    own = Series.of([1.0])
    measure.publish(
        "figure",
        [
            measure.of("what", "Kawal", "s", own, goal="<= 2"),
            measure.of("what", "peer", "s", None),
            measure.ratio("peer / Kawal", None, own),
        ],
    )
    printed = capsys.readouterr().out
    facts = json.loads(printed.splitlines()[-1].removeprefix("JSON "))
    assert [line["value"] for line in facts["lines"]] == [1.0, None, None]
    assert printed.count(f" {measure.NOT_RUN} ") == 2
    assert facts["machine"] == measure.machine()


def test_a_ratio_is_of_the_medians():
    line = measure.ratio("x", Series.of([4.0, 8.0, 6.0]), Series.of([2.0]))
    assert line == Line("x", "ratio", "x", 3.0)
