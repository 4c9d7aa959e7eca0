"""How long the search of codes takes over the whole published list of accounts.

Needs the list: ``KAWAL_TEST_DATA`` names the folder that holds ``kodefikasi/rekening_lengkap.csv``.
"""

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from bench.trail import opened

WORDS = (
    "alat tulis",
    "perjalanan dinas",
    "belanja",
    "modal tanah",
    "kant",
    "5.1.02",
    "5.1.02.01.01.0024",
    "1",
)
ROUNDS = 40
ON = date(2026, 1, 1)


def main() -> int:
    """Import the list, search again and again, print milliseconds for each search."""
    data = os.environ.get("KAWAL_TEST_DATA", "")
    path = Path(data) / "kodefikasi" / "rekening_lengkap.csv"
    if not data or not path.exists():
        print("KAWAL_TEST_DATA names no folder with kodefikasi/rekening_lengkap.csv")
        return 1
    with opened(), tempfile.TemporaryDirectory() as folder:
        _import(path, Path(folder))
        for words in WORDS:
            found, took = _search(words)
            middle, last = took[len(took) // 2], took[int(len(took) * 0.95)]
            print(f"{words:20} {found:3} found  p50 {middle:6.1f} ms  p95 {last:6.1f} ms")
    return 0


def _import(path: Path, folder: Path) -> None:
    from kawal.kernel.importing import Options, run
    from kawal.nomenclature.imports.accounts import AccountsImport

    summary = run(AccountsImport(), path, Options(rejects=folder / "rejects.csv"))
    print(f"{summary.new} accounts imported")


def _search(words: str) -> tuple[int, list[float]]:
    from kawal.nomenclature import queries
    from kawal.nomenclature.facts import CodeKind

    took = []
    found: list[object] = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        found = list(queries.search(CodeKind.ACCOUNT, words, ON))
        took.append((time.perf_counter() - began) * 1000)
    return len(found), sorted(took)


if __name__ == "__main__":
    sys.exit(main())
