"""A small agency's budget from ceiling to SPD, each actor signed in as himself; then a shift."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.system.browser import axe, shoot, sign_in

Visit = Callable[..., Page]

YEAR = datetime.now(ZoneInfo("Asia/Jakarta")).year
UNIT = "1.01.0.00.0.00.01.0000"
ACTIVITY = "1.01.02.2.01.0011"
STATIONERY, SERVICE = "5.1.02.01.01.0024", "5.1.02.02.01.0003"
DAU, GIRO, INTEREST = "1.2.01.01.02.01", "4.1.04.05.01.0001", "1.1.04"
HOME = "/office/anggaran/"
AGENCY = "Dinas Pendidikan"


@dataclass
class Desks:
    """The browser of each actor, opened when he first acts."""

    visit: Visit
    pages: dict[str, Page] = field(default_factory=dict)

    def at(self, person: str, path: str) -> Page:
        """Return a person's page at an address of the budget."""
        if person not in self.pages:
            self.pages[person] = self.visit()
            sign_in(self.pages[person], person)
        page = self.pages[person]
        page.goto(HOME + path)
        return page


def press(page: Page, name: str) -> None:
    """Press the button of this name in the page's own part."""
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def said(page: Page, text: str) -> None:
    """Find that the page says so after an act."""
    expect(page.locator("main")).to_contain_text(text)


def number_in(page: Page, pattern: str) -> int:
    """Return the number that the page's address holds."""
    found = re.search(pattern, page.url)
    assert found, page.url
    return int(found[1])


def open_year(desks: Desks) -> None:
    page = desks.at("ppkd", "tahun-baru/")
    page.get_by_label("Tahun anggaran").fill(str(YEAR))
    axe(page)
    press(page, "Buka")
    page = desks.at("tapd", f"{YEAR}/pagu/baru/")
    page.get_by_label("Nomor nota kesepakatan").fill(f"NK-1/{YEAR - 1}")
    page.get_by_label("Tanggal nota kesepakatan").fill("2026-08-14")
    page.get_by_label("Pagu", exact=True).fill(f"{UNIT};{ACTIVITY};;10000000")
    axe(page)
    press(page, "Tetapkan")
    expect(page.locator("main")).to_contain_text(ACTIVITY)


def draft(desks: Desks, kind: str, activity: str, rows: str) -> int:
    """Open a sheet and paste its rows; return its id."""
    page = desks.at("pptk", f"{YEAR}/rka/baru/")
    page.get_by_label("Unit").select_option(label=f"{UNIT} {AGENCY}")
    page.get_by_label(kind, exact=True).check()
    if activity:
        page.locator("#id_activity").fill(activity)
        page.keyboard.press("Escape")
    press(page, "Buka lembar")
    page.wait_for_url(re.compile(r"/rka/\d+/$"))
    sheet = number_in(page, r"/rka/(\d+)/")
    page = desks.at("pptk", f"rka/{sheet}/baris/tempel/")
    page.get_by_label("Baris dari lembar kerja").fill(rows)
    press(page, "Masukkan semua")
    page.wait_for_url(re.compile(rf"/rka/{sheet}/$"))
    return sheet


HEAD = "kode rekening\tsumber dana\turaian\tspesifikasi\tvolume\tsatuan\tharga satuan\tpajak\n"


def fill_header(desks: Desks, sheet: int) -> None:
    page = desks.at("pptk", f"rka/{sheet}/kepala/")
    page.get_by_label("Kelompok sasaran").fill("Murid sekolah dasar")
    for place, measure in enumerate(("Angka partisipasi", "Sekolah terlayani", "Paket terkirim")):
        row = page.locator(".rka-indicator").nth(place)
        row.get_by_label("Jenis").select_option(index=place)
        row.get_by_label("Tolok ukur").fill(measure)
        row.get_by_label("Target").fill("100")
        row.get_by_label("Satuan").fill("Persen")
    axe(page)
    press(page, "Simpan kepala lembar")


