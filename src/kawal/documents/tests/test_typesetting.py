"""A long paper is made in a process of its own: the same bytes, and the memory comes back."""

import os
from pathlib import Path

import pytest

from kawal.documents import pdf, typesetting

PROOF = {"code": "X", "address": "https://x", "qr": pdf.qr("https://x"), "words": "w"}
MEGABYTE = 1024 * 1024


def paper(rows: int, title: str = "Rincian") -> dict[str, object]:
    """Return a statement with a table of so many rows."""
    table = {"columns": ["No", "Uraian"], "rows": [[str(n), f"{title} {n}"] for n in range(rows)]}
    return {"title": title, "government": "Kota Contoh", "proof": PROOF, "table": table}


def resident() -> int:
    """Return the bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_both_ways_make_the_same_bytes(monkeypatch):
    here = pdf.render("documents/statement", paper(20))
    monkeypatch.setattr(typesetting, "LONG", 1)
    assert pdf.render("documents/statement", paper(20)) == here
    assert here.startswith(b"%PDF-")


def test_long_papers_leave_no_memory_behind(monkeypatch):
    monkeypatch.setattr(typesetting, "LONG", 8 * 1024)
    pdf.render("documents/statement", paper(400))
    before = resident()
    for turn in range(3):
        pdf.render("documents/statement", paper(400, f"Rincian {turn}"))
    assert resident() - before < 8 * MEGABYTE


def test_what_fails_in_the_other_process_says_why(monkeypatch):
    monkeypatch.setattr(typesetting, "LONG", 1)
    with pytest.raises(typesetting.Untypeset, match="title"):
        pdf.render("documents/statement", {"government": "Kota Contoh"})


def test_one_that_does_not_end_is_given_up(monkeypatch):
    monkeypatch.setattr(typesetting, "LONG", 1)
    monkeypatch.setattr(typesetting, "PATIENCE", 0.01)
    with pytest.raises(typesetting.Untypeset, match="not done in"):
        pdf.render("documents/statement", paper(20))
