"""The module's verbs on the command line."""
