"""Every word that people read is in a catalogue, and has its English."""

import pytest

from kawal.ui.catalogues import faults
from kawal.ui.catalogues.places import Place, modules


@pytest.mark.parametrize("place", modules(), ids=lambda place: place.name)
def test_the_module_speaks_both_languages(place: Place):
    assert faults.of_module(place) == []


def test_two_modules_say_the_same_msgid_in_the_same_english():
    assert faults.between(modules()) == []
