"""Rotation: every sealed text moves to the newest key of the ring, some hundreds at a time."""

import base64
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql

from kawal.identity import sealing
from kawal.identity.fields import SealedText

SEALED_IN_FACTORS = ("secret", "seed")


def sealed_columns() -> Iterator[tuple[type[models.Model], list[SealedText]]]:
    """Return each table that holds sealed texts, of whatever module, with these columns."""
    for model in apps.get_models():
        columns = [field for field in model._meta.concrete_fields if isinstance(field, SealedText)]
        if columns:
            yield model, columns


def reseal(*, at_once: int = 500) -> dict[str, int]:
    """Move everything to the newest key; return how many rows of each table were moved.

    Afterwards no row needs an older key. A row is locked while it moves; a crash loses nothing,
    and a second run goes on where the first ended.

    :raises Unsealable: when a row needs a key that has left the ring; the others keep their move.
    """
    moved = {
        model._meta.label: _reseal_table(model, columns, at_once)
        for model, columns in sealed_columns()
    }
    return moved | {Authenticator._meta.label: _reseal_factors()}


def _reseal_table(model: type[models.Model], columns: list[SealedText], at_once: int) -> int:
    moved = 0
    while batch := _reseal_batch(model, columns, at_once):
        moved += batch
    return moved


@transaction.atomic
def _reseal_batch(model: type[models.Model], columns: list[SealedText], at_once: int) -> int:
    names = [sql.Identifier(str(column.column)) for column in columns]
    key = sql.Identifier(str(model._meta.pk.column))
    old = sql.SQL(" OR ").join(
        sql.SQL("substring({} from 2 for 4) <> %(newest)s").format(name) for name in names
    )
    find = sql.SQL(
        "SELECT {key}, {names} FROM {table} WHERE {old} ORDER BY {key} LIMIT %(n)s FOR UPDATE"
    ).format(
        key=key,
        names=sql.SQL(", ").join(names),
        table=sql.Identifier(model._meta.db_table),
        old=old,
    )
    change = sql.SQL("UPDATE {table} SET {pairs} WHERE {key} = %s").format(
        table=sql.Identifier(model._meta.db_table),
        pairs=sql.SQL(", ").join(sql.SQL("{} = %s").format(name) for name in names),
        key=key,
    )
    with connection.cursor() as cursor:
        cursor.execute(find, {"newest": sealing.newest_key_id(), "n": at_once})
        rows = cursor.fetchall()
        for pk, *blobs in rows:
            fresh = [
                None if blob is None else sealing.reseal(bytes(blob), context=column.context)
                for blob, column in zip(blobs, columns, strict=True)
            ]
            cursor.execute(change, [*fresh, pk])
    return len(rows)


def _reseal_factors() -> int:
    moved = 0
    for pk in Authenticator.objects.values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().get(pk=pk)
            fresh = {
                name: _reseal_text(text) if name in SEALED_IN_FACTORS else text
                for name, text in row.data.items()
            }
            if fresh != row.data:
                row.data = fresh
                row.save(update_fields=["data"])
                moved += 1
    return moved


def _reseal_text(text: str) -> str:
    return base64.b64encode(sealing.reseal(base64.b64decode(text), context=sealing.FACTOR)).decode()


def keys_in_ring() -> int:
    """Return how many keys the ring holds: with one, nothing older can still be needed."""
    return len(settings.KEY_RING)
