"""The public, verifiable log."""
