"""The figures that we publish, one file each: ratios measured in one run, never pass or fail."""
