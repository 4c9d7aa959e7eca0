"""Digests of what was enacted: SHA-256 over a canonical text that anybody can write again.

The text is UTF-8, one JSON array a row without spaces, each row ended by a newline; the first row
is the name of the form. Amounts, volumes and rates are texts with the decimals that the database
keeps ("1250000.00", "3.0000", "11.000"), days are "2027-01-02", what is missing is null, texts
stand as they were written. A form never changes: another content gets another name.

``kawal.revision/1``: one ``sheet`` row (year, unit, kind, decree and code of the activity); one
``header`` row (number, places, place in words, first and last month, target group, last year's and
next year's amount, labels, record, source, external id); ``indicator`` rows (kind, measure, target,
unit) as they were written; for each line, by account and fund, a ``line`` row (decree and code of
the account, of the fund, amount), then its ``component`` rows by position: it, group,
note, name, specification, four volumes each with its unit, price, tax, amount.

``kawal.version/1``: one ``version`` row (year, number, kind, stage, instrument with its number and
day, title, digest of the parent), then for each sheet, in the order of its id, a ``sheet`` row
(unit, kind, decree and code of the activity, number, total and digest of the revision).
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

REVISION = "kawal.revision/1"
VERSION = "kawal.version/1"

Row = Sequence[object]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical(form: str, rows: Iterable[Row]) -> str:
    """Return the canonical text of some rows; their values are texts, whole numbers or lists."""
    return "".join([form, "\n", *(f"{_encode(row)}\n" for row in rows)])


def revision_digest(rows: Iterable[Row]) -> str:
    """Return the digest of a revision's rows in 64 hexadecimal digits."""
    return _sha256(canonical(REVISION, rows))


def version_digest(rows: Iterable[Row]) -> str:
    """Return the digest of a version's rows in 64 hexadecimal digits."""
    return _sha256(canonical(VERSION, rows))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
