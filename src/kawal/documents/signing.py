"""The port through which documents are signed, and the keys of this installation behind it.

The local provider seals with Ed25519 for the city as a whole: it proves that a file came from
here unchanged. A person's certified signature (BSrE, PP 71/2019) is another provider.
"""

import contextlib
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kawal.trail.fields import instant

CONTEXT = "kawal.id/document/v1"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A fresh signature: by which provider and key, in whose name."""

    provider: str
    key_id: str
    signer: str
    signature: bytes


class SignatureProvider(Protocol):
    """Who signs, and checks what it signed."""

    name: str

    def sign(self, sha256: str, *, at: datetime) -> Sealed:
        """Sign a document's hash as of a moment."""

    def verify(self, sealed: Sealed, sha256: str, *, at: datetime) -> bool:
        """Tell whether the signature is over that hash and moment, by a key of ours."""

    def knows(self, key_id: str) -> bool:
        """Tell whether the key is, or was, one of ours."""


def message(sha256: str, at: datetime) -> bytes:
    """Return the bytes that are signed: what for, which content, since when."""
    return f"{CONTEXT}\n{sha256}\n{instant(at)}\n".encode()


def key_id(public: Ed25519PublicKey) -> str:
    """Return a key's name: the first half of the hash of its 32 bytes, in hexadecimal."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class LocalKeys:
    """Ed25519 keys below ``KAWAL_HOME/keys/sign``: the newest signs, every one still checks.

    A retired key may be replaced by its public half alone (``<key id>.pub``).
    """

    folder: Path
    signer: str
    name: str = "local"

    def sign(self, sha256: str, *, at: datetime) -> Sealed:
        """Sign with the newest private key; the first use makes one."""
        private = self._private()
        signature = private.sign(message(sha256, at))
        return Sealed(self.name, key_id(private.public_key()), self.signer, signature)

    def verify(self, sealed: Sealed, sha256: str, *, at: datetime) -> bool:
        """Tell whether one of our keys signed this hash as of that moment."""
        public = self._public().get(sealed.key_id)
        if public is None:
            return False
        try:
            public.verify(sealed.signature, message(sha256, at))
        except InvalidSignature:
            return False
        return True

    def knows(self, key_id: str) -> bool:
        """Tell whether the key is, or was, ours."""
        return key_id in self._public()

    def renew(self) -> str:
        """Make a new key, which signs from now on, and return its name."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = len(list(self.folder.glob("*.pem"))) + 1
        private = Ed25519PrivateKey.generate()
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        _write_once(self.folder / f"{number:04d}.pem", pem)
        return key_id(self._private().public_key())

    def _private(self) -> Ed25519PrivateKey:
        found = sorted(self.folder.glob("*.pem"))
        if not found:
            self.renew()
            return self._private()
        return _load(found[-1])

    def _public(self) -> Mapping[str, Ed25519PublicKey]:
        keys = [_load(path).public_key() for path in self.folder.glob("*.pem")]
        keys += [
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(path.read_text().strip()))
            for path in self.folder.glob("*.pub")
        ]
        return {key_id(public): public for public in keys}


def _load(path: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def _write_once(path: Path, content: bytes) -> None:
    """Write a secret, 0600, whole; of two at once the first stays."""
    aside = path.with_suffix(f".{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    with contextlib.suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink()
