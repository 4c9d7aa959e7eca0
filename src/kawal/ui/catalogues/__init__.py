"""The catalogues of words: one per module, Indonesian msgids with their English."""
