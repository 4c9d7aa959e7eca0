"""Words, dates and spans that become text only where they are shown, in the reader's language."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import lazy
from django.utils.translation import gettext

from kawal.monitoring.codes import words
from kawal.ui import formats


def _reason(code: int) -> str:
    return gettext(words(code)) % {"status": code}


def _phrase(text: str, about: date | None) -> str:
    return gettext(text) % {"day": formats.tanggal(about)}


def _filled(text: str, values: Mapping[str, object]) -> str:
    return gettext(text) % values


reason = lazy(_reason, str)
filled = lazy(_filled, str)
phrase = lazy(_phrase, str)
word = lazy(gettext, str)
day = lazy(formats.tanggal, str)
span = lazy(formats.durasi, str)
number = lazy(formats.angka, str)
