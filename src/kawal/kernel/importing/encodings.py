"""In which encoding a text file is written: found out, never guessed over a contradiction."""

import codecs
from pathlib import Path

from kawal.kernel.importing.problems import FileProblem, problem
from kawal.kernel.words import N_

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHUNK = 1024 * 1024
CONTROL = bytes(set(range(32)) - {0, 9, 10, 11, 12, 13, 26})
NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"


def find_encoding(path: Path, wanted: str = "") -> str:
    """Return the encoding of a text file: as wanted, by its mark, UTF-8, or Windows-1252.

    The whole file is read once, in pieces. What is neither valid UTF-8 nor plainly Windows-1252
    is refused with the place of the first byte that does not fit.

    :raises FileProblem: when no encoding fits.
    """
    if wanted:
        return _checked(path, _known(wanted))
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, encoding in BOMS:
        if start.startswith(mark):
            return _checked(path, encoding)
    if wide := _without_mark(start):
        return _checked(path, wide)
    return _utf8_or_windows(path)


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise problem(
            "unknown_encoding",
            N_("Penyandian “%(name)s” tidak dikenal."),
            mend=N_("Pakailah utf-8, utf-16, atau cp1252."),
            name=name,
        ) from None


def _without_mark(start: bytes) -> str:
    """Return UTF-16's byte order when every other byte is zero, as ASCII in UTF-16 is."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half and odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if half and even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _checked(path: Path, encoding: str) -> str:
    if where := _first_misfit(path, encoding):
        raise _wrong(encoding, *where)
    return encoding


def _first_misfit(path: Path, encoding: str) -> tuple[int, int, int] | None:
    """Return line, byte offset and byte of the first thing that does not decode."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done, line = 0, 1
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            pending = len(decoder.getstate()[0])
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                before = error.object[: error.start]
                offset = done - pending + error.start
                return line + before.count(b"\n"), offset, error.object[error.start]
            done += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line, done - len(error.object) + error.start, error.object[error.start]
    return None


def _utf8_or_windows(path: Path) -> str:
    where = _first_misfit(path, "utf-8")
    if where is None:
        return "utf-8"
    if _is_windows(path):
        return "cp1252"
    raise _wrong("utf-8", *where)


def _is_windows(path: Path) -> bool:
    """Tell whether it is plainly Windows-1252: no control bytes, and no sequence that is UTF-8."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if chunk.translate(None, CONTROL + NOT_CP1252) != chunk:
                return False
            if not chunk.decode("utf-8", "ignore").isascii():
                return False
    return True


def _wrong(encoding: str, line: int, offset: int, byte: int) -> FileProblem:
    return problem(
        "wrong_encoding",
        N_(
            "Berkas ini bukan %(encoding)s yang utuh: byte 0x%(byte)s di baris %(line)s "
            "(byte ke-%(offset)s)."
        ),
        mend=N_("Simpan ulang sebagai CSV UTF-8, atau sebutkan penyandiannya dengan --encoding."),
        encoding=encoding,
        byte=f"{byte:02x}",
        line=line,
        offset=offset,
    )
