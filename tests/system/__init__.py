"""Journeys through real processes."""
