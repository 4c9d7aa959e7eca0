"""Every field of our public events has a name in plain words, which citizens read on /jejak/."""

import pytest

from kawal.monitoring.own_kinds import KINDS
from kawal.trail import registry


@pytest.mark.parametrize("name", [one.name for one in KINDS])
def test_every_field_has_its_word(name):
    kind = registry.kind(name)
    assert set(kind.words) == set(kind.fields)
    assert all(word and word not in kind.fields for word in kind.words.values())
