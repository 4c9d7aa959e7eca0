"""The public events of this module, one tuple that grows with the documents."""

from kawal.trail.registry import Kind

KINDS: tuple[Kind, ...] = ()
