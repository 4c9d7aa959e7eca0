"""A small path into a JSON answer, ``data.items[0].status``, and what must stand there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring.codes import Code
from kawal.monitoring.feeds.schema import wrong

_STEP = re.compile(r"\.?([A-Za-z_][\w-]*)|\[(\d{1,6})\]")


def _contains(found: Any, wanted: Any) -> bool:
    return isinstance(found, str | list) and wanted in found


COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "equals": lambda found, wanted: bool(found == wanted),
    "differs": lambda found, wanted: bool(found != wanted),
    "above": lambda found, wanted: _number(found) > wanted,
    "below": lambda found, wanted: _number(found) < wanted,
    "contains": _contains,
    "exists": lambda found, wanted: True,
}


@dataclass(frozen=True, slots=True)
class Test:
    """A path, a comparison and the value to compare with."""

    __test__ = False
    path: tuple[str | int, ...]
    compare: str
    value: Any


def steps(path: str) -> tuple[str | int, ...]:
    """Return a path taken apart.

    :raises ValueError: when it is none.
    """
    found: list[str | int] = []
    place = 0
    while place < len(path):
        step = _STEP.match(path, place)
        if step is None:
            raise ValueError(path)
        found.append(step[1] if step[1] is not None else int(step[2]))
        place = step.end()
    if not found:
        raise ValueError(path)
    return tuple(found)


def reason(name: str, value: Any) -> Reason | None:
    """Return why a test is not sound, if it is not."""
    try:
        test = read(value)
    except (ValueError, TypeError, KeyError, AttributeError):
        return wrong(
            name,
            N_("%(name)s harus memuat path, compare (%(options)s) dan value"),
            options=", ".join(COMPARE),
        )
    if test.compare in {"above", "below"} and not _is_number(test.value):
        return wrong(name, N_("value harus angka untuk above dan below"))
    return None


def read(value: Mapping[str, Any]) -> Test:
    """Return a test read from a spec.

    :raises ValueError: when it is not sound (KeyError and kin too).
    """
    if set(value) - {"path", "compare", "value"}:
        raise ValueError(value)
    compare = value.get("compare", "equals")
    if compare not in COMPARE or (compare != "exists" and "value" not in value):
        raise ValueError(compare)
    return Test(steps(value["path"]), compare, value.get("value"))


def fault(test: Test, body: bytes) -> tuple[int, str]:
    """Return the code of what is wrong with a body and its detail; (0, "") when it holds."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return Code.JSON_MALFORMED, ""
    try:
        for step in test.path:
            found = _inside(found, step)
    except (KeyError, IndexError):
        return Code.JSON_MISSING, _words(test.path)
    if not COMPARE[test.compare](found, test.value):
        return Code.JSON_DIFFERS, f"{_words(test.path)} = {found!r}"[:200]
    return 0, ""


def _inside(found: Any, step: str | int) -> Any:
    if isinstance(step, str) and isinstance(found, dict):
        return found[step]
    if isinstance(step, int) and isinstance(found, list):
        return found[step]
    raise KeyError(step)


def _words(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path).lstrip(".")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Any) -> float:
    return float(value) if _is_number(value) else float("nan")
