"""What a file is by its content, what it may be called, and why it is refused. Pure."""

import re
import unicodedata
import zipfile
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath

from kawal.documents.facts import SUFFIXES, MediaType
from kawal.documents.registry import Kind
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

SNIFFED = 4096
LONGEST_NAME = 120
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = re.compile(rf"[{ALPHABET}]{{4}}(?:-[{ALPHABET}]{{4}}){{2}}")
_MAGIC = (
    (MediaType.PDF, re.compile(rb"%PDF-[12]\.\d")),
    (MediaType.PNG, re.compile(rb"\x89PNG\r\n\x1a\n")),
    (MediaType.JPEG, re.compile(rb"\xff\xd8\xff")),
    (MediaType.WEBP, re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
)


def sniff(head: bytes, whole: bytes | None = None) -> MediaType | None:
    """Return what content is by its first bytes; ``None`` for all that we do not keep.

    ``whole`` is only looked into where the head says "some kind of ZIP".
    """
    for media_type, magic in _MAGIC:
        if magic.match(head):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return MediaType.XLSX if whole is not None and _is_workbook(whole) else None
    return MediaType.TEXT if _is_text(head) else None


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    active = any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for name in names)
    return {"[Content_Types].xml", "xl/workbook.xml"} <= names and not active


def _is_text(head: bytes) -> bool:
    """UTF-8 without controls, and nothing that a browser would take for a page or a picture."""
    cut = head[: max(len(head) - 3, 1)] if len(head) >= SNIFFED else head
    try:
        text = cut.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(head) < SNIFFED or error.start < len(cut) - 3:
            return False
        text = cut[: error.start].decode("utf-8-sig")
    if any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in text):
        return False
    return bool(text) and not text.lstrip().startswith("<")


def clean_name(name: str, media_type: MediaType) -> str:
    """Return a file's name fit to be shown and saved: no path, no tricks, its true suffix."""
    bare = PurePosixPath(PureWindowsPath(name).name).name
    folded = unicodedata.normalize("NFC", bare)
    kept = "".join(c if unicodedata.category(c)[0] not in "C" else " " for c in folded)
    stem = re.sub(r'[<>:"|?*/\\]', " ", kept.rsplit(".", 1)[0] if "." in kept else kept)
    stem = " ".join(stem.split()).strip(". ")[: LONGEST_NAME - 5].strip(". ")
    return f"{stem or 'berkas'}{SUFFIXES[media_type]}"


def refusals(kind: Kind, *, size: int, media_type: MediaType | None) -> list[Reason]:
    """Return every reason not to keep a file; ``size`` in bytes, as far as it was read."""
    found = []
    if size == 0:
        found.append(Reason("documents.empty", N_("Berkas kosong."), at="file"))
    if size > kind.limit:
        text = N_("Berkas lebih besar dari %(limit)s MB.")
        limit = kind.limit // (1024 * 1024)
        found.append(Reason("documents.size", text, at="file", values={"limit": limit}))
    elif size and media_type not in kind.media_types:
        allowed = ", ".join(sorted(SUFFIXES[one][1:].upper() for one in kind.media_types))
        text = N_("Isi berkas bukan salah satu dari: %(allowed)s.")
        mend = N_("Yang dilihat adalah isinya, bukan namanya.")
        values = {"allowed": allowed}
        found.append(Reason("documents.type", text, at="file", mend=mend, values=values))
    return found


def code_of(random: bytes) -> str:
    """Return a code of 60 bits, twelve letters in three groups, from 8 random bytes."""
    number = int.from_bytes(random[:8], "big")
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in range(12))
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


def typed_code(text: str) -> str:
    """Return a code as somebody typed it, mended: case, groups, and letters taken for digits."""
    bare = re.sub(r"[\s\-–]", "", text).upper().translate(str.maketrans("OIL", "011"))
    return "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))
