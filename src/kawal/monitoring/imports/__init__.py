"""Imports of monitoring, one file each."""
