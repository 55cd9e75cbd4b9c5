# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases of CSV, of encodings, and of the containers gzip and zip: see corpus.py."""
import gzip
import io
import zipfile

HEAD = "no,code,day,result,n\n"
CODE = "91500103MA5U0QR146"
GOOD = "1,%s,2026-03-05,passed,3\n" % CODE
UTF8 = {"encoding": "utf-8"}
GB = {"encoding": "gb18030"}
UTF16 = {"encoding": "utf-16"}


def row(no=1, code=CODE, day="2026-03-05", result="passed", n="3"):
    return "%s,%s,%s,%s,%s\n" % (no, code, day, result, n)


def forms():
    yield "empty", UTF8, b"", "input expected a header line, found an empty file"
    yield "mark_only", UTF8, b"\xef\xbb\xbf", "input expected a header line, found an empty file"
    yield "blank_only", UTF8, b"\n\r\n\n", "input expected a header line, found an empty file"
    yield "header_only", UTF8, HEAD, "ok 0 0"
    yield "header_without_end", UTF8, HEAD.strip(), "ok 0 0"
    yield "good", UTF8, HEAD + GOOD, "ok 1 0"
    yield "good_without_end", UTF8, (HEAD + GOOD).strip(), "ok 1 0"
    yield "crlf", UTF8, (HEAD + GOOD).replace("\n", "\r\n"), "ok 1 0"
    yield "cr_only", UTF8, (HEAD + GOOD).replace("\n", "\r"), "input line 1: column"
    yield "cr_at_end", UTF8, HEAD + GOOD.strip() + "\r", "ok 1 0"
    yield "blank_lines", UTF8, "\n\n" + HEAD + "\n" + GOOD + "\r\n\n", "ok 1 0"
    yield "mark", UTF8, "\ufeff" + HEAD + GOOD, "ok 1 0"
    yield "mark_inside", UTF8, HEAD + "\ufeff" + GOOD, "ok 1 0"
    yield "quoted_line", UTF8, HEAD + '"1\n2",%s,2026-03-05,passed,3\n' % CODE + row(2), "ok 2 0"
    yield "quote_open", UTF8, HEAD + '"1,%s,2026-03-05,passed,3\n' % CODE + row(2), "ok 2 1: 2 form"
    yield "quote_open_last", UTF8, HEAD + GOOD + '2,"', "ok 2 1: 3 form"
    yield "text_behind_quote", UTF8, HEAD + '"1"x,%s,2026-03-05,passed,3\n' % CODE + row(2), "ok 2 1: 2 form"
    yield "quote_inside", UTF8, HEAD + row('1"2'), "ok 1 0"
    yield "quotes_doubled", UTF8, HEAD + row('"a""b"'), "ok 1 0"
    yield "quote_header_open", UTF8, '"no,code,day,result,n\n' + GOOD, "input line 1: expected a header, found a quote"
    yield "few_columns", UTF8, HEAD + "1,%s\n" % CODE + row(2), "ok 2 1: 2 columns"
    yield "many_columns", UTF8, HEAD + row(1).strip() + ",x\n", "ok 1 1: 2 columns"
    yield "one_column", UTF8, HEAD + "x\n", "ok 1 1: 2 columns"
    yield "columns_1024", UTF8, HEAD.strip() + "," * 1019 + "\n" + GOOD.strip() + "," * 1019 + "\n", "ok 1 0"
    yield "columns_1025", UTF8, HEAD.strip() + "," * 1020 + "\n", "input line 1: expected a header, found more columns"
    yield "columns_1025_row", UTF8, HEAD + "," * 1024 + "\n", "ok 1 1: 2 form"
    yield "column_missing", UTF8, HEAD.replace("day", "tag") + GOOD, 'input line 1: column "day" is named by the mapping but not'
    yield "column_twice", UTF8, HEAD.replace("n\n", "day\n") + GOOD, 'input line 1: column "day" is there twice'
    yield "header_blanks", UTF8, " no , code ,\u3000day,result,n\n" + GOOD, "ok 1 0"
    yield "header_bad_text", UTF8, b"no,code,day,result,n,\xff\n", "input line 1: the name of column 6 is not text"
    yield "header_nul", UTF8, b"no,code,day,result,n,\x00\n", "input line 1: the name of column 6 is not text"
    yield "line_1_mib", UTF8, HEAD + row("x" * (1 << 20)) + row(2), "ok 2 1: 2 form"
    yield "line_3_mib", UTF8, HEAD + row("x" * (3 << 20)) + row(2), "ok 2 1: 2 form"
    yield "quoted_lines", UTF8, HEAD + '"x\n' + "x\n" * 7 + row(2), "ok 9 8: 2 form; " + "; ".join("%d columns" % i for i in range(3, 10))
    yield "quoted_1_mib", UTF8, HEAD + '"' + "y" * 1000 + "\n" + "y" * (1 << 20) + '"\n' + row(2), "ok 3 2: 2 form; 3 form"
    yield "key_long", UTF8, HEAD + row("x" * 401), "ok 1 1: 2 too-long"
    yield "key_empty", UTF8, HEAD + row(""), "ok 1 1: 2 required"
    yield "semicolon", {**UTF8, "delimiter": ";"}, (HEAD + GOOD).replace(",", ";"), "ok 1 0"
    yield "tab", {**UTF8, "delimiter": "\t"}, (HEAD + GOOD).replace(",", "\t"), "ok 1 0"
    yield "wrong_delimiter", {**UTF8, "delimiter": ";"}, HEAD + GOOD, "input line 1: column"
    yield "title_rows", {**UTF8, "header_row": 3}, "title\n,,\n" + HEAD + GOOD, "ok 1 0"
    yield "header_row_late", {**UTF8, "header_row": 9}, HEAD + GOOD, "input expected a header line, found the end of the file"
    yield "header_two_rows", {**UTF8, "header_row": [1, 2]}, ",code,,result,n\nno,code,day,,\n" + GOOD, "ok 1 0"
    yield "header_row_gap", {**UTF8, "header_row": [1, 2]}, HEAD + "\n" + GOOD, "input line 3: expected the rest of the header by line 2"
    yield "dropped_bad", {**UTF8, "drop": ["phone"]}, "phone," + HEAD + "138\x00," + GOOD, "ok 1 0"


