"""The repository's documents keep their own promises."""

from pathlib import Path

DECISIONS = sorted(Path("docs/decisions").glob("*.md"))


def test_decisions_are_numbered_without_a_gap_and_short():
    assert [path.name[:4] for path in DECISIONS] == [
        f"{number:04d}" for number in range(1, len(DECISIONS) + 1)
    ]
    assert {path.name for path in DECISIONS if len(path.read_text().splitlines()) > 40} == set()


def test_every_unit_names_the_program_where_the_how_to_puts_it():
    for unit in Path("docs/how-to/systemd").glob("*.service"):
        assert "/opt/kawal/.venv/bin/kawal" in unit.read_text(), unit
