"""Where our processes count together; set before prometheus_client is imported anywhere."""

import contextlib
import os
import re
from pathlib import Path

from kawal.config.environment import make_folder, make_home, run_folder


def share() -> None:
    """Let this process and its children count in ``KAWAL_HOME/run/metrics``.

    Files of processes that have ended are removed: to Prometheus that is a counter's reset.
    """
    folder = run_folder() / "metrics"
    make_home(folder.parent.parent)
    make_folder(folder.parent, mode=0o700)
    make_folder(folder, mode=0o700)
    for file in folder.glob("*.db"):
        if not _is_alive(file):
            with contextlib.suppress(FileNotFoundError):
                file.unlink()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _is_alive(file: Path) -> bool:
    pid = re.search(r"_(\d+)\.db$", file.name)
    return pid is not None and Path(f"/proc/{pid[1]}").exists()
