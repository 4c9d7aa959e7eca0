"""Words, dates and spans that become text only where they are shown, in the reader's language."""

from django.utils.functional import lazy
from django.utils.translation import gettext

from kawal.monitoring.codes import words
from kawal.ui import formats


def _reason(code: int) -> str:
    return gettext(words(code)) % {"status": code}


reason = lazy(_reason, str)
word = lazy(gettext, str)
day = lazy(formats.tanggal, str)
span = lazy(formats.durasi, str)
