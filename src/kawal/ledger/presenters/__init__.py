"""Facts as pages and papers show them."""
