"""The budget's grants against the matrix of PP 12/2019, written here as the law draws it."""

from kawal.config.reference.desks import COLUMNS, matrix, page

# PP 12/2019 Ps 4-23, Permendagri 77/2020 Bab I. Rows: paper; cells in the order of COLUMNS; A is
# to sign, approve or ratify, and who may do any of it reads as well. "–" does not even read.
LAW = {
    "RKA": "C R R A A – R V V R R R",
    "DPA": "R R R A R R A R V R R A",
    "RAK": "C R R A – R A – – R – R",
    "SPD": "R R R R R C A – – R – R",
}
# Where the product goes another way, and why.
DEPARTURES = {
    ("RKA", "Bappeda"): ("R", "verifies as a member of the TAPD, one desk for one paper"),
    ("DPA", "PPTK"): ("RC", "somebody drafts what the PA signs: who drafted the RKA"),
    ("RAK", "KPA"): ("R", "the head of a unit reads the plan of the money that he spends"),
    ("RAK", "Wali kota/Sekda"): (
        "RA",
        "Permendagri 77/2020: the Sekda validates between PA and BUD",
    ),
}


def law(paper: str, column: str) -> str:
    letter = dict(zip(COLUMNS, LAW[paper].split(), strict=True))[column]
    return {"–": "", "R": "R"}.get(letter, f"R{letter}")


def test_every_cell_is_the_law_s_or_a_departure_with_its_reason():
    found = matrix()
    cells = {(paper, column): found[paper][column] for paper in LAW for column in COLUMNS}
    other = {cell: held for cell, held in cells.items() if held != law(*cell)}
    assert other == {cell: held for cell, (held, _why) in DEPARTURES.items()}


def test_nobody_drafts_and_decides_one_paper_from_one_post():
    for paper, cells in matrix().items():
        assert not [column for column, held in cells.items() if {"C", "A"} <= set(held)], paper


def test_the_page_shows_every_column_and_paper():
    lines = page().splitlines()
    head = next(line for line in lines if "PPTK" in line and line.startswith("|"))
    assert head.count("|") == len(COLUMNS) + 2
    assert "| SPD | R | R | R | R | R | RC | RA | – | – | R | – | R |" in lines
