"""Pages of the years, the ceilings and the TAPD's desk, as their officers use them."""

from typing import Any

import pytest
from django.urls import reverse

from kawal.budget import actions, queries
from kawal.budget.facts import RevisionState
from kawal.budget.tests.rka_world import ACTIVITIES, YEAR, component


def post(client: Any, name: str, *args: Any, **typed: Any) -> Any:
    """Send a form with a fresh idempotency key."""
    import uuid

    return client.post(reverse(f"budget:{name}", args=args), {"_key": str(uuid.uuid4()), **typed})


def get(client: Any, name: str, *args: Any, **asked: Any) -> Any:
    return client.get(reverse(f"budget:{name}", args=args), asked)


@pytest.fixture
def submitted(plan: Any) -> int:
    revision: int = plan.complete()
    actions.submit(revision, actor=plan.world.actor("siti"))
    return revision


def test_home_shows_each_what_waits_for_him(plan: Any, submitted: int) -> None:
    plan.draft(ACTIVITIES[1])
    waits = {
        "tapd": ("Verifikasi RKA", "Tetapkan pagu"),
        "siti": ("Periksa dan ajukan rancangan",),
        "ppkd": ("Tetapkan pagu",),
        "joko": (),
    }
    for who, words in waits.items():
        answer = get(plan.world.client(who), "home")
        if who == "joko":
            assert answer.status_code == 403
            continue
        said = answer.content.decode()
        assert [word in said for word in words] == [True] * len(words)
        assert ("Verifikasi RKA" in said) is (who == "tapd")


def test_the_ppkd_opens_a_year_and_errors_stand_beside_their_fields(plan: Any) -> None:
    ppkd = plan.world.client("ppkd")
    codes = dict.fromkeys(("accounts", "activities", "funds"), "uji-2026")
    answer = post(ppkd, "open_year", year=YEAR, **codes)
    assert answer.status_code == 422
    assert "Tahun anggaran ini sudah dibuka." in answer.content.decode()
    assert post(ppkd, "open_year", year=2028, **codes).status_code == 302
    assert [one.year for one in queries.years()] == [2028, YEAR]
    assert get(plan.world.client("siti"), "open_year").status_code == 403


def test_ceilings_are_pasted_and_every_wrong_row_is_named(plan: Any) -> None:
    tapd = plan.world.client("tapd")
    paper = {"agreement_number": "903/1", "agreement_date": "2026-08-14"}
    code = plan.world.agency("Disdik").code
    rows = f"{code}; {ACTIVITIES[0]}; ; 1.500.000,50\n{code}\t\t\tdua juta\n9.99; x; y; 1\nsatu"
    answer = post(tapd, "ceilings_set", YEAR, rows=rows, **paper)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Baris 2, “dua juta” bukan jumlah rupiah." in said
    assert "Baris 4, tulis empat kolom" in said
    assert "dua juta" in said and queries.ceilings(YEAR) == []
    rows = f"{code}; {ACTIVITIES[0]}; ; 1.500.000,50\n\n9.99; {ACTIVITIES[0]}; y; 1"
    said = post(tapd, "ceilings_set", YEAR, rows=rows, **paper).content.decode()
    assert "Baris 3, kode unit: Kode 9.99 tidak dikenal" in said
    assert "Baris 3, kode sumber dana: Kode y tidak dikenal" in said
    rows = f"{code}; {ACTIVITIES[0]}; ; 1.500.000,50\n{code}\t\t\t2.000.000"
    assert post(tapd, "ceilings_set", YEAR, rows=rows, **paper).status_code == 302
    said = get(tapd, "ceilings", YEAR).content.decode()
    assert "Rp\xa01.500.000" in said
    assert "Seluruh unit" in said


def test_who_reads_ceilings_sees_his_agencys_alone(plan: Any) -> None:
    plan.set(plan.ceiling("100"), plan.ceiling("7", ACTIVITIES[3], short="Dishub"))
    said = get(plan.world.client("siti"), "ceilings", YEAR).content.decode()
    assert ACTIVITIES[0] in said and ACTIVITIES[3] not in said
    both = get(plan.world.client("tapd"), "ceilings", YEAR).content.decode()
    assert ACTIVITIES[0] in both and ACTIVITIES[3] in both
    assert get(plan.world.client("siti"), "ceilings_set", YEAR).status_code == 403
    assert get(plan.world.client("tapd"), "ceilings", 2031).status_code == 404


def test_the_tapd_notes_sends_back_and_verifies(plan: Any, submitted: int) -> None:
    tapd = plan.world.client("tapd")
    sheet = queries.revision(submitted).sheet_id
    assert "Uji" in get(tapd, "verification", YEAR).content.decode()
    line = queries.content(submitted).lines[0].line_id
    assert post(tapd, "note_write", sheet, line=str(line), text="").status_code == 422
    answer = post(tapd, "note_write", sheet, line=str(line), text="Mengapa semahal ini?")
    assert answer["Location"].endswith(f"#baris-{line}")
    page = get(tapd, "verify_sheet", sheet).content.decode()
    assert "Mengapa semahal ini?" in page and "1 catatan yang belum dijawab" in page
    version = str(plan.version(submitted))
    answer = post(tapd, "verify_decide", sheet, decision="verify", version=version)
    assert answer.status_code == 422
    note = queries.notes(submitted)[0]
    assert post(tapd, "note_withdraw", sheet, note.id).status_code == 302
    answer = post(tapd, "verify_decide", sheet, decision="send_back", reason="")
    assert answer.status_code == 422
    answer = post(tapd, "verify_decide", sheet, decision="verify", version="1")
    assert answer.status_code == 409
    answer = post(tapd, "verify_decide", sheet, decision="verify", version=version)
    assert answer.status_code == 302
    assert queries.revision(submitted).state is RevisionState.VERIFIED
    post(tapd, "verify_decide", sheet, decision="send_back", reason="Terlalu cepat")
    assert queries.revision(submitted).state is RevisionState.DRAFT
    assert "Terlalu cepat" in get(tapd, "verify_sheet", sheet).content.decode()


@pytest.mark.parametrize("who", ["siti", "pptk", "joko", "walikota", "ppkd"])
def test_only_the_tapd_has_its_desk(plan: Any, submitted: int, who: str) -> None:
    client = plan.world.client(who)
    sheet = queries.revision(submitted).sheet_id
    for answer in (
        get(client, "verification", YEAR),
        get(client, "verify_sheet", sheet),
        post(client, "verify_decide", sheet, decision="verify", version="9"),
        post(client, "note_write", sheet, text="x"),
    ):
        assert answer.status_code == 403
    assert queries.notes(submitted) == []
    assert queries.revision(submitted).state is RevisionState.SUBMITTED


def test_a_sheet_that_was_sent_back_shows_no_verify_button(plan: Any) -> None:
    revision = plan.draft()
    plan.put(revision, component())
    sheet = queries.revision(revision).sheet_id
    page = get(plan.world.client("tapd"), "verify_sheet", sheet).content.decode()
    assert 'value="verify"' not in page and "note_write" not in page
    assert get(plan.world.client("tapd"), "verify_sheet", 0).status_code == 404
