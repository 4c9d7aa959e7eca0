"""The parts of an XLSX package (ECMA-376) round the rows: styles, relations, comments."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
Part = tuple[str, str]

_FORMATS = '<numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.####"/></numFmts>'
_FONTS = """<fonts count="4"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font>
<font><sz val="11"/><color rgb="FF6B6470"/><name val="Calibri"/></font>
<font><u/><sz val="11"/><color rgb="FF75285F"/><name val="Calibri"/></font></fonts>"""
_FILLS = """<fills count="4"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFF3F0F4"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFF6B8B3"/></patternFill></fill></fills>"""
_BORDERS = """<borders count="2"><border/>
<border><left style="thin"><color rgb="FFB0201A"/></left>
<right style="thin"><color rgb="FFB0201A"/></right>
<top style="thin"><color rgb="FFB0201A"/></top>
<bottom style="thin"><color rgb="FFB0201A"/></bottom></border></borders>"""
_XFS = (  # number format, font, fill, border, more; in the order of xlsx_file.Style
    (0, 0, 0, 0, ""),
    (0, 1, 2, 0, ""),
    (4, 0, 0, 0, ""),
    (164, 0, 0, 0, ""),
    (0, 2, 0, 0, ""),
    (0, 0, 0, 0, ' quotePrefix="1"'),
    (0, 0, 3, 1, ""),
    (0, 3, 0, 0, ""),
    (4, 2, 0, 0, ""),
)


def _styles() -> str:
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
        f' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"{more}/>'
        for number, font, fill, border, more in _XFS
    )
    base = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}">{_FORMATS}{_FONTS}{_FILLS}{_BORDERS}'
        f'<cellStyleXfs count="1">{base}</cellStyleXfs>'
        f'<cellXfs count="{len(_XFS)}">{cells}</cellXfs></styleSheet>'
    )


def sheet_begin(widths: Sequence[int], head: int) -> str:
    """Return a sheet's text before its rows."""
    pane = (
        f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        if head
        else ""
    )
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, 1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{REL}"><sheetViews>'
        f'<sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )


def sheet_end(links: Sequence[tuple[str, str]], comments: bool, columns: int, head: int) -> str:
    """Return a sheet's text below its rows."""
    hyper = "".join(
        f"<hyperlink ref={quoteattr(at)} location={quoteattr(to)}/>" for at, to in links
    )
    return (
        "</sheetData>"
        + (f"<hyperlinks>{hyper}</hyperlinks>" if hyper else "")
        + '<pageSetup orientation="landscape" fitToHeight="0"/>'
        + ('<legacyDrawing r:id="rId1"/>' if comments else "")
        + "</worksheet>"
    )


def beside_sheet(number: int, comments: Sequence[tuple[int, int, str]]) -> Iterator[Part]:
    """Yield what a sheet with comments needs: the comments, their boxes, how it finds them."""
    if not comments:
        return
    yield f"xl/comments{number}.xml", _comments(comments)
    yield f"xl/drawings/vmlDrawing{number}.vml", _boxes(comments)
    yield (
        f"xl/worksheets/_rels/sheet{number}.xml.rels",
        _relations(
            ("vmlDrawing", f"../drawings/vmlDrawing{number}.vml"),
            ("comments", f"../comments{number}.xml"),
        ),
    )


def _comments(comments: Sequence[tuple[int, int, str]]) -> str:
    from kawal.budget.presenters.xlsx_file import address  # it writes with these parts

    said = "".join(
        f'<comment ref="{address(row, column)}" authorId="0"><text><t>{escape(text)}</t></text>'
        "</comment>"
        for row, column, text in comments
    )
    return (
        f'{HEAD}<comments xmlns="{MAIN}"><authors><author>Kawal</author></authors>'
        f"<commentList>{said}</commentList></comments>"
    )


def _boxes(comments: Sequence[tuple[int, int, str]]) -> str:
    shapes = "".join(
        f'<v:shape id="_x0000_s{1024 + place}" type="#_x0000_t202" fillcolor="#ffffe1"'
        ' style="position:absolute;visibility:hidden" o:insetmode="auto">'
        f'<x:ClientData ObjectType="Note"><x:Anchor>{column + 1},15,{max(row - 2, 0)},10,'
        f"{column + 4},15,{row + 4},4</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        for place, (row, column, _text) in enumerate(comments, 1)
    )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202"'
        ' coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/>'
        f"{shapes}</xml>"
    )


def _relations(*found: tuple[str, str]) -> str:
    said = "".join(
        f'<Relationship Id="rId{place}" Type="{REL}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(found, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'


def around(sheets: Sequence[tuple[str, bool]]) -> Iterator[Part]:
    """Yield what holds the sheets together: the book, its styles, the types of its parts."""
    numbered = list(enumerate(sheets, 1))
    yield "xl/styles.xml", _styles()
    yield "xl/workbook.xml", _book(sheets)
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            *(("worksheet", f"worksheets/sheet{n}.xml") for n, _sheet in numbered),
            ("styles", "styles.xml"),
        ),
    )
    yield "_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))
    overrides = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    for number, (_name, has_comments) in numbered:
        overrides.append((f"/xl/worksheets/sheet{number}.xml", "worksheet"))
        if has_comments:
            overrides.append((f"/xl/comments{number}.xml", "comments"))
    yield "[Content_Types].xml", _types(overrides)


def _book(sheets: Sequence[tuple[str, bool]]) -> str:
    said = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _comments) in enumerate(sheets, 1)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{said}</sheets>'
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )


def _types(overrides: Sequence[tuple[str, str]]) -> str:
    said = "".join(
        f'<Override PartName="{path}" ContentType="{TYPES}.{kind}+xml"/>'
        for path, kind in overrides
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="vml" '
        'ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        f"{said}</Types>"
    )
