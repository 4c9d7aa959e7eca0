"""The canonical text of what was enacted: these digests never change, whatever the code does."""

import hashlib

from kawal.budget.rules import digests

ROWS = [
    ("sheet", 2027, 7, "spending", "kepmen", "1.01.02.2.01.0001"),
    ("header", 1, ["12.75.01"], "Binjai", 1, 12, "Siswa", "0.00", "0.00", [], "here", "", ""),
    ("indicator", "output", "Ruang kelas", "3.0000", "Ruang"),
    ("line", "kepmen", "5.1.02.01.01.0024", "kepmen", "1.1.01", "8879.91"),
    ("component", 1, "", "", 'Kertas "A4" – 80 g', "", "3.0000", "Rim", None, "", "2959.97"),
]


def test_the_text_is_one_array_a_row_in_utf_8() -> None:
    lines = digests.canonical(digests.REVISION, ROWS).splitlines()
    assert lines[0] == "kawal.revision/1"
    assert lines[1] == '["sheet",2027,7,"spending","kepmen","1.01.02.2.01.0001"]'
    assert lines[5] == (
        '["component",1,"","","Kertas \\"A4\\" – 80 g","","3.0000","Rim",null,"","2959.97"]'
    )
    assert len(lines) == 6


def test_a_digest_is_the_sha_256_of_the_text() -> None:
    text = digests.canonical(digests.REVISION, ROWS).encode()
    assert digests.revision_digest(ROWS) == hashlib.sha256(text).hexdigest()
    assert digests.revision_digest(ROWS) == (
        "777ec3ad5edc9b4e897f4aa47a07fd889c82c0aafd3a9406861f7280a225300a"
    )


def test_a_sen_or_a_letter_makes_another_digest() -> None:
    whole = digests.revision_digest(ROWS)
    for place, value in ((3, ("indicator", "output", "Ruang Kelas", "3.0000", "Ruang")),):
        assert digests.revision_digest([*ROWS[:place], value, *ROWS[place + 1 :]]) != whole
    assert digests.revision_digest(ROWS[:-1]) != whole
    assert digests.revision_digest([*ROWS[:-1], (*ROWS[-1][:-1], "2959.98")]) != whole


def test_a_version_s_digest_covers_its_sheets_in_order() -> None:
    own = ("version", 2027, 1, "rka", "", "", "", None, "RKA", None)
    sheets = [("sheet", 7, "revenue", None, None, 1, "5.00", "0" * 64), ("sheet", 8, "spending")]
    assert digests.version_digest([own, *sheets]) == (
        "df2120be94a2ce07185a3844ad8b8a013b9f323c3acb43403f230619be4069fa"
    )
    assert digests.version_digest([own, *sheets[::-1]]) != digests.version_digest([own, *sheets])
