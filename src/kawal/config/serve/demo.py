"""The process of the demo's simulated applications; only a demo deployment has it."""

import sys

from kawal.config import environment
from kawal.config.environment import Misconfigured
from kawal.config.serve.threads import Loops


def serve() -> None:
    """Serve the simulated applications until asked to stop.

    :raises Misconfigured: in a rehearsal or live deployment, where nothing is simulated.
    """
    if environment.deployment() != "demo":
        raise Misconfigured(
            f"This is a {environment.deployment()} deployment; simulated applications are only "
            "for demo"
        )
    from kawal.demo import applications

    if not Loops({"applications": applications.run}).run():
        sys.exit(1)
