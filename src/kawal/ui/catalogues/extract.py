"""Reads the msgids out of Python files and templates."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from kawal.ui.catalogues.places import Place

KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
JINJA = {
    "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}


def _found(method: str, path: Path, options: dict[str, str]) -> Iterator[tuple[Any, str | None]]:
    source = BytesIO(path.read_bytes())
    for _line, msgid, _comments, context in extract(method, source, KEYWORDS, options=options):
        yield msgid, context


def msgids(place: Place) -> Catalog:
    """Return a module's msgids, without translations.

    :raises jinja2.TemplateSyntaxError: when a template cannot be read.
    """
    catalog = Catalog(locale="en", charset="utf-8")
    for path in place.sources():
        for msgid, context in _found("python", path, {}):
            catalog.add(msgid, context=context)
    for path in place.templates():
        for msgid, context in _found("jinja2.ext:babel_extract", path, JINJA):
            catalog.add(msgid, context=context)
    return catalog
