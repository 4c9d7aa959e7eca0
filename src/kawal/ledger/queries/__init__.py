"""Reads of this module, as frozen facts."""
