"""The pages of versions, comparison, DPA and locks as their readers meet them."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from kawal.budget import actions, queries
from kawal.budget.facts import DpaState, VersionKind
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget
from kawal.budget.tests.test_compile_version import PERKADA, enact, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, verified."""
    return make_small_budget(world)


def at(name: str, *args: object, **asked: object) -> str:
    """Return an address, with a query."""
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return reverse(f"budget:{name}", args=args) + (f"?{query}" if query else "")


def text(answer: Any) -> str:
    """Return a page's words, one space between them."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


def send(small: Small, person: str, address: str, **typed: object) -> Any:
    """Send a form as a person."""
    return small.world.client(person).post(address, {"_key": uuid4().hex, **typed})


def see(small: Small, person: str, address: str) -> str:
    """Return the words of a page that a person opens."""
    answer = small.world.client(person).get(address)
    assert answer.status_code == 200, answer.status_code
    return text(answer)


def test_the_ppkd_sees_every_check_and_makes_the_version(small: Small) -> None:
    page = see(small, "ppkd", at("new_version", YEAR))
    assert page.count("Terpenuhi") == 4
    assert "SILPA tahun berkenaan Rp 0,00" in page
    made = send(small, "ppkd", at("new_version", YEAR), kind="rka", title="RKA 2027", after=0)
    head = queries.head(YEAR)
    assert head is not None
    assert made.headers["Location"] == at("version", head.id)
    assert (head.kind, head.title) == (VersionKind.RKA, "RKA 2027")


def test_what_speaks_against_it_stands_under_the_button(small: Small) -> None:
    make(small, VersionKind.RKA)
    small.revise("sekolah", {("5.1.01.01.01.0001", "1.1.01"): "0.01"})
    page = see(small, "ppkd", at("new_version", YEAR, kind="rapbd"))
    assert "SILPA tahun berjalan Rp650.000.000,14" in page
    assert "Dana 1.2.02 DAK fisik terikat" in page
    refused = send(small, "ppkd", at("new_version", YEAR), kind="rapbd", title="x", after="")
    assert refused.status_code == 422
    assert queries.head(YEAR).kind is VersionKind.RKA  # type: ignore[union-attr]


def test_perda_is_asked_for_where_the_law_wants_it(small: Small) -> None:
    for kind in (VersionKind.RKA, VersionKind.RAPBD):
        make(small, kind)
    typed = {"kind": "apbd", "title": "APBD", "instrument": "perda", "number": ""}
    answer = send(small, "ppkd", at("new_version", YEAR), **typed)
    assert answer.status_code == 422
    assert [one.number for one in queries.versions(YEAR)] == [2, 1]
    typed |= {"number": "1 Tahun 2026", "date": "2026-01-05"}
    assert send(small, "ppkd", at("new_version", YEAR), **typed).status_code == 302
    assert "Peraturan Daerah Nomor 1 Tahun 2026, 5 Januari 2026" in see(
        small, "walikota", at("versions", YEAR)
    )


@pytest.mark.parametrize("person", ["siti", "tapd", "walikota"])
def test_others_get_no_page_to_make_one(small: Small, person: str) -> None:
    assert small.world.client(person).get(at("new_version", YEAR)).status_code == 403
    assert "Buat versi berikutnya" not in see(small, person, at("versions", YEAR))


def test_a_version_is_walked_down_to_its_lines(small: Small) -> None:
    made = enact(small)
    page = see(small, "walikota", at("version", made))
    assert "Dinas Pendidikan Rp 0,00 Rp 650.000.000,15" in page
    assert "Belanja Rp 1.000.000.000,40" in page
    agency, activity = small.unit("Disdik"), "1.01.02.2.01"
    below = see(small, "walikota", at("version", made, skpd=agency, rekening="5.2.03.01"))
    assert "5.2.03.01.01.0001 Bangunan gedung kantor Rp 300.000.000,00" in below
    assert "350.000.000,15" not in below
    lines = see(small, "walikota", at("version", made, skpd=agency, kegiatan=activity))
    assert "1.01.02.2.01.0001 Pembangunan unit sekolah baru Rp 650.000.000,15" in lines


def test_an_agency_s_people_see_their_own_lines_only(small: Small) -> None:
    made = enact(small)
    page = see(small, "siti", at("version", made))
    assert "Dinas Pendidikan" in page
    assert "Kecamatan Binjai Utara" not in page
    assert "Pembangunan unit sekolah baru" in see(
        small, "siti", at("version", made, kegiatan="1.01.02.2.01")
    )
    assert "Pembangunan sarana kelurahan" not in see(
        small, "siti", at("version", made, kegiatan="7.01.03.2.02")
    )
    other = at("version", made, skpd=small.unit("BPKAD"))
    assert small.world.client("siti").get(other).status_code == 404
    for name, args in (("versions", [YEAR]), ("version", [made]), ("dpa_list", [YEAR])):
        assert small.world.client("joko").get(at(name, *args)).status_code == 403


def _shift(small: Small) -> int:
    new = small.revise(
        "sekolah",
        {
            ("5.1.01.01.01.0001", "1.1.01"): "350000000.08",
            ("5.1.02.01.01.0024", "1.1.01"): "0.07",
            ("5.2.03.01.01.0001", "1.2.02"): "300000000",
        },
    )
    return make(small, VersionKind.SHIFT, revision_ids=[new.pk], **PERKADA)


def test_two_versions_side_by_side(small: Small) -> None:
    before, after = enact(small), _shift(small)
    page = see(small, "walikota", at("compare", dari=before, ke=after))
    assert "350.000.000,15 Rp 350.000.000,08 −Rp 0,07" in page
    assert "Bangunan gedung kantor" not in page
    every = see(small, "walikota", at("compare", dari=before, ke=after, semua="on"))
    assert "Bangunan gedung kantor" in every
    assert "Tidak ada perbedaan." in see(
        small, "walikota", at("compare", dari=before, ke=after, skpd=small.unit("BPKAD"))
    )
    assert (
        see(small, "walikota", at("compare")).count("−Rp 0,07") == 2
    )  # the newest two: jenis, line
    printed = see(small, "walikota", at("compare", dari=before, ke=after, cetak=1))
    assert "Semua SKPD, hanya yang berbeda" in printed
    assert "350.000.000,15 Rp 350.000.000,08 −Rp 0,07" in printed


def test_a_dpa_goes_through_its_desks_in_the_browser(small: Small) -> None:
    enact(small)
    agency = small.unit("Disdik")
    assert "Susun DPA" in see(small, "pptk", at("dpa_list", YEAR))
    made = send(small, "pptk", at("dpa_list", YEAR), agency=agency)
    (dpa,) = queries.dpas(YEAR)
    assert made.headers["Location"] == at("dpa", dpa.id)
    steps = (("siti", "signed"), ("tapd", "verified"), ("sekda", "approved"), ("ppkd", "ratified"))
    buttons = ("Tanda tangani DPA", "Verifikasi DPA", "Setujui DPA", "Sahkan DPA")
    for (person, step), button in zip(steps, buttons, strict=True):
        assert button in see(small, person, at("dpa", dpa.id))
        assert send(small, person, at("dpa", dpa.id), step=step).status_code == 302
    assert queries.dpa(dpa.id).state is DpaState.RATIFIED
    page = see(small, "pptk", at("dpa", dpa.id))
    assert page.count("Selesai") == 5
    assert f"DPA/A.1/1.01.0.00.0.00.01.0000/001/{YEAR}" in page
    assert "Siti Rahmadani Lubis" in page


def test_the_wrong_desk_and_an_old_page_are_refused(small: Small) -> None:
    version = enact(small)
    dpa = actions.make_dpa(version, small.unit("Disdik"), actor=small.world.actor("siti", AT))
    wrong = send(small, "sekda", at("dpa", dpa), step="verified")
    assert (wrong.status_code, queries.dpa(dpa).state) == (422, DpaState.SIGNED)
    old = send(small, "tapd", at("dpa", dpa), step="signed")
    assert old.status_code == 422
    assert "sudah melangkah" in text(old)
    assert small.world.client("joko").get(at("dpa", dpa)).status_code == 403


def test_a_lock_is_set_and_released_on_its_page(small: Small) -> None:
    agency = small.unit("Disdik")
    assert send(small, "tapd", at("locks", YEAR), agency=agency, reason="Reviu APIP").status_code
    assert "Reviu APIP" in see(small, "tapd", at("locks", YEAR))
    (held,) = queries.locks(YEAR, open_only=True)
    bare = send(small, "ppkd", at("unlock", held.id), release_reason="")
    assert (bare.status_code, "Sebutkan alasannya." in text(bare)) == (422, True)
    send(small, "ppkd", at("unlock", held.id), release_reason="Selesai")
    assert queries.locks(YEAR, open_only=True) == []
    assert "Yang sudah dibuka" in see(small, "tapd", at("locks", YEAR))
    assert small.world.client("siti").get(at("locks", YEAR)).status_code == 403


def test_before_any_year_the_pages_say_so(world: Any) -> None:
    for name in ("versions_newest", "dpa_newest"):
        answer = world.client("walikota").get(at(name))
        assert "Belum ada tahun anggaran yang dibuka" in text(answer)
    assert world.client("walikota").get(at("compare")).status_code == 404
