"""An issued document can be checked by anybody: what it is, whose seal, whether a file is it."""

import hashlib
import io
import uuid
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from kawal.documents import actions, kinds, pdf, queries
from kawal.documents.models import Document, Issued, Signature
from kawal.documents.signing import LocalKeys, message
from kawal.documents.tests.conftest import AT, PDF
from kawal.kernel.refusals import NotThere, Refused
from kawal.trail import models as trail

pytestmark = pytest.mark.django_db
DATA = {"title": "Laporan Ketersediaan", "government": "Pemerintah Kota Binjai"}


def issue(kind="test.decree", **more):
    words = {"title": "Laporan Ketersediaan", "number": "000.1/12/2026", "on": date(2026, 11, 24)}
    return actions.issue("documents/statement", DATA, kind=kind, by=None, at=AT, **words | more)


def leaves():
    return [bytes(one) for one in trail.Leaf.objects.values_list("canonical", flat=True)]


def page(path, client=None):
    answer = (client or Client()).get(path)
    return answer.status_code, answer.content.decode()


def test_the_same_data_gives_the_same_archivable_pdf():
    proof = {"code": "X", "address": "https://x", "qr": pdf.qr("https://x"), "words": "w"}
    data = DATA | {
        "paragraphs": ["Satu.", "Dua é <tag> #let x = 1"],
        "table": {"columns": ["a", "b"], "numeric": [1], "rows": [["x", "1"]]},
        "place": "Binjai",
        "on": "24 November 2026",
        "proof": proof,
    }
    one, two = (pdf.render("documents/statement", data, at=AT) for _ in range(2))
    assert one == two
    assert one.startswith(b"%PDF-1.7")
    assert b"pdfaid" in one
    assert one != pdf.render("documents/statement", data | {"title": "Lain"}, at=AT)


@pytest.mark.parametrize(
    "name", ["documents/never", "never/statement", "../x/statement", "documents/../x"]
)
def test_a_template_that_is_not_there(name):
    with pytest.raises(pdf.NoTemplate):
        pdf.render(name, DATA)


def test_templates_reach_for_nothing_outside():
    sources = list(pdf.ROOT.glob("*/typst/*.typ"))
    assert sources
    for source in sources:
        assert "@preview" not in source.read_text()
        assert "@local" not in source.read_text()


def test_issuing_keeps_signs_and_publishes():
    made = issue()
    assert (made.title, made.number, made.on) == (
        "Laporan Ketersediaan",
        "000.1/12/2026",
        date(2026, 11, 24),
    )
    assert made.document.sha256 == hashlib.sha256(queries.content(made.document)).hexdigest()
    assert made.document.name == "Laporan Ketersediaan.pdf"
    (seal,) = made.signatures
    assert (seal.is_valid, seal.is_known, seal.signer) == (True, True, settings.BASE_URL)
    (leaf,) = leaves()
    assert f'"code":"{made.code}"'.encode() in leaf
    assert f'"sha256":"{made.document.sha256}"'.encode() in leaf
    assert issue().code != made.code


def test_a_title_that_may_not_be_public_is_refused_and_nothing_is_kept():
    with pytest.raises(Refused) as refused:
        issue(title="Gaji 1275010101900001")
    assert [reason.code for reason in refused.value.reasons] == ["personal.nik"]
    assert (Issued.objects.count(), Document.objects.count(), leaves()) == (0, 0, [])


def test_a_seal_holds_for_its_hash_its_moment_and_our_keys_alone(tmp_path):
    ours, theirs = LocalKeys(tmp_path / "a", "kota"), LocalKeys(tmp_path / "b", "kota")
    sealed = ours.sign("ab" * 32, at=AT)
    assert ours.verify(sealed, "ab" * 32, at=AT)
    assert not ours.verify(sealed, "ac" * 32, at=AT)
    assert not ours.verify(sealed, "ab" * 32, at=AT + timedelta(microseconds=1))
    assert not theirs.verify(sealed, "ab" * 32, at=AT)
    assert message("ab" * 32, AT) == (
        b"kawal.id/document/v1\n" + b"ab" * 32 + b"\n2026-11-24T03:00:00.000000Z\n"
    )


def test_a_new_key_signs_and_the_old_one_still_checks_even_as_its_public_half(tmp_path):
    keys = LocalKeys(tmp_path / "sign", "kota")
    old = keys.sign("ab" * 32, at=AT)
    assert keys.renew() != old.key_id
    new = keys.sign("ab" * 32, at=AT)
    assert new.key_id != old.key_id
    assert keys.verify(old, "ab" * 32, at=AT)
    first = sorted(keys.folder.glob("*.pem"))[0]
    assert first.stat().st_mode & 0o777 == 0o600
    public = keys._public()[old.key_id].public_bytes_raw().hex()
    first.unlink()
    assert not keys.knows(old.key_id)
    assert not keys.verify(old, "ab" * 32, at=AT)
    (keys.folder / f"{old.key_id}.pub").write_text(public)
    assert keys.verify(old, "ab" * 32, at=AT)


