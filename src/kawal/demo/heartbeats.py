"""The jobs of the demo's applications: they report to the addresses that they were given.

They know those addresses the way an agency's technician does: from a file that somebody gave them
(``demo/addresses-given.json``: the code of a job to its path). Without the file they are quiet.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kawal.demo.board import Board
from kawal.demo.chance import chance
from kawal.demo.facts.applications import BY_CODE
from kawal.demo.facts.jobs import JOBS, NUMBERS, Job, Numbers
from kawal.demo.faults import Fault
from kawal.demo.numbers import figures

PATIENCE = 5.0  # seconds for one report
QUIET = {Fault.SILENT_JOB, Fault.MAINTENANCE, Fault.REFUSED}


def given_file(home: Path) -> Path:
    """Return where the addresses that were given to the technicians are kept."""
    return home / "demo" / "addresses-given.json"


def give(home: Path, paths: dict[str, str]) -> None:
    """Write the addresses down: the code of a job or of numbers to its path, as ``/ping/...``."""
    path = given_file(home)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(paths, indent=1))
    draft.rename(path)


@dataclass(slots=True)
class Reporter:
    """Sends the reports of all jobs to the product at ``host`` and ``port``."""

    board: Board
    given: Path
    host: str
    port: int
    now: Callable[[], datetime]
    sent: dict[str, int] = field(default_factory=dict)

    async def run(self) -> None:
        """Report until cancelled."""
        async with asyncio.TaskGroup() as group:
            for job in JOBS:
                group.create_task(self._work(job))
            for numbers in NUMBERS:
                group.create_task(self._send_numbers(numbers))

    async def _work(self, job: Job) -> None:
        """Run one job for ever: wait for its turn, report the start, work, report the end."""
        while True:
            await self._until_turn(job.code, job.every)
            if self._is_quiet(job.application):
                continue
            await self.report(job.code, "/start")
            await asyncio.sleep(job.takes)
            if self._is_quiet(job.application):
                continue  # it died half-way
            fails = chance(self.board.seed, job.code, int(self.now().timestamp())) < job.fails
            await self.report(job.code, "/fail" if fails else "")

    async def _send_numbers(self, numbers: Numbers) -> None:
        while True:
            await self._until_turn(numbers.code, numbers.every)
            if not self._is_quiet(numbers.application):
                await self.report(numbers.code, "", self.numbers(numbers))

    def numbers(self, numbers: Numbers) -> bytes:
        """Return what an application sends of itself now."""
        at = self.now()
        application = BY_CODE[numbers.application]
        now = figures(self.board.seed, application, at, self.board.spell(application.code, at))
        return json.dumps(
            {
                "transaksi_hari_ini": now.transactions,
                "antrean": now.waiting,
                "data_terakhir": now.data_at.isoformat(timespec="seconds"),
            }
        ).encode()

    async def report(self, code: str, ending: str, body: bytes = b"") -> None:
        """Send one report; where nobody listens, the job goes on like any real one."""
        path = self._paths().get(code)
        if path is None:
            return
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                if await self._post(path + ending, body):
                    self.sent[code] = self.sent.get(code, 0) + 1

    async def _post(self, path: str, body: bytes) -> bool:
        """Send a POST and tell whether the product accepted it."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            head = (
                f"POST {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
                "User-Agent: kawal-demo-job\r\nConnection: close\r\n\r\n"
            )
            writer.write(head.encode() + body)
            await writer.drain()
            status = await reader.readline()
            return status.split(b" ")[1:2] in ([b"200"], [b"202"], [b"204"])
        finally:
            writer.close()

    def _is_quiet(self, application: str) -> bool:
        spell = self.board.spell(application, self.now())
        return spell is not None and spell.fault in QUIET

    async def _until_turn(self, code: str, every: int) -> None:
        """Wait for the next turn; each has its own place within the period."""
        phase = every * chance(self.board.seed, code, "turn")
        await asyncio.sleep(every - (self.now().timestamp() - phase) % every)

    def _paths(self) -> dict[str, str]:
        try:
            paths: dict[str, str] = json.loads(self.given.read_text())
        except FileNotFoundError:
            return {}
        return paths
