"""Writes of this module: one use case each."""
