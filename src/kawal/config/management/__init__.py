"""The command line's verbs of the outermost layer, one file each."""