def plan(desks: Desks) -> int:
    """Draft, hand in and verify a spending and a revenue sheet; return the spending sheet's id."""
    spending = draft(
        desks,
        "Belanja",
        ACTIVITY,
        f"{HEAD}{STATIONERY}\t{DAU}\tKertas HVS A4\t80 gram\t60\tRim\t100000\t0\n"
        f"{SERVICE}\t{DAU}\tNarasumber\tUmum\t4\tOrang\t1000000\t0\n",
    )
    revenue = draft(
        desks,
        "Pendapatan",
        "",
        f"{HEAD}{GIRO}\t{DAU}\tJasa giro\tKas umum\t1\tTahun\t10000000\t0\n",
    )
    fill_header(desks, spending)
    for sheet in (spending, revenue):
        page = desks.at("pptk", f"rka/{sheet}/")
        axe(page)
        expect(page.get_by_role("button", name="Ajukan ke TAPD")).to_have_count(0)
        page = desks.at("siti", f"rka/{sheet}/")
        press(page, "Ajukan ke TAPD")
        said(page, "Lembar sudah diajukan ke TAPD.")
    page = desks.at("tapd", f"verifikasi/{spending}/")
    axe(page)
    page.get_by_text("Catatan untuk seluruh lembar").click()
    page.locator("#catatan-0").fill("Sebutkan sekolahnya.")
    press(page, "Simpan catatan")
    expect(page.get_by_role("button", name="Verifikasi")).to_be_disabled()
    page = desks.at("pptk", f"rka/{spending}/catatan/")
    page.get_by_label("Jawaban").fill("Semua sekolah dasar negeri.")
    press(page, "Simpan jawaban")
    for sheet in (spending, revenue):
        page = desks.at("tapd", f"verifikasi/{sheet}/")
        press(page, "Verifikasi")
    return spending


def _days_ago(days: int) -> str:
    return (datetime.now(ZoneInfo("Asia/Jakarta")).date() - timedelta(days)).isoformat()


def enact(desks: Desks) -> None:
    for kind, paper in (
        ("rka", ()),
        ("rapbd", ()),
        ("apbd", ("1", _days_ago(2))),
        ("penjabaran", ("2", _days_ago(1))),
    ):
        page = desks.at("ppkd", f"{YEAR}/versi/baru/?kind={kind}")
        page.get_by_label("Judul").fill(f"{kind.upper()} {YEAR}")
        if paper:
            page.get_by_label(re.compile("^Nomor")).fill(paper[0])
            page.get_by_label(re.compile("^Tanggal")).fill(paper[1])
        axe(page)
        press(page, "Tetapkan versi")
        page.wait_for_url(re.compile(r"/versi/\d+/"))


def ratify(desks: Desks) -> None:
    page = desks.at("pptk", f"{YEAR}/dpa/")
    press(page, f"Susun DPA {AGENCY}")
    page.wait_for_url(re.compile(r"/dpa/\d+/"))
    dpa = number_in(page, r"/dpa/(\d+)/")
    for person in ("siti", "tapd", "sekda", "ppkd"):
        page = desks.at(person, f"dpa/{dpa}/")
        axe(page)
        page.locator("main form button").first.click()
    said(page, "DPA/")
    shoot(page, "dpa")


def plan_cash(desks: Desks) -> int:
    page = desks.at("pptk", f"{YEAR}/kas/")
    page.get_by_role("link", name=AGENCY).click()
    unit = number_in(page, r"/kas/(\d+)/")
    press(page, "Mulai menyusun")
    press(page, "Usulkan")
    axe(page)
    press(page, "Ajukan kepada PA")
    for person in ("siti", "sekda", "ppkd"):
        page = desks.at(person, f"{YEAR}/kas/{unit}/")
        press(page, "Validasi")
    return unit


def release(desks: Desks) -> None:
    page = desks.at("budi", f"{YEAR}/spd/")
    page.get_by_label("SKPD").select_option(label=f"{UNIT} {AGENCY}")
    page.get_by_label("Bulan terakhir").select_option(index=5)
    axe(page)
    press(page, "Susun rancangan")
    page.wait_for_url(re.compile(r"/spd/\d+/"))
    spd = number_in(page, r"/spd/(\d+)/")
    page = desks.at("ppkd", f"spd/{spd}/")
    axe(page)
    press(page, "Tanda tangani")
    said(page, "12.75/01.0/000001/")
    shoot(page, "spd")
    page = desks.at("rina", f"{YEAR}/dana/")
    # Half of 6,000,000 and of 4,000,000, whose twelfths end in four sen of the first months.
    expect(page.get_by_role("row").filter(has_text=AGENCY)).to_contain_text("5.000.000,02")


