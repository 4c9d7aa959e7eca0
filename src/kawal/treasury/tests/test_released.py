"""The small budget has the money and the people that the tests of the treasury count on."""

from typing import Any

from kawal.budget import queries
from kawal.regions.facts import Role


def test_half_a_year_is_released_on_each_line(released: Any):
    assert {word: str(released.left(word).released) for word in released.lines} == {
        "salary": "300000000.00",
        "goods": "120000000.00",
        "services": "60000000.00",
        "capital": "180000000.00",
        "ward": "60000000.00",
        "grant": "30000000.00",
    }
    assert released.left("salary").ceiling == 600_000_000
    assert queries.spd(released.spd).number == "12.75/01.0/000001/1.01.0.00.0.00.01.0000/M/11/2027"


def test_each_officer_of_the_chain_is_there(released: Any):
    posts = {
        "pptk": Role.PPTK,
        "bendahara": Role.BENDAHARA_PENGELUARAN,
        "rina": Role.PPK_SKPD,
        "siti": Role.PA,
        "budi": Role.KUASA_BUD,
        "pptk-lurah": Role.PPTK,
        "bpp-lurah": Role.BENDAHARA_PENGELUARAN_PEMBANTU,
        "ppk-lurah": Role.PPK_UNIT,
    }
    for key, role in posts.items():
        assert role in released.who(key).roles, key
    assert Role.KPA in released.who("lurah").roles
