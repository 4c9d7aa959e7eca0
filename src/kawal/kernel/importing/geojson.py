"""GeoJSON (RFC 7946) as a source: features one at a time, whatever the size of the file."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from kawal.kernel.importing.encodings import find_encoding
from kawal.kernel.importing.problems import FileProblem, problem
from kawal.kernel.importing.sources import RawRow
from kawal.kernel.words import N_

STEP = 256 * 1024
LARGEST = 64 * 1024**2
SPACE = re.compile(r"[ \t\r\n]*")


class GeoJsonSource:
    """A FeatureCollection: each feature is a row, its properties the cells."""

    kind = "geojson"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding = find_encoding(path)
        self.notes: tuple[str, ...] = ()
        self.width = 0
        self._size, self._at = path.stat().st_size, 0

    def progress(self) -> tuple[int, int]:
        """Return the bytes read and the bytes there are."""
        return self._at, self._size

    def rows(self) -> Iterator[RawRow]:
        """Yield each feature with its number, from 1.

        :raises FileProblem: when the file is no FeatureCollection, or ends too early.
        """
        with (
            self.path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding=self.encoding) as file,
        ):
            text = _Text(file)
            for number, feature in enumerate(_features(text), start=1):
                self._at = min(self._size, raw.tell())
                yield _row(number, feature)
        self._at = self._size


class _Text:
    """The part of the file that is being read: grows while a value is not complete."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.buffer, self.place, self.ended = file, "", 0, False
        self.decoder = json.JSONDecoder()

    def peek(self) -> str:
        """Return the next character that is no space, empty at the end."""
        while True:
            match = SPACE.match(self.buffer, self.place)
            self.place = match.end() if match else self.place
            if self.place < len(self.buffer):
                return self.buffer[self.place]
            if not self.more(STEP):
                return ""

    def take(self, expected: str) -> None:
        """Go past a character that must be there."""
        if self.peek() != expected:
            raise _cut() if not self.peek() else _not_geojson()
        self.place += 1

    def value(self) -> Any:
        """Return the next JSON value, whole."""
        self.peek()
        step = STEP
        while True:
            try:
                value, end = self.decoder.raw_decode(self.buffer, self.place)
            except ValueError:
                if not self.more(step):
                    raise _cut() from None
                step *= 2
            except RecursionError:
                raise _not_geojson() from None
            else:
                if end < len(self.buffer) or not self.more(STEP):
                    self.place = end
                    return value

    def more(self, step: int) -> bool:
        """Read on; tell whether there was more."""
        rest = self.buffer[self.place :]
        if len(rest) > LARGEST:
            raise problem(
                "feature_too_large",
                N_("Satu fitur lebih besar dari %(most)s huruf."),
                mend=N_("Sederhanakan geometrinya."),
                most=LARGEST,
            )
        chunk = "" if self.ended else self.file.read(step)
        self.ended = not chunk
        self.buffer, self.place = rest + chunk, 0
        return bool(chunk)


def _features(text: _Text) -> Iterator[Any]:
    text.take("{")
    found = False
    for name in _members(text, "}", with_names=True):
        if name != "features":
            text.value()
            continue
        found = True
        text.take("[")
        for _ in _members(text, "]", with_names=False):
            yield text.value()
    if text.peek():
        raise _not_geojson()
    if not found:
        raise _not_geojson()


def _members(text: _Text, end: str, *, with_names: bool) -> Iterator[str]:
    """Stop before each member of an object or array; the caller takes its value."""
    if text.peek() == end:
        text.take(end)
        return
    while True:
        name = ""
        if with_names:
            name = text.value()
            text.take(":")
        yield name
        if text.peek() == end:
            text.take(end)
            return
        text.take(",")


def _row(number: int, feature: Any) -> RawRow:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    geometry = feature.get("geometry") if isinstance(feature, Mapping) else None
    if not isinstance(properties, Mapping):
        properties = {}
    cells = {str(key): _cell(value) for key, value in properties.items()}
    if isinstance(feature, Mapping) and "id" in feature and "id" not in cells:
        cells["id"] = _cell(feature["id"])
    cells = cells or {"id": ""}
    shape = geometry if isinstance(geometry, Mapping) else None
    return RawRow(number, tuple(cells.values()), tuple(cells), shape)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cut() -> FileProblem:
    return problem(
        "geojson_cut",
        N_("GeoJSON ini terpotong atau rusak sebelum akhirnya."),
        mend=N_("Unduh atau salin ulang berkasnya; tidak ada yang disimpan."),
    )


def _not_geojson() -> FileProblem:
    return problem(
        "not_geojson",
        N_("Berkas ini bukan FeatureCollection GeoJSON (RFC 7946)."),
        mend=N_("Ekspor ulang sebagai GeoJSON dengan koordinat WGS 84."),
    )
