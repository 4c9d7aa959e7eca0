"""Pages of this module, one file for each kind of thing."""
