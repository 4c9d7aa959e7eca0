"""Forms of monitoring: they read what was typed; the rules judge it."""