def values():
    good_days = ["2026-03-05", "2026/3/5", "20260305", "2026年3月5日", "2024-02-29", "2000-02-29", "9999-12-31",
                 "长期", " 2026-03-05 ", "２０２６-０３-０５", "0001-01-01"]
    bad_days = ["2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "10000-01-01",
                "2026-3-5x", "44260", "2026-03-05 10:00:00", "05/03/2026", "2026.03.05", "昨天", "", "-",
                "1900-01-00", "20260230", "2026年13月5日", "2026-03", "1e5"]
    good_numbers = ["0", "7", "00012", "１２", " 5 ", "9223372036854775807", '"1,234"', ""]
    bad_numbers = ["-1", "1.5", "1e3", "NaN", "Inf", "-0x1", "0x10", "9223372036854775808", "五", "5个", "1 000",
                   '"1,00"', '"1,2345"', "1e400", "٣", "１２．５", "--1", "+", "1/2", "９" * 30]
    bad_codes = [("9.15E+17", "credit-code"), ("91500103MA5U0QR147", "credit-code"), ("91500103MA5U0QR14", "credit-code"),
                 ("91500103MA5U0QR1466", "credit-code"), ("91500103MA5UOQR146", "credit-code"), ("", "subject"),
                 ("无", "credit-code"), ("91350100M000100Y4Z", "credit-code")]
    good_codes = ["91500103ma5u0qr146", "９１５００１０３ＭＡ５Ｕ０ＱＲ１４６", " 91500103MA5U0QR146 "]
    for i, day in enumerate(good_days):
        yield "day_good_%02d" % i, UTF8, HEAD + row(day=day), "ok 1 0"
    for i, day in enumerate(bad_days):
        yield "day_bad_%02d" % i, UTF8, HEAD + row(day=day), "ok 1 1: 2 " + ("date" if day else "required")
    for i, number in enumerate(good_numbers):
        yield "number_good_%02d" % i, UTF8, HEAD + row(n=number), "ok 1 0"
    for i, number in enumerate(bad_numbers):
        yield "number_bad_%02d" % i, UTF8, HEAD + row(n=number), "ok 1 1: 2 number"
    for i, (code, reason) in enumerate(bad_codes):
        yield "code_bad_%02d" % i, UTF8, HEAD + row(code=code), "ok 1 1: 2 " + reason
    for i, code in enumerate(good_codes):
        yield "code_good_%02d" % i, UTF8, HEAD + row(code=code), "ok 1 0"
    yield "result_unknown", UTF8, HEAD + row(result="so so"), "ok 1 1: 2 code"
    yield "result_empty", UTF8, HEAD + row(result=""), "ok 1 1: 2 required"


