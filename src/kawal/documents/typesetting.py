"""Runs typst over a template: here for a short paper, in a process of its own for a long one.

Typst remembers what it made of the last ten papers, so that the next draft of the same text is
quick. Of a paper of 2,000 rows that is a hundred megabytes, ten of them fill a small machine, and
nothing of it is ever asked for again. A process that ends gives it back.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Literal

import typst

LONG = 64 * 1024  # bytes of data; a page or two of rows stays below, and costs no process
PATIENCE = 600  # seconds
ARCHIVED: list[Literal["a-2a"]] = ["a-2a"]  # PDF/A for keeping, tagged for screen readers


class Untypeset(RuntimeError):
    """Typst refused a template or its data, or did not come to an end."""


def typeset(source: Path, root: Path, packages: Path, data: str, stamp: int) -> bytes:
    """Return the PDF/A of a template that sees the files below ``root`` only.

    ``data`` is JSON, ``stamp`` the moment that the file says it was made, in seconds since 1970.

    :raises Untypeset: when a long one fails in its process.
    """
    if len(data.encode()) < LONG:
        return _made(source, root, packages, data, stamp)
    asked = json.dumps([str(source), str(root), str(packages), data, stamp])
    try:
        answer = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", __name__],
            input=asked.encode(),
            capture_output=True,
            check=True,
            timeout=PATIENCE,
        )
    except subprocess.CalledProcessError as error:
        raise Untypeset(error.stderr.decode(errors="replace")[-2000:]) from None
    except subprocess.TimeoutExpired:
        raise Untypeset(f"{source.name} was not done in {PATIENCE} seconds") from None
    return answer.stdout


def _made(source: Path, root: Path, packages: Path, data: str, stamp: int) -> bytes:
    made = typst.compile(
        source,
        root=root,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=[*ARCHIVED],
        timestamp=stamp,
        package_path=packages,
        package_cache_path=packages,
    )
    assert isinstance(made, bytes)
    return made


def main() -> None:
    """Make one paper: what is asked comes in, the PDF goes out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever waits for us
    source, root, packages, data, stamp = json.load(sys.stdin)
    made = _made(Path(source), Path(root), Path(packages), data, stamp)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
