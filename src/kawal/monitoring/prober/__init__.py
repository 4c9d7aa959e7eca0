"""The prober: one process that runs every check by itself and judges its own health first."""

import threading


def run(stop: threading.Event) -> None:
    """Probe until asked to stop."""
    from kawal.monitoring.prober import service

    service.run(stop)
