# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 formats.py FOLDER: one small register as a file of every format, each with its mapping.

Every file says the same, in the spelling and with the dirt that is usual in its format.
"""
import csv
import datetime
import gzip
import io
import json
import os
import sys
from xml.sax.saxutils import escape, quoteattr

from workbook import Book, Inline, Number, Raw, Rich, pack, serial

COLUMNS = ["代码", "名称", "类型", "状态", "行政区划", "行业", "成立日期", "终止日期", "注册资本", "人数",
           "地址", "标签", "电话"]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ROWS = 240


def credit_code(number):
    body = "91500000DEM%06d" % number
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + ALPHABET[-total % 31]


def register():
    """Rows of texts. Some are repeated later with a change, some cannot be stored."""
    names = ["甲食品", "乙（重庆）商贸", "丙, \"老号\"", "䶮𠮷堂", "丁\n二行", "Ａ１超市", "戊 _x0041_ 己"]
    for i in range(ROWS):
        number = i if i % 50 else 1
        day = datetime.date(1985, 1, 1) + datetime.timedelta(days=61 * i)
        yield {
            "代码": credit_code(number) if i % 37 != 5 else "91500000DEM000001" + "I",
            "名称": names[i % len(names)] + str(i),
            "类型": "企业" if i % 3 else "个体",
            "状态": "存续" if i % 4 else "注销",
            "行政区划": "5001%02d" % (1 + i % 9),
            "行业": "5211" if i % 5 else "6210",
            "成立日期": day.isoformat(),
            "终止日期": (day + datetime.timedelta(days=4000)).isoformat() if i % 4 == 0 else "",
            "注册资本": ["10", "0.5", "1234.56", "", "3000000"][i % 5],
            "人数": str(i % 90) if i % 41 else "十来个",
            "地址": "重庆市渝中区第%d号" % i if i % 6 else "",
            "标签": ["food", "food|drug", ""][i % 3],
            "电话": "138%08d" % i,
        }


def mapping(form):
    document = {
        "mapping": "heng-mapping-1", "source": "formats", "kind": "entity",
        "title": {"zh": "各种格式", "en": "Every format"}, "jurisdiction": "CN-50",
        "subject": [{"scheme": "uscc", "column": form.pop("at", "") + "代码"}],
        "fields": {},
    }
    names = {"name": "名称", "entity_type": "类型", "status": "状态", "region_code": "行政区划",
             "industry_code": "行业", "registered_on": "成立日期", "ended_on": "终止日期",
             "capital_fen": "注册资本", "employees": "人数", "address": "地址", "licence_tags": "标签"}
    prefix = form.pop("prefix", {})
    for field, column in names.items():
        document["fields"][field] = {"column": prefix.get(column, column)}
    document["fields"]["entity_type"]["values"] = {"企业": "enterprise", "个体": "individual"}
    document["fields"]["status"]["values"] = {"存续": "active", "注销": "deregistered"}
    document["fields"]["capital_fen"]["unit"] = "wan_yuan"
    document["drop"] = [prefix.get("电话", "电话")]
    document["subject"][0]["column"] = prefix.get("代码", "代码")
    document.update(form)
    return document


def csv_text(rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([row[c] for c in COLUMNS])
    return out.getvalue()


def sheet_cell(row, column, number, date1904):
    text = row[column]
    if text == "":
        return None
    if column in ("成立日期", "终止日期"):
        day = datetime.date.fromisoformat(text)
        return Number(str(serial(day, date1904)), 1 + 7 * (number % 2))
    if column == "注册资本":
        return Number({"0.5": "0.50000000000000011", "1234.56": "1.23456E3"}.get(text, text), 6)
    if column == "人数" and text.isdigit():
        return Number(text)
    if column == "名称":
        return [str, Inline, Rich][number % 3](text) if "_x" not in text else Inline(
            text.replace("_x", "_x005F_x"))
    if column == "行业":
        return Raw('<c@r@ t="str"><f>"%s"&amp;"%s"</f><v>%s</v></c>' % (text[:2], text[2:], text))
    return text


def workbook(rows, date1904=False, plain=False):
    """A title over everything, a header of two rows with merged cells, blank styled rows behind."""
    book = Book(date1904, references=not plain, dimension=not plain)
    data = [[sheet_cell(row, c, i, date1904) for c in COLUMNS] for i, row in enumerate(rows)]
    if plain:
        book.add("Sheet1", [list(COLUMNS)] + data)
        return book.save()
    top = ["代码", "名称", "类型", "状态", "登记", None, None, None, None, None, None, None, "电话"]
    below = [None] * 4 + COLUMNS[4:12] + [None]
    merges = ["A1:M1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:L2", "M2:M3"]
    book.add("~说明", [["不是数据"]])
    blank = [[Raw('<c@r@ s="6"/>')] * 13 for _ in range(40)]
    book.add("名录", [["市场主体名录"], top, below, None] + data + blank, merges)
    return book.save()


def json_row(row):
    out = {}
    for column in COLUMNS:
        text = row[column]
        if column == "标签":
            out[column] = text.split("|") if text else None
        elif column in ("注册资本", "人数") and text.replace(".", "").isdigit():
            out[column] = json.loads(text)
        elif column in ("行政区划", "行业"):
            out.setdefault("登记", {})[column] = text
        elif text or len(out) % 2:
            out[column] = text
    return out


def json_text(rows):
    wanted = [json_row(row) for row in rows]
    return json.dumps({"code": 0, "data": {"total": len(wanted), "rows": wanted, "more": []}},
                      ensure_ascii=True, indent=1)


def json_lines(rows):
    lines = []
    for i, row in enumerate(rows):
        lines.append(json.dumps(json_row(row), ensure_ascii=bool(i % 2)))
        if i % 30 == 0:
            lines.append("")
    return "\r\n".join(lines) + "\r\n"


def xml_text(rows):
    items = []
    for i, row in enumerate(rows):
        inner = []
        for column in COLUMNS[1:]:
            for value in row[column].split("|") if column == "标签" else [row[column]]:
                text = "<![CDATA[%s]]>" % value if i % 7 == 0 and value else escape(value)
                inner.append("\n    <%s>%s</%s>" % (column, text, column))
        items.append("  <t:主体 代码=%s>%s\n  </t:主体>" % (quoteattr(row["代码"]), "".join(inner)))
    return ('<?xml version="1.0" encoding="GB2312"?>\n<!-- 任务 -->\n<t:taskInfo xmlns:t="urn:t"><t:taskNo>'
            '1</t:taskNo><t:list>\n%s\n</t:list></t:taskInfo>\n' % "\n".join(items))


def write(folder, name, data, form):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(mapping(form), file, ensure_ascii=False)


def main():
    folder = sys.argv[1]
    rows = list(register())
    text = csv_text(rows)
    nested = {"行政区划": "登记.行政区划", "行业": "登记.行业"}
    headed = {c: "登记/" + c for c in COLUMNS[4:12]}
    xml = {"encoding": "gb18030", "format": "xml", "record_path": "taskInfo/list/主体",
           "prefix": {"代码": "@代码"}}
    gb = {"encoding": "gb18030"}
    write(folder, "utf8.csv", text.encode("utf-8"), {"encoding": "utf-8"})
    write(folder, "bom.csv", text.encode("utf-8-sig"), {"encoding": "utf-8", "format": "csv"})
    write(folder, "gb18030.csv", text.encode("gb18030"), dict(gb))
    write(folder, "utf16.csv", text.encode("utf-16"), {"encoding": "utf-16"})
    write(folder, "utf16be.tsv", b"\xfe\xff" + text.encode("utf-16-be"), {"encoding": "utf-16"})
    write(folder, "gzip.csv", gzip.compress(text.encode("gb18030"), mtime=0), dict(gb))
    write(folder, "one.zip", pack({"数据/": "", "数据/名录.csv": text.encode("gb18030"),
                                   "__MACOSX/._名录.csv": b"\0"}), dict(gb))
    write(folder, "two.zip", pack({"说明.txt": "x", "名录.csv": text.encode("utf-16")}),
          {"encoding": "utf-16", "member": "名录.csv"})
    write(folder, "titled.csv", ("附件１,市场主体名录\r\n\r\n" + text).encode("utf-8"),
          {"encoding": "utf-8", "header_row": 3})
    write(folder, "book1900.xlsx", workbook(rows),
          {"format": "xlsx", "sheet": "名录", "header_row": [2, 3], "prefix": headed})
    write(folder, "book1904.xlsx", workbook(rows, date1904=True),
          {"format": "xlsx", "sheet": 2, "header_row": [2, 3], "prefix": headed})
    write(folder, "plain.xlsx", workbook(rows, plain=True), {"format": "xlsx"})
    write(folder, "array.json", json_text(rows).encode("utf-8"),
          {"encoding": "utf-8", "format": "json", "record_path": "data.rows", "prefix": nested})
    write(folder, "array_gb.json", json.dumps([json_row(r) for r in rows],
                                              ensure_ascii=False).encode("gb18030"),
          {**gb, "format": "json", "prefix": nested})
    write(folder, "lines.jsonl", json_lines(rows).encode("utf-8"),
          {"encoding": "utf-8", "format": "jsonl", "prefix": nested})
    write(folder, "task.xml", xml_text(rows).encode("gb18030"), dict(xml))
    write(folder, "task.zip", pack({"task.xml": xml_text(rows).encode("utf-16")}),
          {**xml, "encoding": "utf-16"})


main()
