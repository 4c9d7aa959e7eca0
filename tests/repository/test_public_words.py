"""The public log speaks in words: each field of each kind of event has its label."""

from kawal.trail.registry import kinds


def test_each_field_of_each_public_event_has_a_label() -> None:
    assert len(kinds()) > 10
    missing = [
        f"{one.name}.{name}" for one in kinds() for name in one.fields if not one.words.get(name)
    ]
    assert missing == []
