# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases of Excel workbooks: see corpus.py."""
from workbook import Book, Inline, Number, Raw, Rich, pack

CODE = "91500103MA5U0QR146"
HEAD = ["no", "code", "day", "result", "n"]
SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"
DAY = 46086  # 2026-03-05


def row(no="1", code=CODE, day=Number(str(DAY), 1), result="passed", n=Number("3")):
    return [no, code, day, result, n]


def book(*rows, change=None, **options):
    made = Book(**options)
    made.add("Sheet1", [HEAD] + list(rows))
    return made.save(change)


def cells(**changed):
    """One good row, one changed one."""
    return book(row(), row("2", **changed))


def edit(part, old, new):
    def change(parts):
        assert old in parts[part], (part, old)
        parts[part] = parts[part].replace(old, new)
    return change


def drop(part):
    return lambda parts: parts.pop(part)


def raw(inner, attributes=""):
    return Raw("<c@r@ %s>%s</c>" % (attributes, inner))


def packages():
    def without(part):
        return book(row(), change=drop(part))
    yield "good", {}, book(row()), "ok 1 0"
    yield "empty_file", {}, b"", "input expected an .xlsx workbook, found a file that is no zip archive"
    yield "text_file", {}, b"no,code\n", "input expected an .xlsx workbook, found a file that is no zip archive"
    yield "old_xls", {}, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "input expected an .xlsx workbook, found an old .xls one or one with a password"
    yield "half", {}, book(row())[:900], "input cannot be read as a zip archive"
    yield "zip_without_parts", {}, pack({"a.csv": "x"}), 'input expected an .xlsx workbook, found an archive without "_rels/.rels"'
    yield "no_types", {}, without("[Content_Types].xml"), 'found an archive without "[Content_Types].xml"'
    yield "no_relations", {}, without("_rels/.rels"), 'found an archive without "_rels/.rels"'
    yield "no_workbook", {}, without("xl/workbook.xml"), "input "
    yield "no_workbook_relations", {}, without("xl/_rels/workbook.xml.rels"), "input expected an .xlsx workbook, found an archive without"
    yield "no_sheet_part", {}, without(SHEET), 'input the archive has no part "xl/worksheets/sheet1.xml"'
    yield "no_strings_part", {}, without(SHARED), "input "
    yield "no_styles_part", {}, without("xl/styles.xml"), "ok 1 1: 2 date"
    yield "relations_empty", {}, book(row(), change=edit("_rels/.rels", "officeDocument\"", "other\"")), "found an archive that names no document"
    yield "word", {}, book(row(), change=edit("[Content_Types].xml", "spreadsheetml.sheet.main", "wordprocessingml.document.main")), "found a document of type"
    yield "binary", {}, book(row(), change=edit("[Content_Types].xml", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "vnd.ms-excel.sheet.binary.macroEnabled.main")), "found a document of type"
    yield "macro", {}, book(row(), change=edit("[Content_Types].xml", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "vnd.ms-excel.sheet.macroEnabled.main+xml")), "ok 1 0"
    yield "upper_case_part", {}, book(row(), change=edit("_rels/.rels", "xl/workbook.xml", "XL/Workbook.xml")), "ok 1 0"
    yield "backslash_target", {}, book(row(), change=edit("xl/_rels/workbook.xml.rels", "/xl/worksheets/sheet1.xml", "worksheets\\sheet1.xml")), "ok 1 0"
    yield "dotted_target", {}, book(row(), change=edit("xl/_rels/workbook.xml.rels", "/xl/worksheets/sheet1.xml", "../xl/./worksheets/sheet1.xml")), "input the archive has no part"
    yield "escaping_target", {}, book(row(), change=edit("xl/_rels/workbook.xml.rels", "/xl/worksheets/sheet1.xml", "../../../etc/passwd")), "input the archive has no part"
    yield "sheet_by_name", {"sheet": "Sheet1"}, book(row()), "ok 1 0"
    yield "sheet_unknown", {"sheet": "名录"}, book(row()), 'input the workbook has no sheet "名录"; it has: Sheet1'
    yield "sheet_position", {"sheet": 2}, book(row()), "input the workbook has no sheet number 2; it has: Sheet1"
    yield "chart_sheet", {}, book(row(), change=edit("xl/_rels/workbook.xml.rels", "/worksheet\"", "/chartsheet\"")), "input expected a sheet of cells"
    yield "no_sheets", {}, book(row(), change=edit("xl/workbook.xml", "<sheet name", "<other name")), "input the workbook has no sheet number 1"
    yield "sheets_1025", {}, book(row(), change=edit("xl/workbook.xml", "<sheets>", "<sheets>" + '<sheet name="x"/>' * 1024)), "limit xl/workbook.xml, line 2: at most 1024 sheets"
    yield "strict", {}, book(row(), change=lambda parts: parts.update({n: t.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main") for n, t in parts.items()})), "ok 1 0"
    yield "prefixed", {}, book(row(), prefix="x:"), "ok 1 0"
    yield "no_references", {}, book(row(), references=False), "ok 1 0"
    yield "no_dimension", {}, book(row(), dimension=False), "ok 1 0"
    yield "styles_doctype", {}, book(row(), change=edit("xl/styles.xml", "<styleSheet", "<!DOCTYPE x><styleSheet")), "input styles, line 2: a document type definition"
    yield "sheet_bomb", {}, book(row(), change=edit(SHEET, "</sheetData>", "</sheetData>" + " " * (80 << 20))), "limit content may be at most 250 times"


def sheets():
    def changed(old, new):
        return book(row(), change=edit(SHEET, old, new))

    def wider(behind):
        """A sheet that says it has more columns than its header, so that merged cells are read."""
        return book(row(), change=lambda parts: parts.update({SHEET: parts[SHEET].replace(
            'ref="A1:E2"', 'ref="A1:G2"').replace("</sheetData>", "</sheetData>" + behind)}))

    yield "empty_sheet", {}, book(change=lambda p: p.update({SHEET: "<worksheet><sheetData/></worksheet>"})), "input expected a header line, found an empty file"
    yield "header_only", {}, book(), "ok 0 0"
    yield "no_data_element", {}, book(change=lambda p: p.update({SHEET: "<worksheet/>"})), "input expected a header line"
    yield "not_xml", {}, book(change=lambda p: p.update({SHEET: "no,code"})), "input xl/worksheets/sheet1.xml, line 1: syntax error"
    yield "empty_part", {}, book(change=lambda p: p.update({SHEET: ""})), "input xl/worksheets/sheet1.xml, line 1: no element found"
    yield "unclosed", {}, changed("</worksheet>", ""), "no element found"
    yield "doctype", {}, changed("<worksheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"), "input xl/worksheets/sheet1.xml, line 2: a document type definition, which is refused"
    yield "utf16_part", {}, book(row(), change=lambda p: p.update({SHEET: p[SHEET].replace("UTF-8", "UTF-16").encode("utf-16")})), "ok 1 0"
    yield "mark", {}, book(row(), change=lambda p: p.update({SHEET: "\ufeff" + p[SHEET]})), "ok 1 0"
    yield "bad_bytes", {}, book(row(), change=lambda p: p.update({SHEET: p[SHEET].encode().replace(b"<v>3", b"<v>\xff")})), "not well-formed"
    yield "rows_back", {}, changed('<row r="2"', '<row r="1"'), "input xl/worksheets/sheet1.xml, line 2: row 1 behind row 1"
    yield "row_zero", {}, changed('<row r="1"', '<row r="0"'), "row 0 behind row 0"
    yield "row_text", {}, changed('<row r="2"', '<row r="two"'), "expected the number of a row, found \"two\""
    yield "row_last", {}, changed('<row r="2"', '<row r="1048576"'), "ok 1 0"
    yield "row_beyond", {}, changed('<row r="2"', '<row r="1048577"'), "limit xl/worksheets/sheet1.xml, line 2: a sheet has at most 1048576 rows"
    yield "row_huge", {}, changed('<row r="2"', '<row r="99999999999999999999"'), "expected the number of a row"
    yield "rows_far", {}, book(row(), None, None, row("4")), "ok 2 0"
    yield "rows_blank", {}, book(*([row()] + [[Raw('<c@r@ s="1"/>')] * 5] * 1000 + [row("2")])), "ok 2 0"
    yield "cell_reference", {}, changed('r="A2"', 'r="2A"'), "ok 1 1: 2 form"
    yield "cell_reference_lower", {}, changed('r="A2"', 'r="a2"'), "ok 1 1: 2 form"
    yield "cell_column_beyond", {}, changed('r="E2"', 'r="XFE2"'), "ok 1 1: 2 form"
    yield "cell_column_1025", {}, changed('r="E2"', 'r="AMK2"'), "ok 1 1: 2 form"
    yield "cell_column_beside", {}, changed('r="E2"', 'r="F2"'), "ok 1 1: 2 columns"
    yield "cells_back", {}, changed('r="E2"', 'r="A2"'), "ok 1 1: 2 form"
    yield "cells_sparse", {}, book(row(n=None), [None, CODE, Number(str(DAY), 1), "passed"]), "ok 2 1: 3 required"
    yield "cell_in_cell", {}, cells(n=raw("<c><v>1</v></c><v>3</v>")), "ok 2 0"
    yield "depth_64", {}, cells(n=raw("<v>3</v>" + "<x>" * 60 + "</x>" * 60)), "ok 2 0"
    yield "depth_65", {}, cells(n=raw("<v>3</v>" + "<x>" * 61 + "</x>" * 61)), "limit xl/worksheets/sheet1.xml, line 2: elements may be nested 64 deep"
    yield "attribute_3_mib", {}, changed('<row r="2"', '<row x="%s" r="2"' % ("y" * (3 << 20))), "limit xl/worksheets/sheet1.xml, line 2: a tag or comment of more than 1 MiB"
    yield "inline_2_mib", {}, cells(result=Inline("y" * (2 << 20))), "ok 2 1: 3 form"
    yield "shared_many", {}, book(row(), ["y" * 30000] * 40), "ok 2 1: 3 form"
    yield "header_twice", {}, book(change=lambda p: p.update({SHEET: p[SHEET].replace("<v>0</v>", "<v>2</v>")})), 'input line 1: column "no" is named'
    yield "header_problem", {}, changed("<v>0</v>", "<v>999</v>"), "input line 1: expected a header, found cell A1: there is no shared string 999"
    yield "merge_bad", {}, book(row(), change=edit(SHEET, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1"/></mergeCells>')), "ok 1 0"
    yield "merge_bad_read", {}, wider('<mergeCells><mergeCell ref="A1"/></mergeCells>'), "expected merged cells such as A1:B2"
    yield "merge_none", {}, wider(""), "ok 1 0"
    yield "merges_4097", {}, wider('<mergeCell ref="A1:B1"/>' * 4097), "limit xl/worksheets/sheet1.xml, line 2: a header may touch at most 4096"


def merged():
    made = Book()
    made.add("Sheet1", [["title"], ["no", "code", "when", None, "n"], [None, None, "day", "result", None], row()],
             ["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"])
    yield "merged_two_rows", {"header_row": [2, 3]}, made.save(), 'input line 3: column "day" is named by the mapping but not in the file, which has: no, code, when/day, when/result, n'
    yield "merged_last_row", {"header_row": 3}, made.save(), "ok 1 0"
    made = Book()
    made.add("Sheet1", [["no", None, "day", "result", "n"], row()], ["A1:B1"])
    yield "merged_repeats", {}, made.save(), 'input line 1: column "no" is there twice'


def values():
    texts = [("shared", "passed", True), ("inline", Inline("passed"), True), ("rich", Rich("passed"), True),
             ("formula", raw("<f>A1</f><v>passed</v>", 't="str"'), True),
             ("formula_blank", raw("<f>A1</f><v></v>", 't="str"'), False),
             ("inline_runs", raw("<is><r><t>pas</t></r><r><rPr/><t>sed</t></r><rPh><t>x</t></rPh></is>", 't="inlineStr"'), True),
             ("inline_no_type", raw("<is><t>passed</t></is>"), True),
             ("error", raw("<v>#N/A</v>", 't="e"'), False), ("boolean", raw("<v>1</v>", 't="b"'), False),
             ("escaped", Inline("_x005F_x0070_assed"), False), ("blanks", Inline("  passed\n"), True)]
    for name, cell, good in texts:
        reason = "required" if name == "formula_blank" else "code"
        yield "text_" + name, {}, cells(result=cell), "ok 2 0" if good else "ok 2 1: 3 " + reason
    yield "text_unescaped", {}, cells(result=raw("<is><t>_x0070_assed</t></is>", 't="inlineStr"')), "ok 2 0"
    yield "formula_never", {}, cells(n=raw("<f>1+2</f>")), "ok 2 1: 3 form"
    yield "formula_never_blank", {}, cells(n=raw("<f>1+2</f><v/>")), "ok 2 1: 3 form"
    yield "formula_shared", {}, cells(n=raw('<f t="shared" si="0"/><v>3</v>')), "ok 2 0"
    yield "string_index_beyond", {}, cells(result=raw("<v>999</v>", 't="s"')), "ok 2 1: 3 form"
    yield "string_index_negative", {}, cells(result=raw("<v>-1</v>", 't="s"')), "ok 2 1: 3 form"
    yield "string_index_text", {}, cells(result=raw("<v>x</v>", 't="s"')), "ok 2 1: 3 form"
    yield "string_index_blank", {}, cells(result=raw("<v/>", 't="s"')), "ok 2 1: 3 form"
    yield "type_unknown", {}, cells(n=raw("<v>3</v>", 't="zz"')), "ok 2 0"
    yield "strings_doctype", {}, book(row(), change=edit(SHARED, "<sst", "<!DOCTYPE sst><sst")), "input shared strings, line 2: a document type"
    yield "strings_cut", {}, book(row(), change=edit(SHARED, "</sst>", "")), "input shared strings, line 2: no element found"
    yield "strings_empty", {}, book(row(), change=lambda p: p.update({SHARED: "<sst/>"})), "input line 1: expected a header, found cell A1: there is no shared string 0"
    for i, n in enumerate(["3", "3.0", "3E0", "0.3E1", "2.9999999999999999", "3.00000000000000001", "030"]):
        yield "number_good_%d" % i, {}, cells(n=Number(n)), "ok 2 0"
    for i, n in enumerate(["3.5", "-3", "1E+17", "1e400", "1E-9"]):
        yield "number_bad_%d" % i, {}, cells(n=Number(n)), "ok 2 1: 3 number"
    for i, n in enumerate(["abc", "1e99999", "0x3", "1,000", "NaN", "--1", "1 2"]):
        yield "number_form_%d" % i, {}, cells(n=Number(n)), "ok 2 1: 3 form"
    yield "code_eaten", {}, cells(code=Number("9.1500103E+17")), "ok 2 1: 3 credit-code"
    yield "code_eaten_whole", {}, cells(code=Number("915001030000000000")), "ok 2 1: 3 credit-code"


def days():
    good = [("built_in", str(DAY), 1), ("chinese", str(DAY), 2), ("moment_midnight", str(DAY), 3), ("built_in_chinese", str(DAY), 8),
            ("part_of_day", "%d.75" % DAY, 1), ("one", "1", 1), ("59", "59", 1), ("61", "61", 1), ("last", "2958465", 1)]
    bad = [("60", "60", 1), ("zero", "0", 1), ("beyond", "2958466", 1), ("negative", "-1", 1), ("general", str(DAY), 0),
           ("moment", "%d.5" % DAY, 3), ("time", "0.5", 4), ("duration", "1.5", 5), ("huge", "1e300", 1), ("style_beyond", str(DAY), 99),
           ("money", str(DAY), 6)]
    for name, value, style in good:
        yield "day_" + name, {}, cells(day=Number(value, style)), "ok 2 0"
    for name, value, style in bad:
        yield "day_" + name, {}, cells(day=Number(value, style)), "ok 2 1: 3 date"
    yield "day_text", {}, cells(day="2026年3月5日"), "ok 2 0"
    yield "day_iso", {}, cells(day=raw("<v>2026-03-05T00:00:00Z</v>", 't="d"')), "ok 2 0"
    yield "day_iso_bare", {}, cells(day=raw("<v>2026-03-05</v>", 't="d"')), "ok 2 0"
    yield "day_iso_moment", {}, cells(day=raw("<v>2026-03-05T10:00:00</v>", 't="d"')), "ok 2 1: 3 date"
    yield "day_1904_zero", {}, book(row(day=Number("0", 1)), date1904=True), "ok 1 0"
    yield "day_1904_60", {}, book(row(day=Number("60", 1)), date1904=True), "ok 1 0"
    yield "day_1904_last", {}, book(row(day=Number("2957003", 1)), date1904=True), "ok 1 0"
    yield "day_1904_beyond", {}, book(row(day=Number("2957004", 1)), date1904=True), "ok 1 1: 2 date"


def cases():
    for group in (packages, sheets, merged, values, days):
        for name, form, data, expected in group():
            yield "xlsx", name, {"format": "xlsx", **form}, data, expected
