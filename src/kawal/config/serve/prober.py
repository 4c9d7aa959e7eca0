"""The process that looks at every application, on its own schedule."""

import sys

from kawal.config.serve.threads import Loops


def serve() -> None:
    """Probe until asked to stop; exit with 1 when it fails."""
    from kawal.monitoring import prober

    if not Loops({"prober": prober.run}).run():
        sys.exit(1)
