"""Children that do not outlive their parent, even when it is killed."""

import ctypes
import os
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def with_parent(signum: int, parent: int | None = None) -> Callable[[], None]:
    """Return what a child runs before exec (``preexec_fn``): get ``signum`` when the parent ends.

    Linux ties it to the thread that starts the child, so start children from the main thread.
    Popen changes the user before this runs, which matters: changing it afterwards clears it.
    A child that was forked calls it itself, and says who its parent is.
    """
    parent = parent or os.getpid()

    def before_exec() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
        if os.getppid() != parent:  # it ended in between
            os._exit(0)

    return before_exec