def encodings():
    bad = [b"\x80", b"\xbf", b"\xc0\x80", b"\xc1\xbf", b"\xc3", b"\xe0\x80\x80", b"\xe4\xb8", b"\xed\xa0\x80", b"\xed\xbf\xbf",
           b"\xf0\x80\x80\x80", b"\xf0\x9f\x98", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfe", b"\xff",
           b"\x00", "中".encode("gb18030")]
    for i, piece in enumerate(bad):
        data = HEAD.encode() + row("A#").encode().replace(b"#", piece) + row(2).encode()
        yield "utf8_bad_%02d" % i, UTF8, data, "ok 2 1: 2 encoding"
    gb_bad = [b"\x80", b"\xff", b"\x81\x7f", b"\xd6\xff", b"\x81\x30\x81", b"\x84\x31\xa5\x30", b"\xfe\x39\xfe\x39", b"\x00",
              b"\xe3\x32\x9a\x36"]
    for i, piece in enumerate(gb_bad):
        data = HEAD.encode() + row("A#").encode().replace(b"#", piece) + row(2).encode()
        yield "gb_bad_%02d" % i, GB, data, "ok 2 1: 2 encoding"
    for name in ("中文", "䶮", "𠮷", "①", "€", "\ue000"):
        text = HEAD + row(name)
        yield "gb_good_%04x" % ord(name[0]), GB, text.encode("gb18030"), "ok 1 0"
        yield "utf16_good_%04x" % ord(name[0]), UTF16, text.encode("utf-16"), "ok 1 0"
    text = HEAD + row("甲") + row(2)
    yield "gb_mark", GB, b"\x84\x31\x95\x33" + text.encode("gb18030"), "ok 2 0"
    yield "gb_as_utf8", UTF8, text.encode("gb18030"), "ok 2 1: 2 encoding"
    yield "utf16_as_utf8", UTF8, text.encode("utf-16"), "input line 1: the name of column 1 is not text"
    yield "utf16_no_mark", UTF16, text.encode("utf-16-le"), "input expected UTF-16 with a byte order mark"
    yield "utf16_empty", UTF16, b"", "input expected a header line"
    yield "utf16_mark_only", UTF16, b"\xff\xfe", "input expected a header line"
    yield "utf16_one_byte", UTF16, b"\xff", "input expected UTF-16 with a byte order mark"
    yield "utf16_be", UTF16, b"\xfe\xff" + text.encode("utf-16-be"), "ok 2 0"
    for name, piece in (("high", b"\x00\xd8"), ("low", b"\x00\xdc"), ("swapped", b"\x00\xdc\x00\xd8"), ("nul", b"\0\0")):
        data = b"\xff\xfe" + (HEAD + "A").encode("utf-16-le") + piece + row("").encode("utf-16-le") + row(2).encode("utf-16-le")
        yield "utf16_" + name, UTF16, data, "ok 2 1: 2 encoding"
    yield "utf16_odd", UTF16, text.encode("utf-16") + b"4", "ok 3 1: 4 columns"
    yield "utf16_high_at_end", UTF16, text.encode("utf-16") + b"\x00\xd8", "ok 3 1: 4 columns"


def packed(names, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in names:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, method)
    return out.getvalue()


def patched(data, mark, offset, piece):
    """The bytes with a piece put at an offset behind each mark."""
    at = data.find(mark)
    while at >= 0:
        data = data[:at + offset] + piece + data[at + offset + len(piece):]
        at = data.find(mark, at + 4)
    return data


