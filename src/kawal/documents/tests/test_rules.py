"""A file is what its content says, has a harmless name, and a code survives being typed."""

import pytest

from kawal.documents import rules
from kawal.documents.facts import MediaType
from kawal.documents.tests.conftest import PDF, PNG, workbook


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, MediaType.PDF),
        (PNG, MediaType.PNG),
        (b"\xff\xd8\xff\xe0" + bytes(20), MediaType.JPEG),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
        (workbook(), MediaType.XLSX),
        (workbook("xl/vbaProject.bin"), None),
        (b"PK\x03\x04 no archive", None),
        ("nama;nilai\nBinjai é;1\n".encode(), MediaType.TEXT),
        (b"\xef\xbb\xbfnama\r\n", MediaType.TEXT),
        (("é" * 3000).encode()[: rules.SNIFFED], MediaType.TEXT),
        (("a" + "é" * 3000).encode()[: rules.SNIFFED], MediaType.TEXT),
        (b"<html><script>", None),
        (b"  \n<svg xmlns=", None),
        (b"\xef\xbb\xbf<svg", None),
        (b"GIF89a", MediaType.TEXT),
        (b"MZ\x90\x00", None),
        (b"caf\xe9", None),
        (b"a\x00b", None),
        (b"\x7fELF\x02", None),
        (b"", None),
        (b" %PDF-1.7", MediaType.TEXT),
    ],
)
def test_a_file_is_what_its_content_says(content, media_type):
    head = content[: rules.SNIFFED]
    assert rules.sniff(head, content if head.startswith(b"PK") else None) is media_type


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("SK Walikota.pdf", "SK Walikota.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\siti\\SK.PDF", "SK.pdf"),
        ("laporan.pdf.exe", "laporan.pdf.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("\u202egnp.exe.pdf", "gnp.exe.pdf"),
        ("", "berkas.pdf"),
        ("...", "berkas.pdf"),
        ("x" * 300 + ".pdf", "x" * 115 + ".pdf"),
        ("Cafe\u0301.pdf", "Caf\u00e9.pdf"),
    ],
)
def test_a_name_is_harmless(name, clean):
    assert rules.clean_name(name, MediaType.PDF) == clean


def test_a_code_is_made_of_letters_that_are_not_mistaken():
    assert rules.code_of(bytes(8)) == "0000-0000-0000"
    code = rules.code_of(b"\x12\x34\x56\x78\x9a\xbc\xde\xf0")
    assert rules.CODE.fullmatch(code)
    assert rules.typed_code(f" {code.lower().replace('-', ' ')} ") == code
    assert rules.typed_code("oil0-0000-0000") == "0110-0000-0000"
    assert not rules.CODE.fullmatch(rules.typed_code("abc"))
    assert len({rules.code_of(number.to_bytes(8, "big")) for number in range(1000)}) == 1000
