"""Jobs of identity, one a file; importing the package registers them."""

from kawal.identity.jobs.prune import prune_identity

__all__ = ["prune_identity"]
