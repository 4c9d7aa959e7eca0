"""Blocks pasted from a spreadsheet, as officers copy them."""

from kawal.budget.forms import pasted
from kawal.budget.forms.pasted import TypedComponent
from kawal.kernel.typed import ENGLISH, INDONESIAN


def rows(*lines: str) -> list[TypedComponent]:
    return pasted.read("\n".join(lines))[0]


def test_volume_and_unit_in_columns_of_their_own():
    assert rows("Kertas HVS\tA4 80 gram\t10\trim\t55.000\t11") == [
        TypedComponent(1, name="Kertas HVS", specification="A4 80 gram", coefficient="10 rim",
                       price="55.000", tax="11")
    ]  # fmt: skip


def test_a_coefficient_in_one_cell_and_several_volumes():
    honor = rows("Honor narasumber\t\t3 Orang x 2 Hari\t900.000")[0]
    assert (honor.coefficient, honor.price, honor.tax) == ("3 Orang x 2 Hari", "900.000", "")
    spread = rows("Honor\tEselon III\t3\tOrang\t2\tHari\t900.000\t0")[0]
    assert (spread.coefficient, spread.price, spread.tax) == ("3 Orang x 2 Hari", "900.000", "0")


def test_a_missing_specification_and_an_amount_at_the_end():
    row = rows("Spidol\t12\tbuah\t9.500\t114.000")[0]
    assert (row.specification, row.coefficient, row.price, row.tax) == ("", "12 buah", "9.500", "")
    whole = rows("Kertas\tA4\t10\trim\t55.000\t11\t610.500")[0]
    assert (whole.price, whole.tax) == ("55.000", "11")


def test_a_header_names_the_columns_in_any_order():
    found = rows(
        "No\tKode Rekening\tUraian\tSatuan\tVolume\tHarga Satuan (Rp)\tPajak (%)\tJumlah",
        "1\t5.1.02.01.01.0024\tKertas\trim\t10\t55.000\t11\t610.500",
    )
    assert found == [
        TypedComponent(2, account="5.1.02.01.01.0024", name="Kertas", coefficient="10 rim",
                       price="55.000", tax="11")
    ]  # fmt: skip


def test_a_header_with_numbered_volumes():
    found = rows("Nama\tVol 1\tSat 1\tVol 2\tSat 2\tHarga", "Honor\t3\tOrang\t2\tHari\t5.000")
    assert found[0].coefficient == "3 Orang x 2 Hari"


def test_the_style_is_found_and_line_breaks_in_cells_kept_together():
    found, style = pasted.read('"Meja\nkerja"\tkayu\t1\tunit\t1,250.50\n\nKursi\t\t2\tunit\t55,000')
    assert style == ENGLISH
    assert [(row.line, row.name) for row in found] == [(1, "Meja kerja"), (3, "Kursi")]
    assert pasted.read("")[0] == []
    assert pasted.read("a")[1] == INDONESIAN
