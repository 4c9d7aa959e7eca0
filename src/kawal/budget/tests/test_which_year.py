"""The menu leads to the latest budget year, and each page to the same page of the other years."""

from typing import Any

import pytest
from django.urls import reverse

from kawal.budget import actions
from kawal.budget.tests.rka_world import YEAR

LATER = YEAR + 1
LED_TO = {
    "rka_newest": "rka",
    "versions_newest": "versions",
    "dpa_newest": "dpa_list",
    "cash_plans_newest": "cash_plans",
    "spd_newest": "spd_list",
    "funds_newest": "funds",
    "shifts_newest": "shifts",
    "mandatory_newest": "mandatory",
    "papers_newest": "papers",
}


@pytest.mark.django_db
def test_before_the_first_year_each_line_of_the_menu_says_so(world: Any) -> None:
    ppkd = world.client("ppkd")
    for line in LED_TO:
        answer = ppkd.get(reverse(f"budget:{line}"))
        assert answer.status_code == 200
        assert "PPKD membuka tahun anggaran sebelum RKA disusun." in answer.content.decode()
        assert world.client("joko").get(reverse(f"budget:{line}")).status_code == 403


def test_the_menu_leads_to_the_latest_year_and_tabs_to_the_others(plan: Any) -> None:
    ppkd, tapd = plan.world.client("ppkd"), plan.world.client("tapd")
    alone = ppkd.get(reverse("budget:rka", args=[YEAR])).content.decode()
    assert 'aria-label="Tahun anggaran"' not in alone
    codes = dict.fromkeys(("accounts", "activities", "funds"), "uji-2026")
    actions.open_year(LATER, **codes, actor=plan.world.actor("ppkd"))
    for line, page in LED_TO.items():
        assert ppkd.get(reverse(f"budget:{line}")).url == reverse(f"budget:{page}", args=[LATER])
    for page in (*LED_TO.values(), "ceilings", "verification"):
        reader = tapd if page == "verification" else ppkd
        shown = reader.get(reverse(f"budget:{page}", args=[LATER])).content.decode()
        assert 'aria-label="Tahun anggaran"' in shown, page
        assert f'href="{reverse(f"budget:{page}", args=[YEAR])}"' in shown, page
