"""Outlines of regions: cleaned and drawn where boundaries are known, tiles where they are not."""
