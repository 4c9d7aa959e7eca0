"""The prober: one process that runs every check by itself and judges its own health first."""