def test_a_forged_seal_shows(client):
    made = issue()
    row = Document.objects.get(pk=made.document.id)
    Signature.objects.create(
        document=row, provider="local", key_id="00" * 16, signer="kota", signature=b"x" * 64, at=AT
    )
    assert [s.is_valid for s in queries.issued(made.code).signatures] == [True, False]
    status, text = page(f"/periksa/{made.code}")
    assert (status, "Segel tidak sah" in text, "Kunci tidak dikenal" in text) == (200, True, True)


def test_anybody_sees_what_a_code_stands_for():
    made = issue(title="Laporan <b>tebal</b>")
    status, text = page(f"/periksa/{made.code}")
    assert status == 200
    for words in (escape("Laporan <b>tebal</b>"), "000.1/12/2026", "24 November 2026", "Berlaku"):
        assert words in text
    assert made.document.sha256 in text
    assert "Unduh dokumen" not in text


def test_a_typed_code_is_mended_and_an_unknown_one_says_so():
    made = issue()
    sloppy = made.code.lower().replace("-", "")
    answer = Client().get("/periksa/", {"kode": f" {sloppy} "})
    assert answer["Location"] == f"/periksa/{made.code}"
    assert Client().get(f"/periksa/{sloppy}")["Location"] == f"/periksa/{made.code}"
    assert page("/periksa/0000-0000-0000")[0] == 404
    assert "Dokumen tidak dikenal" in page("/periksa/0000-0000-0000")[1]
    assert "salah ketik" in page("/periksa/?kode=abc")[1]
    assert page("/periksa/")[0] == 200
    with pytest.raises(NotThere):
        queries.issued("0000-0000-0000")


def offer(code, **fields):
    fields |= {"_key": str(uuid.uuid4())}
    return Client().post(f"/periksa/{code}", fields).content.decode()


def test_a_file_or_its_hash_is_compared_and_never_kept():
    made = issue()
    content = queries.content(made.document)
    before = sorted(kinds.files().all())
    assert "Sama. Berkas ini persis" in offer(made.code, berkas=io.BytesIO(content))
    assert "Tidak sama. Berkas" in offer(made.code, berkas=io.BytesIO(content[:-1] + b"x"))
    assert "Sama. Berkas ini persis" in offer(made.code, sha256=made.document.sha256.upper())
    assert 'class="flash flash-bad"' in offer(made.code, sha256="0" * 64)
    assert "Pilih berkasnya" in offer(made.code, sha256="123")
    assert "Pilih berkasnya" in offer(made.code)
    assert sorted(kinds.files().all()) == before


def test_a_withdrawn_document_says_so_to_everybody(siti):
    made = issue()
    actions.withdraw(made.code, reason="Diganti", by=siti, at=AT + timedelta(hours=1))
    found = queries.issued(made.code)
    assert (found.withdrawn_at, found.withdrawn_because) == (AT + timedelta(hours=1), "Diganti")
    text = page(f"/periksa/{made.code}")[1]
    assert "Dokumen ini sudah ditarik" in text
    assert "Diganti" in text
    assert "Berlaku" not in text
    with pytest.raises(Refused):
        actions.withdraw(made.code, reason="Lagi", by=siti, at=AT)
    assert len(leaves()) == 2
    with pytest.raises(NotThere):
        actions.withdraw("0000-0000-0000", reason="x", by=siti, at=AT)


def test_who_may_read_gets_a_file_that_no_browser_opens_as_a_page():
    made = issue(kind="test.open", title="Laporan é")
    answer = Client().get(f"/dokumen/{made.document.id}/")
    assert answer.status_code == 200
    assert answer.content == queries.content(made.document)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == ("attachment; filename*=utf-8''Laporan%20%C3%A9.pdf")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "Unduh dokumen" in page(f"/periksa/{made.code}")[1]
    assert Client().get(f"/periksa/{made.code}/dokumen").content == answer.content


def test_who_may_not_read_is_told_that_there_is_nothing():
    kept = actions.keep(io.BytesIO(PDF), name="SK.pdf", kind="test.decree", by=None, at=AT)
    made = issue()
    for path in (
        f"/dokumen/{kept.id}/",
        f"/periksa/{made.code}/dokumen",
        f"/dokumen/{uuid.uuid4()}/",
    ):
        assert Client().get(path).status_code == 404


def test_what_nobody_owns_any_more_is_read_by_nobody(monkeypatch):
    made = issue(kind="test.open")
    monkeypatch.setattr("kawal.documents.registry._kinds", {})
    assert Client().get(f"/dokumen/{made.document.id}/").status_code == 404
    assert page(f"/periksa/{made.code}")[0] == 200


def test_a_damaged_file_is_not_handed_out():
    made = issue(kind="test.open")
    kinds.files().place(made.document.sha256).write_bytes(b"%PDF-1.7 forged")
    answer = Client().get(f"/dokumen/{made.document.id}/")
    assert answer.status_code == 500
    assert b"forged" not in answer.content
