"""Published budgets: kept as they stand, and who does not close is named to the sen."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from kawal.budget.actions import compile_version
from kawal.budget.actions.published import Publication
from kawal.budget.facts import VersionKind
from kawal.budget.facts.published import Closing
from kawal.budget.imports.apbd import ApbdImport, command
from kawal.budget.models import PublishedAmount, PublishedBudget, PublishedFinding
from kawal.budget.queries import published as queries
from kawal.budget.rules import published as rules
from kawal.budget.tests.conftest import AT
from kawal.budget.tests.small_budget import AT as MADE
from kawal.budget.tests.small_budget import make_small_budget
from kawal.kernel.importing import Options, Summary, run

pytestmark = pytest.mark.django_db
HEADER = "kodewilayahbps,Kodepemda,Namapemda,standarjenis_by_kode,Standarjenis,Nilaianggaran,Tahun"
BINJAI = "1276,02.14,Kota Binjai"
CLOSING = (
    f"{BINJAI},4101,4101. Pajak Daerah,1000.50,2023",
    f"{BINJAI},5101,5101. Belanja Pegawai,1200.50,2023",
    f"{BINJAI},6101,6101. SiLPA,250,2023",
    f"{BINJAI},#N/A,6202. Penyertaan Modal Daerah,50,2023",
)
OPEN = (
    "1275,02.15,Kota Medan,4201,,3000000000000,2023",
    "1275,02.15,Kota Medan,4202,,400.40,2023",
    "1275,02.15,Kota Medan,5101,,3000000000400,2023",
)
WRONG = (
    f"{BINJAI},4101,4101. Pajak Daerah,7,2023",  # a second time
    "1275,02.14,Kota Medan,4102,,7,2023",  # BPS 1275 under Binjai's DJPK code
    f"{BINJAI},4102,4103. Lain,7,2023",
    f"{BINJAI},,,7,2023",
    f"{BINJAI},4102,,7.005,2023",
    f"{BINJAI},4102,,tujuh,2023",
    f"{BINJAI},7101,,7,2023",
    f"{BINJAI},4102,,7,1823",
    "1276,2.14,Kota Binjai,4102,,7,2023",
)
FIRST = Publication("DJPK", AT, UUID(int=1))


@pytest.fixture
def imported(tmp_path: Path) -> Callable[..., Summary]:
    def run_it(*rows: str, dry_run: bool = False, batch: int = 1, each: int = 1000) -> Summary:
        path = tmp_path / "apbd.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n")
        at = AT + timedelta(days=batch)
        importer = ApbdImport(replace(FIRST, batch=UUID(int=batch), as_of=at))
        importer.batch = each  # type: ignore[misc]
        return run(importer, path, Options(dry_run=dry_run))

    return run_it


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    return (summary.read, summary.new, summary.changed, summary.unchanged, summary.rejected)


def tables() -> tuple[int, int, int]:
    models = (PublishedBudget, PublishedAmount, PublishedFinding)
    return tuple(model.objects.count() for model in models)  # type: ignore[return-value]


def test_a_budget_that_closes_is_taken_and_one_that_does_not_is_named(imported: Any):
    summary = imported(*CLOSING, *OPEN, each=2)
    assert counts(summary) == (7, 7, 0, 0, 0)
    assert tables() == (2, 7, 1)
    (warning,) = summary.warnings
    assert warning.code == "budget.published_does_not_close"
    assert str(warning).replace("\u00a0", " ") == (
        "Kota Medan (02.15) 2023 tidak menutup: pendapatan Rp 3.000.000.000.400,40 − belanja "
        "Rp 3.000.000.000.400,00 + pembiayaan Rp 0,00 = Rp 0,40; periksa jenis 4202 = Rp 400,40."
    )
    assert warning.values["difference"] == Decimal("0.40")
    medan, binjai = queries.published_budgets(2023)
    assert (medan.name, medan.closing.difference, medan.suspects) == (
        "Kota Medan",
        Decimal("0.40"),
        ("4202",),
    )
    assert binjai.closing == Closing(*map(Decimal, ("1000.50", "1200.50", "250", "50")))
    finding = PublishedFinding.objects.get()
    assert (finding.budget_id, finding.difference, finding.suspects) == (
        medan.id,
        Decimal("0.40"),
        ["4202"],
    )


def test_a_second_run_changes_nothing_whatever_the_order(imported: Any):
    imported(*CLOSING, *OPEN)
    before = tables()
    again = imported(*reversed(OPEN), *CLOSING, batch=2, each=2)
    assert counts(again) == (7, 0, 0, 7, 0)
    assert [one.values["region"] for one in again.warnings] == ["Kota Medan"]
    assert tables() == before


def test_a_correction_is_a_row_of_its_own_and_closes_the_finding(imported: Any):
    imported(*OPEN)
    mended = imported(OPEN[0], OPEN[1].replace("400.40", "400"), OPEN[2], batch=2)
    assert counts(mended) == (3, 0, 1, 2, 0)
    assert mended.warnings == []
    (medan,) = queries.published_budgets(2023)
    assert medan.closing.closes
    amounts = PublishedAmount.objects.filter(jenis="4202").order_by("pk")
    assert list(amounts.values_list("amount", flat=True)) == [Decimal("400.40"), Decimal("400.00")]
    found = PublishedFinding.objects.order_by("pk").values_list("difference", flat=True)
    assert list(found) == [Decimal("0.40"), Decimal("0.00")]
    (told,) = [one for one in queries.published_amounts(medan.id) if one.jenis == "4202"]
    assert (told.amount, told.source, told.as_of) == (
        Decimal("400.00"),
        "DJPK",
        AT + timedelta(days=2),
    )


def test_what_a_later_file_is_silent_about_still_counts_and_is_named(imported: Any):
    imported(*CLOSING)
    summary = imported(*CLOSING[:3], batch=2)
    (warning,) = summary.warnings
    assert str(warning) == "Kota Binjai 2023: jenis 6202 tidak ada di berkas ini."
    assert queries.published_budgets(2023)[0].closing.closes


def test_bad_rows_are_named_with_line_and_reason_and_cost_no_other_its_place(imported: Any):
    summary = imported(*CLOSING, *WRONG)
    assert counts(summary) == (13, 4, 0, 0, 9)
    codes = [(line, [reason.code for reason in reasons]) for line, reasons in summary.shown]
    assert codes == [
        (6, ["budget.published_double"]),
        (7, ["budget.other_government"]),
        (8, ["budget.jenis_differs"]),
        (9, ["budget.no_jenis"]),
        (10, ["budget.finer_than_sen"]),
        (11, ["import.not_a_number"]),
        (12, ["budget.jenis"]),
        (13, ["budget.year"]),
        (14, ["budget.djpk_code"]),
    ]
    assert "Kota Medan (1275)" in str(summary.shown[1][1][0])
    assert tables() == (1, 4, 0)


def test_another_name_on_record_is_refused_too(imported: Any):
    imported(*CLOSING)
    summary = imported("1275,02.14,Kota Medan,4102,,7,2023", batch=2)
    assert counts(summary) == (1, 0, 0, 0, 1)
    assert tables() == (1, 4, 0)


def test_a_dry_run_tells_all_and_keeps_nothing(imported: Any):
    summary = imported(*CLOSING, *OPEN, dry_run=True)
    assert counts(summary) == (7, 7, 0, 0, 0)
    assert len(summary.warnings) == 1
    assert tables() == (0, 0, 0)


def test_the_command_names_it_as_text_and_as_json(tmp_path: Path):
    path = tmp_path / "apbd.csv"
    path.write_text("\n".join([HEADER, *OPEN]) + "\n")
    told = CliRunner().invoke(command, [str(path), "--as-of", "2023-03-01"])
    assert told.exit_code == 0
    assert "Peringatan: Kota Medan (02.15) 2023 tidak menutup" in told.output
    assert PublishedAmount.objects.first().as_of == datetime(2023, 3, 1, tzinfo=UTC)  # type: ignore[union-attr]
    answer = json.loads(CliRunner().invoke(command, [str(path), "--json"]).output)
    assert answer["unchanged"] == 3
    (warning,) = answer["warnings"]
    assert (warning["code"], warning["values"]["code"], warning["values"]["year"]) == (
        "budget.published_does_not_close",
        "02.15",
        2023,
    )
    assert warning["values"]["difference"] == "0.40"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE budget_publishedamount SET amount = 0",
        "DELETE FROM budget_publishedfinding",
        "UPDATE budget_publishedbudget SET name = 'x'",
        "INSERT INTO budget_publishedamount (budget_id, jenis, amount, record, source, external_id,"
        " import_batch, as_of) SELECT budget_id, jenis, 0, record, source, '', import_batch, as_of"
        " FROM budget_publishedamount LIMIT 1",
        "INSERT INTO budget_publishedamount (budget_id, jenis, amount, record, source, external_id)"
        " SELECT id, '4303', 0, 'here', '', '' FROM budget_publishedbudget LIMIT 1",
    ],
)
def test_the_database_refuses_to_rewrite_what_was_published(imported: Any, statement: str):
    imported(*OPEN)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert tables() == (1, 3, 1)


def test_suspects_of_a_whole_difference_are_the_jenis_of_that_amount():
    amounts = {"4101": Decimal(100), "5101": Decimal(60), "5105": Decimal(40), "6101": Decimal(40)}
    assert rules.closing(amounts).difference == Decimal(40)
    assert rules.suspects(amounts, Decimal(40)) == ("5105", "6101")
    assert rules.suspects(amounts, Decimal(0)) == ()


def test_the_page_lists_who_does_not_close_and_compares_with_our_own(world: Any, imported: Any):
    imported(*CLOSING, *OPEN)
    binjai = queries.published_budgets(2023)[1]
    browser = world.client("ppkd")
    text = browser.get(reverse("budget:published")).content.decode()
    assert text.index(">Kota Medan</a>") < text.index(">Kota Binjai</a>")
    assert "4202" in text
    page = browser.get(reverse("budget:published_budget", args=[binjai.id])).content.decode()
    assert "1.200,50" in page
    assert "Belum ada versi" in page
    assert browser.get(reverse("budget:published_budget", args=[0])).status_code == 404
    assert world.client("dewi").get(reverse("budget:published")).status_code == 403


def test_our_own_newest_version_is_summed_by_jenis(world: Any):
    make_small_budget(world)
    assert queries.own_by_jenis(2027) == {}
    actor = world.actor("ppkd", MADE)
    compile_version(2027, VersionKind.RKA, title="RKA 2027", actor=actor)
    assert queries.own_by_jenis(2027) == {
        "4101": Decimal("700000000.40"),
        "4201": Decimal("300000000.00"),
        "5101": Decimal("350000000.15"),
        "5102": Decimal("300000000.25"),
        "5203": Decimal("350000000.00"),  # of two units
        "6101": Decimal("50000000.00"),
        "6202": Decimal("50000000.00"),
    }
    budget = PublishedBudget.objects.create(code="02.14", name="Kota Binjai", year=2027)
    PublishedAmount.objects.create(
        budget=budget,
        jenis="5102",
        amount=300_000_000,
        record="sipd",
        source="DJPK",
        import_batch=UUID(int=1),
        as_of=AT,
    )
    beside = {one.jenis: one.difference for one in queries.beside_our_own(budget.pk, 2027)}
    assert beside["5102"] == Decimal("0.25")


@pytest.mark.real_data
def test_binjai_2023_is_the_one_that_does_not_close(tmp_path: Path):
    folder = Path(os.environ["KAWAL_TEST_DATA"]) / "apbd"
    path = folder / "apbd_2023_sumut_per_jenis.csv"
    options = Options(rejects=tmp_path / "ditolak.csv")
    summary = run(ApbdImport(FIRST), path, options)
    assert counts(summary) == (679, 679, 0, 0, 0)
    (warning,) = summary.warnings
    assert (warning.values["region"], warning.values["code"]) == ("Kota Binjai", "02.14")
    assert warning.values["revenue"] == Decimal("1013597766613.40")
    assert warning.values["spending"] == Decimal("1010597766613.00")
    assert warning.values["financing"] == Decimal(-3_000_000_000)
    assert warning.values["difference"] == Decimal("0.40")
    assert "4202 = Rp\u00a043.509.756.988,40" in str(warning)
    assert len(queries.published_budgets(2023)) == 33
    again = run(ApbdImport(replace(FIRST, batch=UUID(int=2))), path, options)
    assert counts(again) == (679, 0, 0, 679, 0)
    alone = run(
        ApbdImport(replace(FIRST, batch=UUID(int=3))), folder / "apbd_2023_binjai.csv", options
    )
    assert counts(alone) == (19, 0, 0, 19, 0)
    assert len(alone.warnings) == 1
    assert PublishedFinding.objects.count() == 1
