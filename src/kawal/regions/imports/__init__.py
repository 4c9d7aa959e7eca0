"""Imports of this module: one small file each, all by the one engine of ``kernel.importing``."""
