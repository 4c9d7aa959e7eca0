"""The embedded PostgreSQL: one owner of its life, and nobody let in without a password.

Of the wheel we use the programs only: its own start-up helper trusts every local user.
"""

from kawal.config.embedded.borrow import borrowed, running
from kawal.config.embedded.place import Place, find
from kawal.config.embedded.server import Server

__all__ = ["Place", "Server", "borrowed", "find", "running"]
