"""Application inventory, checks, incidents, alerts."""
