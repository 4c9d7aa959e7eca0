"""The trail's verbs on the command line."""
