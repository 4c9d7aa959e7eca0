"""``kawal run``: everything started in order from one process, watched, and stopped in order."""
