"""Regions, agencies and units as dated versions; appointments and scope."""
