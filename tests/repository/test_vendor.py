"""What we took from the shop is here, unchanged, with its licence."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import vendor


def test_the_vendored_files_are_those_that_were_fetched():
    assert vendor.faults() == []


def test_a_changed_or_foreign_file_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = vendor.Package("shop/toy", "1.0", ("toy.js", "LICENSE"))
    monkeypatch.setattr(vendor, "VENDOR", tmp_path)
    monkeypatch.setattr(vendor, "HASHES", tmp_path / "SHA256SUMS")
    monkeypatch.setattr(vendor, "PACKAGES", (package,))
    folder = tmp_path / "toy-1.0"
    folder.mkdir()
    (folder / "toy.js").write_text("play()")
    (folder / "LICENSE").write_text("free")
    vendor.HASHES.write_text(vendor.sums())
    assert vendor.faults() == []

    (folder / "toy.js").write_text("steal()")
    assert vendor.faults() == ["the files differ from SHA256SUMS"]
    (folder / "extra.js").write_text("")
    assert "not in the list: toy-1.0/extra.js" in vendor.faults()


def test_every_vendored_folder_has_its_licence():
    for package in vendor.PACKAGES:
        assert (vendor.VENDOR / package.folder / "LICENSE").read_text().strip()
