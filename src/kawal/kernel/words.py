"""Marks a sentence for translation where Django must not be imported."""


def N_(sentence: str) -> str:
    """Return the sentence unchanged; the catalogues find it by this name."""
    return sentence
