"""Sealing of personal data: AES-256-GCM under a ring of keys, and a blind index to search by.

A sealed text is ``0x01 | key id (4) | nonce (12) | ciphertext and tag``. The head and the *context*
(which column it belongs to) are authenticated, so a value moved to another column does not open.
The newest key of ``settings.KEY_RING`` seals; every key opens; ``kawal user reseal`` moves all rows
to the newest one, after which an old key may be dropped.

A blind index must stay the same when keys rotate. Its key is therefore not derived from the ring:
it is 32 random bytes, made once, kept in the database only as a sealed text. Rotation re-seals that
one row; the key inside, and with it every index, stays.
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

FACTOR = "identity.second_factor"
FORM = b"\x01"
KEY_ID = 4
NONCE = 12
HEAD = len(FORM) + KEY_ID


class Unsealable(Exception):
    """A sealed text does not open: its key has left the ring, or it was changed or moved."""


@lru_cache(maxsize=32)
def _cipher(key: str) -> tuple[bytes, AESGCM]:
    """Return a ring key's id and cipher; both are derived, so neither shows the key."""
    raw = bytes.fromhex(key)
    if len(raw) != 32:
        raise ValueError("a sealing key is 64 hexadecimal digits")
    identity = hashlib.sha256(b"kawal key id" + raw).digest()[:KEY_ID]
    derived = HKDF(SHA256(), 32, salt=None, info=b"kawal seal 1").derive(raw)
    return identity, AESGCM(derived)


def newest_key_id() -> bytes:
    """Return the id of the key that seals now."""
    return _cipher(settings.KEY_RING[0])[0]


def key_id(blob: bytes) -> bytes:
    """Return the id of the key that sealed this."""
    return bytes(blob[len(FORM) : HEAD])


def seal(text: str, *, context: str = "") -> bytes:
    """Return the text sealed under the newest key, for this context only."""
    identity, cipher = _cipher(settings.KEY_RING[0])
    nonce = os.urandom(NONCE)
    head = FORM + identity
    return head + nonce + cipher.encrypt(nonce, text.encode(), head + context.encode())


def unseal(blob: bytes, *, context: str = "") -> str:
    """Return the text inside.

    :raises Unsealable: when no key of the ring opens it, or it was changed or moved.
    """
    blob = bytes(blob)
    ciphers = dict(_cipher(key) for key in settings.KEY_RING)
    cipher = ciphers.get(key_id(blob))
    if cipher is None or not blob.startswith(FORM):
        raise Unsealable("sealed with a key that is not in the ring (KAWAL_SEAL_KEYS)")
    nonce, body = blob[HEAD : HEAD + NONCE], blob[HEAD + NONCE :]
    try:
        return cipher.decrypt(nonce, body, blob[:HEAD] + context.encode()).decode()
    except InvalidTag:
        raise Unsealable("the sealed text was changed, or belongs elsewhere") from None


def reseal(blob: bytes, *, context: str = "") -> bytes:
    """Return the same text under the newest key; the same bytes when it already is."""
    if key_id(blob) == newest_key_id():
        return bytes(blob)
    return seal(unseal(blob, context=context), context=context)


def blind_index(text: str, *, context: str = "") -> bytes:
    """Return 32 bytes that equal those of an equal text and tell nothing else about it.

    The key is read from the database each time: a process that kept it could go on with a
    replaced one, and two equal numbers would then not meet.
    """
    from kawal.identity.models.keys import IndexKey

    key = bytes.fromhex(IndexKey.current())
    return hmac.digest(key, context.encode() + b"\0" + text.encode(), "sha256")
