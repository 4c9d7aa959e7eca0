"""The demo's own certificate authority, and a certificate for each application with https."""

import os
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kawal.demo.addresses import HOST

LIFE = timedelta(days=90)
LEFT = {"lpse": timedelta(days=9), "wbs": timedelta(days=-2)}  # near its end, and past it
_CA_LIFE = timedelta(days=3650)
_KNOWN = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)


@dataclass(frozen=True, slots=True)
class Files:
    """Where the certificates are: the authority's, to be trusted, and those of applications."""

    authority: Path
    folder: Path

    def of(self, code: str) -> Path:
        """Return the file with an application's certificate and key."""
        return self.folder / f"{code}.pem"


def authority(home: Path) -> Path:
    """Return where the certificate of the demo's authority is, or will be."""
    return home / "demo" / "certificates" / "authority.pem"


def trusted(home: Path) -> Path:
    """Return where the demo's authority stands beside the machine's own, for a prober to trust."""
    return authority(home).with_name("trusted.pem")


def prepare(home: Path, at: datetime) -> Path:
    """Make the authority where there is none; return the file for a prober to trust."""
    path = authority(home)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _make_authority(path, at)
    own = path.read_bytes()
    machines = ssl.get_default_verify_paths()
    known = [Path(name) for name in (machines.cafile, *_KNOWN) if name and Path(name).is_file()]
    _write(trusted(home), own + (known[0].read_bytes() if known else b""))
    return trusted(home)


def make(home: Path, codes: list[str], at: datetime) -> Files:
    """Make the authority where there is none, and every application's certificate anew.

    New ones each time keep the one near its end as near as it was.
    """
    prepare(home, at)
    path = authority(home)
    issuer = x509.load_pem_x509_certificate(path.read_bytes())
    key = serialization.load_pem_private_key(path.with_suffix(".key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    files = Files(path, path.parent)
    for code in codes:
        _make_leaf(files.of(code), code, issuer, key, at)
    return files


def _make_authority(path: Path, at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Otoritas Sertifikat SIMULASI Kawal")
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        _builder(name, name, key.public_key(), at - timedelta(days=30), at + _CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(path.with_suffix(".key"), _private(key))
    _write(path, certificate.public_bytes(serialization.Encoding.PEM))


def _make_leaf(
    path: Path,
    code: str,
    issuer: x509.Certificate,
    issuer_key: ec.EllipticCurvePrivateKey,
    at: datetime,
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    ends = at + LEFT.get(code, LIFE)
    names = x509.SubjectAlternativeName(
        [x509.IPAddress(IPv4Address(HOST)), x509.DNSName("localhost")]
    )
    certificate = (
        _builder(_name(f"{code} (SIMULASI)"), issuer.subject, key.public_key(), ends - LIFE, ends)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .sign(issuer_key, hashes.SHA256())
    )
    _write(path, certificate.public_bytes(serialization.Encoding.PEM) + _private(key))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    begins: datetime,
    ends: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes) -> None:
    """Write a file for its owner alone, whole at every moment."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    draft.rename(path)
