"""Sealing opens only with its key, unchanged, in its own column; rotation loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.identity import sealing
from kawal.identity.fields import Sealed
from kawal.identity.models import IndexKey, Person
from kawal.identity.tests.conftest import SITI_NIK

OLD, NEW = "11" * 32, "22" * 32


@given(st.text(), st.text(max_size=20))
def test_what_is_sealed_opens_again(text, context):
    assert sealing.unseal(sealing.seal(text, context=context), context=context) == text


@given(st.text(), st.integers(0, 400), st.integers(1, 255))
def test_a_changed_byte_never_opens(text, place, change):
    blob = bytearray(sealing.seal(text))
    blob[place % len(blob)] ^= change
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(bytes(blob))


@given(st.binary(max_size=40))
def test_rubbish_never_opens_and_never_crashes(blob):
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(blob)


def test_the_same_text_sealed_twice_looks_different():
    assert sealing.seal("1275") != sealing.seal("1275")


def test_a_value_moved_to_another_column_does_not_open():
    blob = sealing.seal(SITI_NIK, context="nik")
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(blob, context="nip")


def test_an_old_key_still_opens_and_a_dropped_one_does_not(settings):
    settings.KEY_RING = [OLD]
    blob = sealing.seal("lama")
    settings.KEY_RING = [NEW, OLD]
    assert sealing.unseal(blob) == "lama"
    moved = sealing.reseal(blob)
    settings.KEY_RING = [NEW]
    assert sealing.unseal(moved) == "lama"
    with pytest.raises(sealing.Unsealable, match="KAWAL_SEAL_KEYS"):
        sealing.unseal(blob)


def test_resealing_under_the_newest_key_changes_nothing():
    blob = sealing.seal("sama")
    assert sealing.reseal(blob) == blob


@pytest.mark.django_db
def test_the_blind_index_survives_rotation(settings):
    settings.KEY_RING = [OLD]
    before = sealing.blind_index(SITI_NIK, context="nik")
    settings.KEY_RING = [NEW, OLD]
    for row in IndexKey.objects.all():
        assert row.key is not None
        IndexKey.objects.filter(pk=row.pk).update(
            key=Sealed(sealing.reseal(row.key.blob, context=row.key.context), row.key.context)
        )
    settings.KEY_RING = [NEW]
    assert sealing.blind_index(SITI_NIK, context="nik") == before
    assert len(before) == 32


@pytest.mark.django_db
def test_the_blind_index_tells_columns_and_texts_apart():
    assert (
        len({sealing.blind_index(text, context=context) for text in "ab" for context in "cd"}) == 4
    )
    assert sealing.blind_index("a", context="c") == sealing.blind_index("a", context="c")


def test_a_row_read_back_shows_dots_and_the_database_holds_no_digit(siti):
    row = Person.objects.get(pk=siti.id)
    assert row.nik is not None
    assert f"{row.nik!r} {row.nik}" == "••• •••"
    assert row.nik.reveal() == SITI_NIK
    assert SITI_NIK.encode() not in row.nik.blob
