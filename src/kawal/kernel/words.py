"""Marks a sentence for translation where Django must not be imported."""


def N_(sentence: str) -> str:  # noqa: N802 - the name that the catalogues look for
    """Return the sentence unchanged; the catalogues find it by this name."""
    return sentence
