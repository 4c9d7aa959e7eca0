"""A lock of this machine that no crash leaves behind: the kernel lets go when its holder ends."""

import fcntl
import os
from pathlib import Path

from kawal.config.environment import make_folder, make_home


class Lock:
    """A locked file that says who holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the lock; ``False`` when another process holds it."""
        make_home(self.path.parent.parent)
        make_folder(self.path.parent, mode=0o700)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        self._handle = handle
        return True

    def release(self) -> None:
        """Let go."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    def close(self) -> None:
        """Forget it without letting go: for a forked child, which shares its parent's lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def holder(self) -> str:
        """Return who holds it, in words."""
        try:
            pid = self.path.read_text().strip()
        except OSError:
            pid = ""
        return f"process {pid}" if pid else "another process"
