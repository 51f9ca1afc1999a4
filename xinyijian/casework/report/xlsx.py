"""A workbook of plain tables, written by hand: a zip of a few XML files (ECMA-376). Every text is a text: no formula can come in."""
import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BORN = (1980, 1, 1, 0, 0, 0)  # the same file for the same figures
FORBIDDEN = str.maketrans({character: " " for character in "[]:*?/\\"} | {number: " " for number in range(32)})


def workbook(sheets) -> bytes:
    """The file of [(name, rows)]; a row is a list of texts and whole numbers, the first row is bold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in _parts(sheets):
            file.writestr(zipfile.ZipInfo(name, BORN), HEAD + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(sheets):
    numbers = range(1, len(sheets) + 1)
    yield "[Content_Types].xml", _types(numbers)
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    named = [(n, quoteattr(_name(name))) for n, (name, _rows) in zip(numbers, sheets, strict=True)]
    listed = "".join(f'<sheet name={name} sheetId="{n}" r:id="rId{n}"/>' for n, name in named)
    yield "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*links, (f"rId{len(sheets) + 1}", "styles", "styles.xml")])
    yield "xl/styles.xml", _styles()
    for n, (_sheet, rows) in zip(numbers, sheets, strict=True):
        yield f"xl/worksheets/sheet{n}.xml", _table(rows)


def _table(rows):
    lines = (f'<row r="{n}">{"".join(_cell(value, n, column, bold=n == 1) for column, value in enumerate(row))}</row>'
             for n, row in enumerate(rows, 1))
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(value, row, column, bold):
    place, style = f"{_letters(column)}{row}", ' s="1"' if bold else ""
    if type(value) is int:
        return f'<c r="{place}"{style}><v>{value}</v></c>'
    text = escape("".join(c for c in str(value) if c >= " " or c in "\t\n"))
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(column):
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _name(name):
    return str(name).translate(FORBIDDEN)[:31]


def _types(numbers):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers)
    return (f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{sheets}</Types>')


def _relations(links):
    rows = "".join(f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for name, kind, target in links)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _styles():
    fonts = '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    fills = '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    bold = '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    return (f'<styleSheet xmlns="{MAIN}">{fonts}{fills}<borders count="1"><border/></borders><cellStyleXfs count="1">{plain}</cellStyleXfs>'
            f'<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{bold}</cellXfs></styleSheet>')
