"""A file is kept whole, once, by its hash, and any change to it is found."""

import hashlib
import io
import json
import stat

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from kawal.documents import actions, kinds, queries, registry
from kawal.documents.management.verify_files import command
from kawal.documents.models import Document
from kawal.documents.storage import Damaged
from kawal.documents.tests.conftest import AT, PDF, PNG, workbook
from kawal.documents.verification import verify
from kawal.kernel.refusals import NotThere, Refused

pytestmark = pytest.mark.django_db


def keep(content=PDF, name="SK.pdf", kind="test.decree", by=None):
    return actions.keep(io.BytesIO(content), name=name, kind=kind, by=by, at=AT)


def on_disk():
    return sorted(kinds.files().all())


def test_a_file_is_kept_by_its_hash_and_for_nobody_elses_eyes(siti, tmp_path):
    kept = keep(by=siti)
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert (kept.sha256, kept.size, kept.media_type.value) == (sha256, len(PDF), "application/pdf")
    assert (kept.name, kept.kept_by, kept.kept_at, kept.kind) == ("SK.pdf", siti, AT, "test.decree")
    assert queries.document(kept.id) == kept
    assert queries.documents([kept.id]) == {kept.id: kept}
    assert queries.content(kept) == PDF
    place = tmp_path / "files" / sha256[:2] / sha256[2:4] / sha256
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    for folder in (place.parent, place.parent.parent, tmp_path / "files"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert on_disk() == [f"{sha256[:2]}/{sha256[2:4]}/{sha256}"]


def test_the_same_content_is_kept_once_under_each_name():
    one, two = keep(name="a.pdf"), keep(name="b.pdf")
    assert one.id != two.id
    assert (one.sha256, [one.name, two.name]) == (two.sha256, ["a.pdf", "b.pdf"])
    assert len(on_disk()) == 1


@pytest.mark.parametrize(
    ("content", "kind", "codes"),
    [
        (b"", "test.decree", ["documents.empty"]),
        (b"<html>", "test.decree", ["documents.type"]),
        (workbook(), "test.decree", ["documents.type"]),
        (PDF + bytes(registry.MiB), "test.decree", ["documents.size"]),
        (PDF, "test.table", ["documents.type"]),
    ],
)
def test_what_is_refused_leaves_nothing(content, kind, codes):
    with pytest.raises(Refused) as refused:
        keep(content, kind=kind)
    assert [reason.code for reason in refused.value.reasons] == codes
    assert (on_disk(), Document.objects.count()) == ([], 0)


def test_a_kind_may_take_other_types_and_a_name_does_not_decide():
    assert keep(workbook(), name="data.pdf", kind="test.table").name == "data.xlsx"
    assert keep(PNG, name="foto.jpg").name == "foto.png"
    assert keep(PDF + bytes(registry.MiB - len(PDF))).size == registry.MiB


def test_a_stream_that_breaks_leaves_nothing():
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        actions.keep(Broken(), name="x", kind="test.decree", by=None, at=AT)
    assert on_disk() == []


def test_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(registry.UnknownKind):
        keep(kind="never.heard")
    with pytest.raises(ValueError, match="twice"):
        registry.register(registry.Kind("test.open", "x", may_read=lambda a, d: False))
    assert [one.name for one in registry.kinds()] == ["test.decree", "test.open", "test.table"]


def place_of(kept):
    return kinds.files().place(kept.sha256)


def test_a_changed_file_is_not_read_and_is_named():
    kept = keep(name="SK 1.pdf")
    place_of(kept).write_bytes(PDF[:-1] + b"X")
    with pytest.raises(Damaged):
        queries.content(kept)
    (fault,) = verify().faults
    assert (fault.code, fault.sha256) == ("changed", kept.sha256)
    assert fault.documents == (f"test.decree SK 1.pdf ({kept.id})",)


def test_a_missing_file_is_named_with_each_of_its_documents():
    keep(name="a.pdf")
    kept = keep(name="b.pdf")
    place_of(kept).unlink()
    with pytest.raises(Damaged):
        queries.content(kept)
    verdict = verify()
    assert (verdict.documents, verdict.files) == (2, 1)
    assert [(f.code, len(f.documents)) for f in verdict.faults] == [("missing", 2)]


def test_a_file_cut_short_is_written_again_when_it_comes_again():
    kept = keep()
    place_of(kept).write_bytes(PDF[:10])
    keep()
    assert queries.content(kept) == PDF


def test_a_transaction_that_fails_leaves_an_orphan_that_is_listed():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep()
        1 / 0  # noqa: B018
    assert Document.objects.count() == 0
    verdict = verify()
    assert (verdict.faults, list(verdict.orphans)) == ((), on_disk())
    result = CliRunner().invoke(command)
    assert result.exit_code == 0
    assert "- tanpa dokumen: " in result.output


def test_the_command_ends_with_1_when_a_file_is_lost():
    kept = keep()
    assert CliRunner().invoke(command).output == "1 dokumen, 1 berkas diperiksa, 0 kesalahan.\n"
    place_of(kept).unlink()
    result = CliRunner().invoke(command, ["--json"])
    assert result.exit_code == 1
    assert json.loads(result.output)["faults"][0]["code"] == "missing"
    assert "berkas hilang" in CliRunner().invoke(command).output


@pytest.mark.parametrize(
    "verb", ["UPDATE documents_document SET name = 'x'", "DELETE FROM documents_document"]
)
def test_the_database_refuses_to_change_a_document(verb):
    kept = keep()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
    assert queries.document(kept.id) == kept


def test_a_document_that_is_not_there():
    from uuid import uuid4

    with pytest.raises(NotThere):
        queries.document(uuid4())
