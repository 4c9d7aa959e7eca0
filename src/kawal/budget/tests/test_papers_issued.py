"""What is ratified or enacted is issued once, checkable by anybody, read by whom it is for."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from kawal.budget.actions.papers import issue_paper
from kawal.budget.facts.papers import Subject
from kawal.budget.jobs.papers import issue_papers
from kawal.budget.models import IssuedPaper
from kawal.budget.presenters.papers import paper_data
from kawal.budget.queries.issued import due_papers, issued_paper, paper_of
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget
from kawal.budget.tests.test_compile_version import enact
from kawal.budget.tests.test_dpa import ratify
from kawal.budget.tests.test_papers import WIB
from kawal.documents import queries as documents
from kawal.documents.models import Document

pytestmark = pytest.mark.django_db
DUE = int(AT.timestamp()) + 60
NUMBER = f"DPA/A.1/1.01.0.00.0.00.01.0000/001/{YEAR}"


@pytest.fixture(autouse=True)
def _home(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, verified."""
    return make_small_budget(world)


def test_what_is_due_is_issued_once(small: Small) -> None:
    made = ratify(small, enact(small))
    assert issue_papers(DUE) == 6  # the DPA, two summaries, three agencies' Penjabaran
    assert issue_papers(DUE + 60) == 0
    subjects = sorted(IssuedPaper.objects.values_list("subject", flat=True))
    assert subjects == ["detail"] * 3 + ["dpa"] + ["summary"] * 2
    assert Document.objects.count() == 6
    issued = issued_paper(Subject.DPA, made)
    assert issued is not None
    told = documents.issued(issued.code)
    assert (told.number, told.title) == (NUMBER, f"DPA Dinas Pendidikan {YEAR}")
    assert told.issued_at == AT + timedelta(minutes=1)
    assert all(seal.is_valid for seal in told.signatures)


def test_the_same_one_asked_for_twice_is_the_same_paper(small: Small) -> None:
    ratify(small, enact(small))
    one = due_papers(1)[0]
    paper = paper_of(one)
    data = paper_data(paper, WIB, is_issued=True)
    codes = {issue_paper(one, paper, data, at=AT) for _ in range(2)}
    assert len(codes) == 1
    assert Document.objects.count() == 1


def test_a_draft_is_never_issued(small: Small) -> None:
    ratify(small, enact(small))
    one = due_papers(1)[0]
    paper = paper_of(one)
    with pytest.raises(ValueError, match="is a draft"):
        issue_paper(one, replace(paper, is_draft=True), paper_data(paper, WIB), at=AT)
    assert Document.objects.count() == 0


def test_only_an_issued_paper_goes_without_a_watermark(small: Small) -> None:
    made = ratify(small, enact(small))
    paper = paper_of(due_papers(1)[0])
    assert paper_data(paper, WIB)["watermark"] == "SALINAN KERJA"
    assert paper_data(paper, WIB, is_issued=True)["watermark"] == ""
    address = reverse("budget:dpa_pdf", args=[made])
    before = small.world.client("siti").get(address)
    assert before["Content-Type"] == "application/pdf"
    issue_papers(DUE)
    after = small.world.client("siti").get(address)
    issued = issued_paper(Subject.DPA, made)
    assert issued is not None
    kept = documents.content(documents.document(issued.document_id))
    assert after.content == kept != before.content


def test_anybody_checks_a_paper_and_reads_it_where_it_is_for_him(small: Small) -> None:
    made = ratify(small, enact(small))
    issue_papers(DUE)
    issued = issued_paper(Subject.DPA, made)
    assert issued is not None
    check = reverse("documents:check", args=[issued.code])
    text = Client().get(check).content.decode()
    assert NUMBER in text
    assert "Unduh dokumen" not in text
    file = reverse("documents:issued_file", args=[issued.code])
    assert Client().get(file).status_code == 404
    assert small.world.client("joko").get(file).status_code == 404
    assert small.world.client("siti").get(file).status_code == 200
    content = io.BytesIO(documents.content(documents.document(issued.document_id)))
    answer = Client().post(
        check, {"berkas": content, "_key": "11111111-1111-4111-8111-111111111111"}
    )
    assert "Sama. Berkas ini persis" in answer.content.decode()


def test_the_apbd_is_public_once_the_city_opened_its_budget(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = enact(small)
    issue_papers(DUE)
    issued = issued_paper(Subject.SUMMARY, version)
    assert issued is not None
    file = reverse("documents:issued_file", args=[issued.code])
    assert Client().get(file).status_code == 404
    monkeypatch.setattr("kawal.budget.queries.issued.is_open", lambda module: module == "budget")
    assert Client().get(file).status_code == 200


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [
        ("agency_pdf", "siti", 200),
        ("agency_pdf", "lurah", 404),
        ("agency_pdf", "tapd", 200),
        ("version_pdf", "ppkd", 200),
        ("detail_pdf", "siti", 200),
        ("detail_pdf", "lurah", 404),
        ("sheet_pdf", "pptk", 200),
        ("sheet_pdf", "lurah", 404),
        ("sheet_pdf", "joko", 403),
        ("dpa_pdf", "lurah", 404),
    ],
)
def test_a_download_is_for_who_sees_the_thing_itself(
    small: Small, name: str, who: str, status: int
) -> None:
    version = enact(small)
    disdik = small.unit("Disdik")
    args = {
        "agency_pdf": (YEAR, disdik),
        "version_pdf": (version,),
        "detail_pdf": (version, disdik),
        "sheet_pdf": (small.sheets["sekolah"].pk,),
        "dpa_pdf": (ratify(small, version) if name == "dpa_pdf" else 0,),
    }[name]
    answer = small.world.client(who).get(reverse(f"budget:{name}", args=args))
    assert answer.status_code == status
    if status == 200:
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"].startswith("attachment")


def test_the_year_s_page_lists_what_the_reader_may_have_with_its_code(small: Small) -> None:
    version = enact(small)
    made = ratify(small, version)
    issue_papers(DUE)
    issued = issued_paper(Subject.DPA, made)
    assert issued is not None
    page = small.world.client("siti").get(reverse("budget:papers", args=[YEAR])).content.decode()
    disdik, ward = small.unit("Disdik"), small.world.agency("Binjai Utara").id
    for name, args in (
        ("version_pdf", (version,)),
        ("dpa_pdf", (made,)),
        ("agency_pdf", (YEAR, disdik)),
        ("detail_pdf", (version, disdik)),
    ):
        assert f'href="{reverse(f"budget:{name}", args=args)}"' in page
    assert reverse("documents:check", args=[issued.code]) in page
    for name, args in (("agency_pdf", (YEAR, ward)), ("detail_pdf", (version, ward))):
        assert reverse(f"budget:{name}", args=args) not in page
    newest = small.world.client("siti").get(reverse("budget:papers_newest"))
    assert newest["Location"] == reverse("budget:papers", args=[YEAR])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE budget_issuedpaper SET code = 'x'",
        "DELETE FROM budget_issuedpaper",
        "INSERT INTO budget_issuedpaper (subject, dpa_id, spd_id, version_id, agency_id,"
        " document_id, code, issued_at) SELECT 'summary', dpa_id, spd_id, version_id, agency_id,"
        " document_id, 'x', issued_at FROM budget_issuedpaper WHERE subject = 'dpa'",
    ],
)
def test_the_database_keeps_what_was_issued(small: Small, statement: str) -> None:
    ratify(small, enact(small))
    issue_papers(DUE)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert IssuedPaper.objects.count() == 6
