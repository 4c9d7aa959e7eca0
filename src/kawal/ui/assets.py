"""Addresses of style sheets, scripts and fonts, each with the hash of its content."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static as plain


@cache
def static(name: str) -> str:
    """Return the address of a static file; it changes when the content does.

    A vendored file has its version in its folder's name, and keeps the plain address: style sheets
    name it too, and a font must not be fetched twice.

    :raises FileNotFoundError: when there is no such file, so a wrong name never reaches a page.
    """
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(f"{name} is in no static folder ({settings.STATIC_URL}{name})")
    if "/vendor/" in name:
        return plain(name)
    digest = hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]
    return f"{plain(name)}?v={digest}"
