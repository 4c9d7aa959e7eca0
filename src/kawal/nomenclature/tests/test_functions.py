"""The functions of government, and the bidang that serve them."""

import pytest

from kawal.nomenclature import actions, queries
from kawal.nomenclature.facts import ActivityLevel, CodeDraft, CodeKind
from kawal.nomenclature.functions import FUNCTIONS, OF_BIDANG
from kawal.nomenclature.known import KEP_1317, PERMENDAGRI_90
from kawal.nomenclature.models import Activity

# Permendagri 90/2019: the bidang of a city.
CITY = """1.01 1.02 1.03 1.04 1.05 1.06 2.07 2.08 2.09 2.10 2.11 2.12 2.13 2.14 2.15 2.16 2.17 2.18
2.19 2.20 2.21 2.22 2.23 2.24 3.25 3.26 3.27 3.28 3.29 3.30 3.31 3.32 4.01 4.02 5.01 5.02 5.03 5.04
5.05 5.06 5.07 6.01 7.01 8.01"""


def test_every_bidang_of_a_city_serves_one_of_nine_functions():
    assert sorted(OF_BIDANG) == CITY.split()
    assert set(OF_BIDANG.values()) == set(FUNCTIONS)
    assert len(FUNCTIONS) == 9


@pytest.mark.django_db
def test_bidang_get_their_function_when_they_are_recorded():
    codes = (("1", ""), ("1.01", "1"), ("2", ""), ("2.23", "2"), ("2.15", "2"))
    levels = (ActivityLevel.URUSAN, ActivityLevel.BIDANG)
    drafts = [
        CodeDraft(
            line, KEP_1317, code, f"Kode {code}", above, values={"level": levels[bool(above)]}
        )
        for line, (code, above) in enumerate(codes, 1)
    ]
    actions.record_codes(CodeKind.ACTIVITY, drafts)
    found = queries.functions()
    assert found["8"].bidang == ("1.01", "2.23")
    assert found["3"].bidang == ("2.15",)
    assert found["6"].bidang == ()
    assert (found["8"].name, len(found)) == ("Pendidikan", 9)
    assert actions.record_functions() == 0  # nothing left to give
    assert Activity.objects.get(code="1.01").function.decree.code == PERMENDAGRI_90
