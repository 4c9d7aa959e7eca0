"""The module's commands."""
