"""No document of the repository points to a file, a heading or an address that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGES = sorted(
    path
    for folder in (".", "docs", "src", "bench")
    for path in Path(folder).glob("**/*.md")
    if folder != "." or path.parent == Path()
)
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


def prose(path: Path) -> str:
    """Return a page without its blocks of code and its code in a line."""
    return re.sub(
        r"`[^`\n]*`", lambda code: code[0].replace("](", "] ("), _FENCE.sub("", path.read_text())
    )


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and GitLab make them."""
    found: list[str] = []
    for heading in _HEADING.findall(_FENCE.sub("", path.read_text())):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        found.append(re.sub(r"[^\w\- ]", "", words).replace(" ", "-"))
    return {
        one if not (before := found[:place].count(one)) else f"{one}-{before}"
        for place, one in enumerate(found)
    }


def broken(path: Path) -> Iterator[str]:
    """Yield the links of a page that lead nowhere; addresses of the web are not asked."""
    for target in _LINK.findall(prose(path)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = path.parent / name if name else path
        lost = name.startswith("/") or not there.exists()
        if lost or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            yield target


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_every_link_leads_somewhere(path: Path):
    assert list(broken(path)) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path):
    (tmp_path / "there.md").write_text("# Satu judul, `dua`\n\n## Sama\n\n## Sama\n")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](there.md) [b](there.md#satu-judul-dua) [c](there.md#sama-1) [d](https://contoh.go.id)\n"
        "[e](gone.md) [f](there.md#sama-2) [g](#none) [h](/etc/passwd)\n"
        "`[i](code.md)`\n```\n[j](code.md)\n```\n"
    )
    assert list(broken(page)) == ["gone.md", "there.md#sama-2", "#none", "/etc/passwd"]


_NAMED = re.compile(r"\b(?:docs|tests|tools|bench)/[\w./-]+\.(?:md|py|conf|service|png)\b")


def test_every_file_that_a_document_or_a_text_of_the_product_names_is_there():
    """A page, a message or a help text that says where to read on says it rightly."""
    texts = [*PAGES, *Path("src/kawal").rglob("*.py"), *Path("src/kawal").rglob("*.jinja")]
    named = {
        (str(path), name)
        for path in texts
        if "tests" not in path.parts and path.name != "CHANGELOG.md"
        for name in _NAMED.findall(path.read_text())
    }
    assert ("src/kawal/config/outside.py", "docs/how-to/production.md") in named
    assert {one for one in named if not Path(one[1]).exists()} == set()