def containers():
    text = (HEAD + GOOD).encode()
    packed_text = gzip.compress(text, mtime=0)
    yield "gzip", UTF8, packed_text, "ok 1 0"
    yield "gzip_two", UTF8, packed_text + gzip.compress(row(2).encode(), mtime=0), "ok 2 0"
    yield "gzip_empty", UTF8, gzip.compress(b"", mtime=0), "input expected a header line"
    yield "gzip_short", UTF8, packed_text[:-9], "input cannot decompress: the gzip data ends early"
    yield "gzip_no_trailer", UTF8, packed_text[:-8], "input cannot decompress: the gzip data ends early"
    yield "gzip_bad_check", UTF8, packed_text[:-6] + b"\0\0" + packed_text[-4:], "input cannot decompress"
    yield "gzip_bad_data", UTF8, packed_text[:12] + b"\xff\xff\xff" + packed_text[15:], "input cannot decompress"
    yield "gzip_head_only", UTF8, packed_text[:10], "input cannot decompress"
    yield "gzip_in_gzip", UTF8, gzip.compress(packed_text, mtime=0), "input an archive or workbook inside an archive"
    one = packed([("a.csv", text)])
    yield "zip_in_gzip", UTF8, gzip.compress(one, mtime=0), "input an archive or workbook inside an archive"
    yield "gzip_bomb", UTF8, gzip.compress(text + b"\n" * (80 << 20), mtime=0), "limit content may be at most 250 times"
    yield "zip", UTF8, one, "ok 1 0"
    yield "zip_stored", UTF8, packed([("a.csv", text)], zipfile.ZIP_STORED), "ok 1 0"
    yield "zip_folder", UTF8, packed([("f/", b""), ("f/a.csv", text), ("f/.hidden", b"x")]), "ok 1 0"
    yield "zip_gbk_name", {**UTF8, "member": "数据.csv"}, packed([("b.csv", b"x"), ("XXXX.csv", text)]).replace(
        b"XXXX", "数据".encode("gb18030")), "ok 1 0"
    yield "zip_utf8_name", {**UTF8, "member": "数据.csv"}, packed([("b.csv", b"x"), ("数据.csv", text)]), "ok 1 0"
    yield "zip_name_case", {**UTF8, "member": "A.CSV"}, packed([("b.csv", b"x"), ("a.csv", text)]), "ok 1 0"
    yield "zip_two", UTF8, packed([("a.csv", text), ("b.csv", text)]), "input expected an archive with one file"
    yield "zip_none", UTF8, packed([]), "input expected an archive with one file"
    yield "zip_only_folder", UTF8, packed([("f/", b"")]), "input expected an archive with one file"
    yield "zip_no_member", {**UTF8, "member": "c.csv"}, one, 'input the archive has no member "c.csv"; it has: a.csv'
    yield "member_of_plain", {**UTF8, "member": "c.csv"}, text, "input expected a zip archive with a member"
    yield "zip_in_zip", UTF8, packed([("a.zip", one)]), "input an archive or workbook inside an archive"
    yield "gzip_in_zip", UTF8, packed([("a.gz", packed_text)]), "input an archive or workbook inside an archive"
    yield "rar_in_zip", UTF8, packed([("a.rar", b"Rar!\x1a\x07\x00xxxx")]), "input an archive or workbook inside an archive"
    yield "zip_encrypted", UTF8, patched(patched(one, b"PK\3\4", 6, b"\1"), b"PK\1\2", 8, b"\1"), "input \"a.csv\" is encrypted"
    yield "zip_method", UTF8, patched(patched(one, b"PK\3\4", 8, b"\x63"), b"PK\1\2", 10, b"\x63"), "input "
    yield "zip_bad_check", UTF8, patched(patched(one, b"PK\3\4", 14, b"\0\0"), b"PK\1\2", 16, b"\0\0"), "input cannot decompress"
    yield "zip_bad_size", UTF8, patched(one, b"PK\1\2", 24, b"\1\0\0\0"), "ok 1 0"
    yield "zip_huge_size", UTF8, patched(one, b"PK\1\2", 24, b"\xff\xff\xff\x7f"), "ok 1 0"
    yield "zip_bad_offset", UTF8, patched(one, b"PK\1\2", 42, b"\xff\xff"), "input "
    yield "zip_no_directory", UTF8, one[:-40], "input cannot be read as a zip archive"
    yield "zip_half", UTF8, one[:len(one) // 2], "input cannot be read as a zip archive"
    yield "zip_head_only", UTF8, b"PK\3\4", "input cannot be read as a zip archive"
    yield "zip_bomb", UTF8, packed([("a.csv", text + b"\n" * (80 << 20))]), "limit content may be at most 250 times"
    yield "zip_entries", {**UTF8, "member": "a4096"}, packed([("a%d" % i, b"") for i in range(4097)], zipfile.ZIP_STORED), \
        "limit an archive may have at most 4096 entries, found 4097"
    yield "zip_of_docx", UTF8, packed([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")]), \
        "input expected data of the mapping's format, found an Office document"


def cases():
    for group in (forms, values, encodings, containers):
        for name, form, data, expected in group():
            yield "csv", name, {"format": "csv", **form}, data, expected
