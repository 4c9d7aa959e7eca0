"""Makes the compiled catalogues that the running product reads, where they are old."""

import os
import tempfile
from io import BytesIO
from pathlib import Path

from kawal.ui.catalogues.places import Place, modules


def compile_all() -> int:
    """Make each compiled file that is missing or older than its source; return how many.

    Several processes may do so at once: each writes beside and puts its file in place whole.
    A folder that may not be written keeps what it has.
    """
    return sum(_compile(place) for place in modules() if _is_stale(place))


def _is_stale(place: Place) -> bool:
    if not place.po.exists():
        return False
    return not place.mo.exists() or place.mo.stat().st_mtime < place.po.stat().st_mtime


def _compile(place: Place) -> bool:
    if not os.access(place.mo.parent, os.W_OK):
        return False
    # Only here: a start with everything compiled need not load Babel.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    body = BytesIO()
    with place.po.open("rb") as file:
        write_mo(body, read_po(file, locale="en", charset="utf-8"))
    put(place.mo, body.getvalue())
    return True


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(path)
