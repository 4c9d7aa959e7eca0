"""Jobs of this module, one a file; importing the package registers them."""

from kawal.regions.jobs.expire import expire_break_glass

__all__ = ["expire_break_glass"]
