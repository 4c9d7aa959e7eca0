"""The imports of this module, one a file."""
