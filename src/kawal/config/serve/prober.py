"""The process that looks at every application, on its own schedule."""

import sys
from importlib import import_module

from kawal.config.serve.threads import Loops


def serve() -> None:
    """Probe until asked to stop; exit with 1 when it fails."""
    if not Loops({"prober": import_module("kawal.monitoring.prober").run}).run():
        sys.exit(1)