def change(desks: Desks, sheet: int, name: str, coefficient: str) -> None:
    """Write another coefficient for one row of a sheet, by the plain form."""
    page = desks.at("pptk", f"rka/{sheet}/")
    row = page.get_by_role("link", name=name).get_attribute("href")
    page.goto(row or "")
    page.locator("[name=coefficient]").fill(coefficient)
    press(page, "Simpan")
    page.wait_for_url(re.compile(rf"/rka/{sheet}/"))


def shift(desks: Desks, sheet: int) -> None:
    """Shift between objects of one jenis: the PPKD is refused, the Sekda grants it."""
    page = desks.at("pptk", f"{YEAR}/pergeseran/baru/")
    page.locator("[name=ground]").first.check()
    page.get_by_label("Penjelasan").fill("Narasumber bertambah, kertas tersedia di gudang.")
    page.locator(f"[name=sheets][value='{sheet}']").check()
    axe(page)
    press(page, "Mulai menyusun")
    page.wait_for_url(re.compile(r"/pergeseran/\d+/$"))
    number = number_in(page, r"/pergeseran/(\d+)/")
    change(desks, sheet, "Kertas HVS A4", "50 Rim")
    change(desks, sheet, "Narasumber", "5 Orang")
    path = f"{YEAR}/pergeseran/{number}/"
    page = desks.at("siti", path)
    axe(page)
    press(page, "Ajukan pergeseran")
    said(page, "Pergeseran diajukan.")
    page = desks.at("ppkd", path)
    expect(page.get_by_role("button", name="Setujui")).to_have_count(0)
    refused(page, {"decision": "approve", "number": "1", "date": _days_ago(0)})
    page = desks.at("sekda", path)
    page.get_by_label("Nomor surat").fill("900/17/Setda")
    page.get_by_label("Tanggal surat").fill(_days_ago(0))
    axe(page)
    press(page, "Setujui")
    said(page, "Pergeseran disetujui.")
    page = desks.at("ppkd", path)
    press(page, "Tetapkan pergeseran")
    said(page, "Pergeseran ditetapkan; pagunya sudah berpindah.")
    shoot(page, "shift")
    page = desks.at("rina", f"{YEAR}/dana/lembar/{sheet}/")
    rows = page.get_by_role("row")
    for account in (STATIONERY, SERVICE):
        expect(rows.filter(has_text=account)).to_contain_text("5.000.000,00")


def refused(page: Page, form: dict[str, str]) -> None:
    """Send a step that the page does not offer, as somebody who forges it; find it refused."""
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    headers = {"X-CSRFToken": token, "Idempotency-Key": str(uuid4()), "Referer": page.url}
    answer = page.request.post(f"{page.url}putus/", form=form, headers=headers)
    assert answer.status == 422, answer.text()
    page.reload()
    expect(page.get_by_text("Diajukan").first).to_be_visible()


def see_the_wall(desks: Desks) -> None:
    """The room sees released and bound money of the agency against its plan."""
    page = desks.at("walikota", f"{YEAR}/dana/")
    page.get_by_role("link", name=AGENCY).click()
    expect(page.locator("main")).to_contain_text("10.000.000,00")
    page.goto("/wall/")
    bar = page.locator("#money").get_by_role("link", name="Disdik")
    expect(bar).to_contain_text("50 · 0 %")
    axe(page)
    shoot(page, "wall-money", "wall")


def test_a_budget_goes_from_its_ceiling_to_an_spd_and_is_shifted(visit: Visit) -> None:
    desks = Desks(visit)
    open_year(desks)
    sheet = plan(desks)
    enact(desks)
    ratify(desks)
    plan_cash(desks)
    release(desks)
    shift(desks, sheet)
    see_the_wall(desks)
