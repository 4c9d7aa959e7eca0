"""The key of the blind indexes, kept sealed: it outlives every key of the ring."""

import secrets

from django.db import models

from kawal.identity.fields import SealedText

BLIND = "blind index"
CONTEXT = "identity.indexkey.blind"


class IndexKey(models.Model):
    """One row: the blind indexes' key as a sealed text of 64 hexadecimal digits."""

    name = models.CharField(max_length=40, primary_key=True)
    key = SealedText(context=CONTEXT, null=False)

    @classmethod
    def current(cls) -> str:
        """Return the key; the first caller makes it, and of two at once both get the same."""
        row = IndexKey.objects.filter(name=BLIND).first()
        if row is None:
            fresh: IndexKey = IndexKey(name=BLIND, key=secrets.token_hex(32))
            IndexKey.objects.bulk_create([fresh], ignore_conflicts=True)
            row = IndexKey.objects.get(name=BLIND)
        assert row.key is not None
        return row.key.reveal()
