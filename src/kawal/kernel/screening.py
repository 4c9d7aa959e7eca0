"""What may never stand in a public text: NIK, NIP, NPWP, telephones, bank accounts, e-mail.

The one place that knows it. Whoever publishes free text either refuses it (``reasons``) or hides
the number (``redact``). Broad on purpose: a false alarm costs a reword, a miss breaks UU 27/2022.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

HIDDEN = "[disembunyikan]"

_PROVINCES = frozenset(
    number
    for first, last in ((11, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for number in range(first, last + 1)
)
FEWEST_DIGITS = 6  # no personal number is shorter, so most texts are judged at once
_DIGIT = re.compile(r"\d")
_AMOUNT = re.compile(r"(?i)(?:\brp|\bidr)\.?\s*$")
_BUDGET_CODE = re.compile(r"[1-9](?:\.\d{1,2}){2,}(?:\.\d{4})?\s*")


def _is_nik(digits: str) -> bool:
    """Province, regency, district, day (women + 40), month, year, serial."""
    day = int(digits[6:8]) % 40
    return (
        int(digits[:2]) in _PROVINCES
        and digits[2:4] != "00"
        and digits[4:6] != "00"
        and 1 <= day <= 31
        and 1 <= int(digits[8:10]) <= 12
        and digits[12:] != "0000"
    )


def _is_nip(digits: str) -> bool:
    """Date of birth, month of appointment, sex, serial."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        date(int(digits[8:12]), int(digits[12:14]), 1)
    except ValueError:
        return False
    return digits[14] in "12" and digits[:2] in {"19", "20"} and digits[8:10] in {"19", "20"}


def _digits(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found[0])


def _long_run(found: re.Match[str]) -> bool:
    """Ten digits and more in one piece, but for an amount of money below 10^15."""
    return len(found[0]) > 15 or not _AMOUNT.search(found.string, 0, found.start())


def _named_number(found: re.Match[str]) -> bool:
    return len(_digits(found)) >= 6 and not _BUDGET_CODE.fullmatch(found["number"])


_GAP = r"[ .\-]?"
_RULES: list[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]]] = [
    ("nik", re.compile(r"(?<!\d)\d{16}(?!\d)"), lambda _: True),
    ("nip", re.compile(r"(?<!\d)\d{18}(?!\d)"), lambda _: True),
    ("nik", re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{15}}(?!\d)"), lambda m: _is_nik(_digits(m))),
    ("nip", re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{17}}(?!\d)"), lambda m: _is_nip(_digits(m))),
    ("npwp", re.compile(r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)"), lambda _: True),
    (
        "phone",
        re.compile(rf"(?<![\d.,/\-])(?:\+?62{_GAP}|0)8\d{{1,2}}(?:{_GAP}\d){{5,10}}(?!\d)"),
        lambda _: True,
    ),
    (
        "phone",
        re.compile(r"(?<![\d.,/\-])(?:\(0[2-9]\d{1,2}\) ?|0[2-9]\d{1,2}[ \-])\d{5,8}(?!\d)"),
        lambda _: True,
    ),
    ("account", re.compile(r"(?<!\d)\d{4}-\d{2}-\d{6}-\d{2}-\d(?!\d)"), lambda _: True),
    ("account", re.compile(r"(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)"), lambda _: True),
    ("account", re.compile(r"(?<!\d)\d{3}\.\d{2}\.\d{2}\.\d{6}-\d(?!\d)"), lambda _: True),
    ("account", re.compile(r"\d{10,}"), _long_run),
    (
        "account",
        re.compile(
            r"(?i)\b(?:rek(?:ening)?|nik|ktp|kk|npwp|nip|hp|wa|whatsapp|telp(?:on)?|telepon|ponsel)\b"
            r"[\s.:#=]*(?:no(?:mor)?\b[\s.:#=]*)?(?P<number>\d(?:[ .\-]?\d)+)"
        ),
        _named_number,
    ),
    ("e-mail", re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"), lambda _: True),
]

_TEXTS = {
    "nik": N_("Teks memuat NIK (16 angka); NIK tidak boleh diumumkan."),
    "nip": N_("Teks memuat NIP (18 angka); nama dan jabatan boleh, NIP tidak."),
    "npwp": N_("Teks memuat NPWP; NPWP tidak boleh diumumkan."),
    "phone": N_("Teks memuat nomor telepon; nomor telepon tidak boleh diumumkan."),
    "account": N_("Teks memuat nomor yang tampak seperti nomor rekening atau nomor pribadi."),
    "e-mail": N_("Teks memuat alamat surel; alamat surel tidak boleh diumumkan."),
}
_MEND = N_("Hapus nomor atau alamat itu dari teks.")


def plain(text: str) -> str:
    """Return the text as it is judged: other forms of digits folded, invisible signs gone."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", text)
    return "".join(_fold(letter) for letter in folded if unicodedata.category(letter) != "Cf")


def _fold(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    return {"Pd": "-", "Zs": " "}.get(kind, letter)


def _finds(text: str) -> Iterator[tuple[str, int, int]]:
    for code, pattern, is_one in _RULES:
        for found in pattern.finditer(text):
            if is_one(found):
                yield code, found.start(), found.end()


def reasons(text: str, *, at: str = "") -> list[Reason]:
    """Return why the text may not be published, once per kind of number; empty when it may."""
    judged = plain(text)
    if "@" not in judged and len(_DIGIT.findall(judged)) < FEWEST_DIGITS:
        return []
    named: dict[str, None] = {}
    taken: list[tuple[int, int]] = []
    for code, start, end in _finds(judged):
        if not any(start < b and a < end for a, b in taken):  # the narrowest rule names it
            named[code] = None
        taken.append((start, end))
    return [Reason(f"personal.{code}", _TEXTS[code], at=at, mend=_MEND) for code in named]


def redact(text: str) -> str:
    """Return the text with each such number replaced; the text itself when there is none."""
    judged = plain(text)
    spans = sorted((start, end) for _, start, end in _finds(judged))
    if not spans:
        return text
    pieces, here = [], 0
    for start, end in spans:
        if start >= here:
            pieces += [judged[here:start], HIDDEN]
        here = max(here, end)
    return "".join([*pieces, judged[here:]])
