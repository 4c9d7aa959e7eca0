"""The child that reads one sheet and prints its rows as JSON lines, within hard limits."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

FAILED, NO_SUCH_SHEET = "failed", "no_such_sheet"
MEMORY = 1536 * 1024**2
SECONDS = 300


def limit() -> None:
    """Bound this process's memory and processor time, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a system that does not bound this
            continue


def messages(path: str, sheet: str) -> Iterator[dict[str, object]]:
    """Yield how many rows there are, each row, and the end; or what is wrong."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        if sheet and sheet not in book.sheet_names:
            names = ", ".join(book.sheet_names)
            yield {"error": NO_SUCH_SHEET, "sheet": sheet, "sheets": names}
            return
        page = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
    except Exception as error:
        yield {"error": FAILED, "why": str(error)[:200]}
        return
    yield {"rows": page.height}
    first = page.start[0] + 1 if page.start else 1
    for line, row in enumerate(page.iter_rows(), start=first):
        cells = [written(value) for value in row]
        if any(cells):
            yield {"line": line, "cells": cells}
    yield {"done": True}


def written(value: Any) -> str:
    """Return a cell as one would type it: whole numbers without a point, dates as ISO."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else str(value).strip()


def main() -> None:
    """Read the sheet named on the command line."""
    limit()
    path, sheet = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    for message in messages(path, sheet):
        sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
