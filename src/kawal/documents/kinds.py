"""The public events of documents, and the files' places in this installation."""

from django.conf import settings

from kawal.documents.signing import LocalKeys
from kawal.documents.storage import Files
from kawal.kernel.words import N_
from kawal.trail.registry import Code, Day, Digest, Kind, Text, register

_CODE = r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}"

ISSUED = Kind(
    "document.issued",
    label=N_("Dokumen diterbitkan"),
    about="code",
    fields={
        "code": Code(_CODE),
        "kind": Code(r"[a-z_.]{3,60}"),
        "title": Text(200),
        "number": Text(120, optional=True),
        "on": Day(),
        "sha256": Digest(),
    },
    words={
        "code": N_("Kode pemeriksaan"),
        "kind": N_("Jenis dokumen"),
        "title": N_("Judul"),
        "number": N_("Nomor"),
        "on": N_("Tanggal"),
        "sha256": "SHA-256",
    },
)
WITHDRAWN = Kind(
    "document.withdrawn",
    label=N_("Dokumen ditarik"),
    about="code",
    fields={"code": Code(_CODE), "reason": Text(200)},
    words={"code": N_("Kode pemeriksaan"), "reason": N_("Alasan")},
)


def register_kinds() -> None:
    """Make them known to the trail."""
    register(ISSUED, WITHDRAWN)


def files() -> Files:
    """Return where kept files stand."""
    return Files(settings.HOME / "files")


def provider() -> LocalKeys:
    """Return who signs here."""
    return LocalKeys(settings.HOME / "keys" / "sign", signer=settings.BASE_URL)
