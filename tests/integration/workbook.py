# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes .xlsx workbooks by hand, as spreadsheet programs write them and as they had better not.

A cell is None (absent), a str (shared string), or one of the classes below.
"""
import datetime
import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

# Cell styles: 0 general, 1 built-in date, 2 own Chinese date, 3 date and time, 4 time, 5 duration,
# 6 money, 7 scientific, 8 built-in Chinese date.
FORMATS = {164: 'yyyy"年"m"月"d"日";@', 165: "[$-804]yyyy/m/d\\ h:mm:ss", 166: "h:mm:ss;@",
           167: "[h]:mm", 168: '#,##0.00_);[Red]\\(#,##0.00\\)'}
STYLES = [0, 14, 164, 165, 166, 167, 168, 11, 31]


class Number(str):
    """A number as it stands in the file; style is an index into STYLES."""
    style = 0

    def __new__(cls, text, style=0):
        self = super().__new__(cls, text)
        self.style = style
        return self


class Inline(str):
    """An inline string."""


class Rich(str):
    """A shared string in two runs, with a phonetic guide that is no part of it."""


class Raw(str):
    """The whole <c> element."""


def serial(day, date1904=False):
    """The number of a day in a workbook."""
    if date1904:
        return (day - datetime.date(1904, 1, 1)).days
    days = (day - datetime.date(1899, 12, 30)).days
    return days if days > 60 else days - 1


def column_name(index):
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def xstring(text):
    """Control characters as _xHHHH_, as spreadsheets write them."""
    out = []
    for c in text:
        out.append("_x%04X_" % ord(c) if ord(c) < 32 and c not in "\t\n" else c)
    return "".join(out)


class Book:
    def __init__(self, date1904=False, prefix="", references=True, dimension=True):
        self.date1904 = date1904
        self.prefix = prefix
        self.references = references
        self.dimension = dimension
        self.strings = []
        self.index = {}
        self.sheets = []

    def shared(self, cell):
        key = (type(cell), str(cell))
        if key not in self.index:
            self.index[key] = len(self.strings)
            self.strings.append(cell)
        return self.index[key]

    def cell(self, cell, reference):
        p = self.prefix
        r = ' r="%s"' % reference if self.references else ""
        if isinstance(cell, Raw):
            return cell.replace("@r@", r)
        if isinstance(cell, Number):
            style = ' s="%d"' % cell.style if cell.style else ""
            return "<%sc%s%s><%sv>%s</%sv></%sc>" % (p, r, style, p, cell, p, p)
        if isinstance(cell, Inline):
            return '<%sc%s t="inlineStr"><%sis><%st xml:space="preserve">%s</%st></%sis></%sc>' % (
                p, r, p, p, escape(xstring(cell)), p, p, p)
        return '<%sc%s t="s"><%sv>%d</%sv></%sc>' % (p, r, p, self.shared(cell), p, p)

    def add(self, name, rows, merges=(), first_row=1, tail=""):
        """rows: lists of cells, None for a row that is not written at all."""
        p = self.prefix
        lines = []
        width = max((len(row) for row in rows if row), default=1)
        for number, row in enumerate(rows, first_row):
            if row is None:
                continue
            cells = []
            for index, cell in enumerate(row):
                if cell is None and self.references:
                    continue
                if cell is None:
                    cells.append("<%sc/>" % p)
                    continue
                cells.append(self.cell(cell, "%s%d" % (column_name(index), number)))
            r = ' r="%d"' % number if self.references else ""
            lines.append("<%srow%s>%s</%srow>" % (p, r, "".join(cells), p))
        dimension = ""
        if self.dimension:
            dimension = '<%sdimension ref="A1:%s%d"/>' % (
                p, column_name(width - 1), first_row + max(len(rows), 1) - 1)
        merged = ""
        if merges:
            merged = '<%smergeCells count="%d">%s</%smergeCells>' % (
                p, len(merges), "".join('<%smergeCell ref="%s"/>' % (p, m) for m in merges), p)
        namespace = ' xmlns:%s="%s"' % (p[:-1], MAIN) if p else ' xmlns="%s"' % MAIN
        self.sheets.append((name, HEAD + "<%sworksheet%s>%s<%ssheetData>%s%s</%ssheetData>%s</%sworksheet>" % (
            p, namespace, dimension, p, "".join(lines), tail, p, merged, p)))

    def string_part(self):
        items = []
        for cell in self.strings:
            text = xstring(cell)
            if isinstance(cell, Rich):
                half = len(cell) // 2
                items.append('<si><r><rPr><b/></rPr><t xml:space="preserve">%s</t></r><r><t '
                             'xml:space="preserve">%s</t></r><rPh sb="0" eb="1"><t>guide</t></rPh></si>'
                             % (escape(cell[:half]), escape(cell[half:])))
            else:
                items.append('<si><t xml:space="preserve">%s</t></si>' % escape(text))
        return HEAD + '<sst xmlns="%s" count="%d" uniqueCount="%d">%s</sst>' % (
            MAIN, len(items), len(items), "".join(items))

    def style_part(self):
        formats = "".join('<numFmt numFmtId="%d" formatCode=%s/>' % (n, quoteattr(code))
                          for n, code in FORMATS.items())
        cells = "".join('<xf numFmtId="%d" fontId="0"/>' % n for n in STYLES)
        return HEAD + ('<styleSheet xmlns="%s"><numFmts count="%d">%s</numFmts><cellStyleXfs count="1">'
                       '<xf numFmtId="14"/></cellStyleXfs><cellXfs count="%d">%s</cellXfs></styleSheet>'
                       % (MAIN, len(FORMATS), formats, len(STYLES), cells))

    def parts(self):
        sheets = "".join('<sheet name=%s sheetId="%d"%s r:id="rId%d"/>' % (
            quoteattr(name), 40 + i, ' state="hidden"' if name.startswith("~") else "", i)
            for i, (name, _) in enumerate(self.sheets, 1))
        relations = "".join(
            '<Relationship Id="rId%d" Type="%s/worksheet" Target="%s"/>' % (
                i, OFFICE, ("/xl/worksheets/sheet%d.xml" if i % 2 else "worksheets/sheet%d.xml") % i)
            for i in range(1, len(self.sheets) + 1))
        overrides = "".join(
            '<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.worksheet+xml"/>' % i for i in range(1, len(self.sheets) + 1))
        parts = {
            "[Content_Types].xml": HEAD + '<Types xmlns="%s/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="%s"/>%s'
            '</Types>' % (PACKAGE, SHEET_TYPE, overrides),
            "_rels/.rels": HEAD + '<Relationships xmlns="%s/relationships"><Relationship Id="rId1" '
            'Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (PACKAGE, OFFICE),
            "xl/workbook.xml": HEAD + '<workbook xmlns="%s" xmlns:r="%s"><workbookPr%s/><sheets>%s</sheets>'
            '</workbook>' % (MAIN, OFFICE, ' date1904="1"' if self.date1904 else "", sheets),
            "xl/_rels/workbook.xml.rels": HEAD + '<Relationships xmlns="%s/relationships">%s<Relationship '
            'Id="rId98" Type="%s/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId99" '
            'Type="%s/styles" Target="styles.xml"/></Relationships>' % (PACKAGE, relations, OFFICE, OFFICE),
            "xl/styles.xml": self.style_part(),
        }
        for i, (_, text) in enumerate(self.sheets, 1):
            parts["xl/worksheets/sheet%d.xml" % i] = text
        parts["xl/sharedStrings.xml"] = self.string_part()
        return parts

    def save(self, change=None):
        """The bytes of the workbook; change may edit the dictionary of parts."""
        parts = self.parts()
        if change:
            change(parts)
        return pack(parts)


def pack(parts):
    """A zip archive of a dictionary from name to text or bytes, the same bytes in every run."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
