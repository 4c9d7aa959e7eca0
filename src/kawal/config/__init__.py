"""Settings, URLs, servers and the command line."""
