"""What the supervisor prints: its own sentences, and its children's lines with their names."""

import contextlib
import sys
from typing import TextIO

from kawal.config import logs


class Voice:
    """Writes to the terminal or the log of whoever started us."""

    def __init__(self, *, json_lines: bool | None = None) -> None:
        self.json_lines = logs.kind() == "json" if json_lines is None else json_lines

    def say(self, sentence: str) -> None:
        """Print a sentence of the supervisor's own."""
        self._write(f"kawal    | {sentence}")

    def pass_on(self, name: str, line: str) -> None:
        """Print a child's line: whole JSON as it is, for it names its process; else prefixed."""
        if line:
            plain = not self.json_lines or not line.startswith("{")
            self._write(f"{name:<8} | {line}" if plain else line)

    def announce(self, text: str) -> None:
        """Print what the person at the keyboard is waiting for, on the standard output."""
        _print(text, sys.stdout)

    def _write(self, text: str) -> None:
        _print(text, sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    """Print; a terminal that was closed, or a pipe, does not keep us from stopping in order."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=stream, flush=True)
