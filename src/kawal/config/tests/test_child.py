"""The supervisor's children: forked, heard, stopped in order, and never left behind."""

import functools
import io
import os
import sys
import time
from pathlib import Path

import pytest

from kawal.config.environment import Misconfigured
from kawal.config.supervisor.child import Child
from kawal.config.supervisor.run import Ended, Supervisor
from kawal.config.supervisor.voice import Voice


class Heard(Voice):
    """Keeps what would be printed."""

    def __init__(self) -> None:
        super().__init__(json_lines=False)
        self.written: list[str] = []

    def _write(self, text: str) -> None:
        self.written.append(text)


@pytest.fixture
def supervisor(tmp_path: Path):
    import signal

    kept = {name: signal.getsignal(name) for name in (*range(1, 3), 15, signal.SIGCHLD)}
    supervisor = Supervisor(tmp_path, Heard(), database_ended=lambda: None)
    supervisor.listen()
    yield supervisor
    supervisor.stop()
    signal.set_wakeup_fd(-1)
    for name, action in kept.items():
        signal.signal(name, action)


def heard(supervisor: Supervisor) -> list[str]:
    """Return what was printed."""
    assert isinstance(supervisor.voice, Heard)
    return supervisor.voice.written


def _talk() -> None:
    print("satu")
    print("dua", file=sys.stderr)
    sys.exit(3)


def test_what_ends_by_itself_is_named_with_its_last_lines(supervisor: Supervisor):
    supervisor.start(Child("talker", _talk))
    with pytest.raises(Ended, match=r"talker ended with exit code 3; its last lines:") as ended:
        supervisor.watch()
    assert ended.value.code == 1
    assert str(ended.value).splitlines()[1:] == ["    satu", "    dua"]
    assert heard(supervisor) == ["talker   | satu", "talker   | dua"]


def test_one_that_is_killed_says_by_which_signal(supervisor: Supervisor):
    supervisor.start(Child("victim", lambda: time.sleep(60)))
    os.kill(supervisor.children[0].pid, 9)
    with pytest.raises(Ended, match="victim was killed by SIGKILL"):
        supervisor.watch()


def test_a_step_that_fails_gives_its_last_line(supervisor: Supervisor):
    def refuse() -> None:
        raise Misconfigured("the disk is full")

    with pytest.raises(Misconfigured, match=r"^the disk is full$"):
        supervisor.complete(Child("step", refuse))
    with pytest.raises(Misconfigured, match=r"^step failed: ZeroDivisionError"):
        supervisor.complete(Child("step", lambda: print(1 / 0)))
    assert supervisor.children == []


def test_stages_stop_one_after_the_other(supervisor: Supervisor, tmp_path: Path):
    def worker(name: str) -> None:
        import signal

        def leave(*_: object) -> None:
            time.sleep(0.2)
            with (tmp_path / "order").open("a") as order:
                order.write(name)
            sys.exit(0)

        signal.signal(signal.SIGTERM, leave)
        print("ready")
        time.sleep(60)

    for name, stage in (("c", 3), ("a", 1), ("b", 2)):
        supervisor.start(Child(name, functools.partial(worker, name), stage))
    deadline = time.monotonic() + 10
    supervisor.watch(until=lambda: len(heard(supervisor)) == 3 or time.monotonic() > deadline)
    supervisor.stop()
    assert (tmp_path / "order").read_text() == "abc"
    assert not list(tmp_path.glob("*.pid"))


def test_a_child_does_not_see_the_owners_address(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner:secret@/kawal")
    supervisor.complete(Child("curious", lambda: print(os.environ.get("DATABASE_OWNER_URL"))))
    assert heard(supervisor) == ["curious  | None"]


class Closed(io.StringIO):
    """A terminal that is gone."""

    def write(self, text: str) -> int:
        raise OSError(5, "Input/output error")


def test_a_closed_terminal_does_not_keep_it_from_stopping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    gone = Supervisor(tmp_path, Voice(json_lines=False), database_ended=lambda: None)
    monkeypatch.setattr(sys, "stderr", Closed())
    monkeypatch.setattr(sys, "stdout", Closed())
    gone.voice.announce("ready")
    gone.voice.say("stopping")
    gone.stop()
