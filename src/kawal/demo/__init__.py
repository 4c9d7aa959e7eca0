"""The demo city and its simulators; refuses to exist outside a demo deployment."""
