"""Reads, merges and writes the files of a catalogue."""

from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from kawal.ui.catalogues.compiled import put
from kawal.ui.catalogues.extract import msgids
from kawal.ui.catalogues.places import Place

HEADER = """\
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def read(place: Place) -> Catalog:
    """Return the module's catalogue as it is kept; empty where there is none yet."""
    if not place.po.exists():
        return Catalog(locale="en", charset="utf-8")
    with place.po.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def merged(place: Place) -> bytes:
    """Return the file as it should be: today's msgids, with the English known so far.

    No dates, no line numbers, sorted: the same words give the same bytes. Empty without msgids.
    """
    catalog, known = msgids(place), read(place)
    for message in catalog:
        before = known.get(message.id, message.context) if message.id else None
        if before is not None and before.pluralizable == message.pluralizable:
            message.string = before.string
    if not len(catalog):
        return b""
    body = BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER.encode() + body.getvalue().strip() + b"\n"


def update(place: Place) -> int:
    """Write the module's file anew; return how many msgids still lack their English."""
    content = merged(place)
    if not content:
        place.po.unlink(missing_ok=True)
        return 0
    place.po.parent.mkdir(parents=True, exist_ok=True)
    if not place.po.exists() or place.po.read_bytes() != content:
        put(place.po, content)
    return len(untranslated(read(place)))


def untranslated(catalog: Catalog) -> list[str]:
    """Return the msgids without English."""
    lacking = []
    for message in catalog:
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(texts):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking
