# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases of JSON, JSON lines and XML: see corpus.py."""
import json

CODE = "91500103MA5U0QR146"
UTF8 = {"encoding": "utf-8"}
GB = {"encoding": "gb18030"}
UTF16 = {"encoding": "utf-16"}


def item(no=1, **change):
    return {"no": no, "code": CODE, "day": "2026-03-05", "result": "passed", "n": 3, **change}


def text(no=1, **change):
    return json.dumps(item(no, **change), ensure_ascii=False)


def with_n(n):
    """An item with n as it is spelt here."""
    return text().replace('"n": 3', '"n": ' + n)


def json_forms():
    at = {**UTF8, "record_path": "data.rows"}
    yield "empty", UTF8, "", "input JSON byte 1, element 1: expected an array, or a record path, found the end"
    yield "blank", UTF8, " \n\t", "input JSON byte 4, element 1: expected an array"
    yield "none", UTF8, "[]", "ok 0 0"
    yield "none_blank", UTF8, " [ \n ] ", "ok 0 0"
    yield "good", UTF8, "[%s]" % text(), "ok 1 0"
    yield "mark", UTF8, "\ufeff[%s]" % text(), "ok 1 0"
    yield "object", UTF8, text(), "input JSON byte 1, element 1: expected an array, or a record path, found '{'"
    yield "open", UTF8, "[", "input JSON byte 2, element 1: expected an element, found the end"
    yield "unended", UTF8, "[%s" % text(), "input JSON byte"
    yield "unended_comma", UTF8, "[%s," % text(), "expected an element, found the end of the file"
    yield "unended_element", UTF8, "[%s" % text()[:-1], "expected the end of the element"
    yield "trailing_comma", UTF8, "[%s,]" % text(), "input JSON byte"
    yield "leading_comma", UTF8, "[,%s]" % text(), "input JSON byte 2, element 1: expected an element"
    yield "two_commas", UTF8, "[%s,,%s]" % (text(), text(2)), "element 2: expected an element, found ','"
    yield "no_comma", UTF8, "[%s %s]" % (text(), text(2)), "element 2: expected ',' or ']'"
    yield "text_behind", UTF8, "[%s] x" % text(), "expected nothing behind the end of the document, found 'x'"
    yield "second_document", UTF8, "[%s][]" % text(), "expected nothing behind the end"
    yield "wrong_bracket", UTF8, '[{"no": [1}, %s]' % text(2), "element 1: expected the bracket that closes"
    yield "quote_open", UTF8, '[{"no": "1}, %s]' % text(2), "input JSON byte"
    yield "bare_word", UTF8, "[abc, %s]" % text(2), "ok 2 1: 1 form"
    yield "number_element", UTF8, "[1, %s, null, true, \"x\", [], {}]" % text(2), "ok 7 6: 1 form; 3 form; 4 form; 5 form; 6 form; 7 subject"
    yield "single_quotes", UTF8, "[{'no': 1}, %s]" % text(2), "ok 2 1: 1 form"
    yield "unquoted_name", UTF8, "[{no: 1}, %s]" % text(2), "ok 2 1: 1 form"
    yield "number_name", UTF8, "[{1: 1}, %s]" % text(2), "ok 2 1: 1 form"
    yield "comment", UTF8, "[/* x */ %s]" % text(), "input "
    yield "inner_trailing_comma", UTF8, "[%s, %s]" % (text()[:-1] + ",}", text(2)), "ok 2 1: 1 form"
    yield "name_twice", UTF8, "[%s, %s]" % (text()[:-1] + ', "no": 2}', text(2)), "ok 2 1: 1 form"
    yield "line_in_string", UTF8, "[%s]" % text(no="a").replace('"a"', '"a\n"'), "ok 1 1: 1 form"
    yield "bad_escape", UTF8, "[%s]" % text(no="a").replace('"a"', '"\\q"'), "ok 1 1: 1 form"
    yield "nul_escape", UTF8, "[%s]" % text(no="a").replace('"a"', '"\\u0000"'), "ok 1 1: 1 form"
    yield "lone_surrogate", UTF8, "[%s]" % text(no="a").replace('"a"', '"\\ud800"'), "ok 1 1: 1 form"
    yield "escaped_pair", UTF8, "[%s]" % text(no="a").replace('"a"', '"\\ud842\\udfb7"'), "ok 1 0"
    yield "escaped_quote", UTF8, "[%s]" % text(no='a"]\\'), "ok 1 0"
    yield "nul", UTF8, "[%s, \0]" % text(), "input JSON byte"
    yield "deep_32", UTF8, "[%s]" % text(x=json.loads("[" * 31 + "]" * 31)), "ok 1 0"
    yield "deep_33", UTF8, "[%s]" % text(x=json.loads("[" * 32 + "]" * 32)), "ok 1 1: 1 form"
    yield "deep_100000", UTF8, "[%s, %s]" % ("[" * 100000 + "]" * 100000, text(2)), "ok 2 1: 1 form"
    yield "deep_open", UTF8, "[" * 100000, "expected the end of the element"
    yield "element_2_mib", UTF8, "[%s, %s]" % (text(x="y" * (2 << 20)), text(2)), "ok 2 1: 1 form"
    yield "path", at, '{"code": 0, "data": {"rows": [%s], "more": {"rows": [1]}}, "x": [[]]}' % text(), "ok 1 0"
    yield "path_escaped", at, '{"d\\u0061ta": {"rows": [%s]}}' % text(), "ok 1 0"
    yield "path_missing", at, '{"data": {"row": [1]}}', "input JSON byte"
    yield "path_null", at, '{"data": null}', "expected an object, found 'n'"
    yield "path_object", at, '{"data": {"rows": {}}}', "expected an array, found '{'"
    yield "path_array", at, "[]", "expected an object, found '['"
    yield "path_unended", at, '{"data": {"rows": [%s]}' % text(), "expected ',' or '}', found the end"
    yield "path_text_behind", at, '{"data": {"rows": [%s]}} x' % text(), "expected nothing behind the end"
    yield "path_rest_bad", at, '{"data": {"rows": [%s], 1}}' % text(), "expected the name of a member"
    yield "path_skipped_bad", at, '{"x": [}, "data": {"rows": []}}', "expected the bracket that closes"
    yield "path_long_skip", at, '{"x": "%s", "data": {"rows": [%s]}}' % ("y" * (3 << 20), text()), "ok 1 0"
    yield "path_long_name", at, '{"%s": 1, "data": {"rows": []}}' % ("y" * 2000), "expected the name of a member"


def json_values():
    for i, n in enumerate(["0", "3", '"3"', "null", '""', "1E0", "1e1", "12e3", "0.3e1", '"1,234"']):
        yield "n_good_%02d" % i, UTF8, "[%s]" % with_n(n), "ok 1 0"
    for i, n in enumerate(["-1", "1.5", "1e400", "9223372036854775808", "true", '"x"', "123456789012345678901234567890"]):
        yield "n_bad_%02d" % i, UTF8, "[%s]" % with_n(n), "ok 1 1: 1 number"
    for i, n in enumerate(["+1", "01", "1.", ".5", "NaN", "Infinity", "-", "1e", "0x10", "1_000", "{}", '["1|2"]', "[[1]]", "１"]):
        yield "n_form_%02d" % i, UTF8, "[%s]" % with_n(n), "ok 1 1: 1 form"
    yield "code_number", UTF8, "[%s]" % text(code=915001030000000000), "ok 1 1: 1 credit-code"
    yield "code_false", UTF8, "[%s]" % text(code=False), "ok 1 1: 1 credit-code"
    yield "list_of_one", UTF8, "[%s]" % text(n=[3]), "ok 1 0"
    yield "list_of_two", UTF8, "[%s]" % text(n=[3, 4]), "ok 1 1: 1 number"
    yield "member_missing", UTF8, '[{"no": 1}]', "ok 1 1: 1 subject"
    yield "gb", GB, ("[%s]" % text(no="中文｜䶮")).encode("gb18030"), "ok 1 0"
    yield "gb_brackets", GB, ("[%s]" % text(no="嘅媅甗")).encode("gb18030"), "ok 1 0"
    yield "gb_bad", GB, ("[%s, %s]" % (text(no="A"), text(2))).encode().replace(b'"A"', b'"\xff"'), "ok 2 1: 1 form"
    yield "gb_end", GB, ("[%s]" % text()).encode() + b"\x81", "expected nothing behind the end of the document, found byte 0xFF"
    yield "utf8_bad", UTF8, ("[%s, %s]" % (text(no="A"), text(2))).encode().replace(b'"A"', b'"\xc0\x80"'), "ok 2 1: 1 form"
    yield "utf16", UTF16, ("[%s]" % text(no="中𠮷")).encode("utf-16"), "ok 1 0"
    yield "utf16_lone", UTF16, ("[%s, %s]" % (text(no="甲"), text(2))).encode("utf-16").replace("甲".encode("utf-16-le"), b"\0\xd8"), "ok 2 1: 1 form"


def lines():
    yield "empty", UTF8, "", "ok 0 0"
    yield "blank", UTF8, "\n \r\n\n", "ok 0 0"
    yield "good", UTF8, text() + "\n" + text(2) + "\r\n", "ok 2 0"
    yield "no_end", UTF8, text() + "\n" + text(2), "ok 2 0"
    yield "mark", UTF8, "\ufeff" + text() + "\n", "ok 1 0"
    yield "blank_between", UTF8, text() + "\n\n" + text(2) + "\n", "ok 2 0"
    yield "bad_line", UTF8, text() + "\n{\n" + text(3) + "\n", "ok 3 1: 2 form"
    yield "two_on_a_line", UTF8, text() + text(2) + "\n" + text(3), "ok 2 1: 1 form"
    yield "array", UTF8, "[%s,\n%s]\n" % (text(), text(2)), "ok 2 2: 1 form; 2 form"
    yield "broken_over_lines", UTF8, text().replace(",", ",\n"), "ok 5 5: 1 form; 2 form; 3 form; 4 form; 5 form"
    yield "long_line", UTF8, text(x="y" * (1 << 20)) + "\n" + text(2), "ok 2 1: 1 form"
    yield "very_long_line", UTF8, text(x="y" * (5 << 20)) + "\n" + text(2), "ok 2 1: 1 form"
    yield "nul", UTF8, text() + "\n\0\n" + text(2), "ok 3 1: 2 form"
    yield "scalar", UTF8, "1\n\"x\"\nnull\n", "ok 3 3: 1 form; 2 form; 3 form"
    yield "bad_utf8", UTF8, text(no="A").encode().replace(b'"A"', b'"\xff"') + b"\n" + text(2).encode(), "ok 2 1: 1 form"
    yield "gb", GB, (text(no="甲") + "\n").encode("gb18030"), "ok 1 0"
    yield "utf16", UTF16, (text(no="甲") + "\n").encode("utf-16"), "ok 1 0"


def element(no="1", code=CODE, day="2026-03-05", n="3", extra=""):
    return "<r><no>%s</no><code>%s</code><day>%s</day><result>passed</result><n>%s</n>%s</r>" % (no, code, day, n, extra)


def xml():
    at = {**UTF8, "record_path": "l/r"}
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    good = head + "<l>%s</l>"
    yield "empty", at, "", "input line 1: no element found"
    yield "good", at, good % element(), "ok 1 0"
    yield "none", at, "<l/>", "ok 0 0"
    yield "mark", at, "\ufeff" + good % element(), "ok 1 0"
    yield "other_root", at, "<m>%s</m>" % element(), 'input the document has no element "l/r"'
    yield "wrong_place", at, "<m><l>%s</l></m>" % element(), 'input the document has no element "l/r"'
    yield "deeper_same", at, "<l><x>%s</x>%s</l>" % (element(), element("2")), "ok 1 0"
    yield "root_record", {**UTF8, "record_path": "r"}, element(), "ok 1 0"
    yield "leading_slash", {**UTF8, "record_path": "/l/r"}, good % element(), "ok 1 0"
    yield "prefix", at, good.replace("<l>", '<a:l xmlns:a="u">').replace("</l>", "</a:l>") % element(), "ok 1 0"
    yield "pretty", at, good % element().replace("<", "\n\t<").replace("\n\t</", "\n</"), "ok 1 0"
    yield "cdata", at, good % element(no="<![CDATA[1<2]]>"), "ok 1 0"
    yield "references", at, good % element(no="&amp;&lt;&#20013;&#x20BB7;"), "ok 1 0"
    yield "comment", at, good % element(no="1<!-- x -->2"), "ok 1 0"
    yield "instruction", at, good % ("<?x y?>" + element()), "ok 1 0"
    yield "child_inside", at, good % element(no="1<b>x</b>2"), "ok 1 0"
    yield "repeated", at, good % element(extra="<n>4</n>"), "ok 1 1: 1 number"
    yield "repeated_bar", at, good % element(no="a|b", extra="<no>c</no>"), "ok 1 1: 1 form"
    yield "bad_day", at, good % (element(day="2026-02-30") + element("2")), "ok 2 1: 1 date"
    yield "missing", at, good % ("<r/>" + element("2")), "ok 2 1: 1 subject"
    yield "doctype", at, '<!DOCTYPE l>' + "<l>%s</l>" % element(), "input line 1: a document type definition, which is refused"
    yield "entities", at, '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><l>%s</l>' % element(no="&b;"), "input line 1: a document type"
    yield "external", at, '<!DOCTYPE l SYSTEM "file:///etc/passwd"><l/>', "input line 1: a document type"
    yield "unknown_entity", at, good % element(no="&nbsp;"), "input line 1: undefined entity"
    yield "unclosed", at, good.replace("</l>", "") % element(), "input line 1: no element found"
    yield "mismatch", at, "<l>\n%s</m>" % element(), "input line 2: mismatched tag"
    yield "second_root", at, good % element() + "<l/>", "input line 1: junk after document element"
    yield "text_behind", at, good % element() + "x", "input line 1: "
    yield "ampersand", at, good % element(no="A & B"), "input line 1: not well-formed"
    yield "less_than", at, good % element(no="1 < 2"), "input line 1: not well-formed"
    yield "attribute_twice", at, '<l a="1" a="2"/>', "input line 1: duplicate attribute"
    yield "nul", at, good % element(no="\0"), "input line 1: not well-formed"
    yield "control", at, good % element(no="\x01"), "input line 1: not well-formed"
    yield "bad_utf8", at, (good % element(no="A")).encode().replace(b"A", b"\xff"), "input line 1: not well-formed"
    yield "json", at, "[%s]" % text(), "input line 1: syntax error"
    yield "deep_64", at, good % element(extra="<x>" * 62 + "</x>" * 62), "ok 1 0"
    yield "deep_65", at, good % element(extra="<x>" * 63 + "</x>" * 63), "limit line 1: elements may be nested 64 deep"
    yield "record_2_mib", at, good % (element(no="1" * (2 << 20)) + element("2")), "ok 2 1: 1 form"
    yield "tag_3_mib", at, good % ('<x a="%s"/>' % ("y" * (3 << 20))), "limit line 1: a tag or comment of more than 1 MiB"
    yield "comment_3_mib", at, good % ("<!--%s-->" % ("y" * (3 << 20))), "limit line 1: a tag or comment of more than 1 MiB"
    yield "blank_3_mib", at, good % (" " * (3 << 20) + element()), "ok 1 0"
    yield "gb", {**GB, "record_path": "l/r"}, ('<?xml version="1.0" encoding="GBK"?><l>%s</l>' % element("甲䶮")).encode("gb18030"), "ok 1 0"
    yield "gb_bad", {**GB, "record_path": "l/r"}, b"<l>\xff</l>", "input line 1: not well-formed"
    yield "utf16", {**UTF16, "record_path": "l/r"}, ('<?xml version="1.0" encoding="UTF-16"?><l>%s</l>' % element("甲")).encode("utf-16"), "ok 1 0"
    yield "declared_other", at, good.replace("UTF-8", "GB2312") % element("甲"), "ok 1 0"
    yield "bad_path", {**UTF8, "record_path": "l//r"}, good % element(), "config record_path: expected up to 16 element names"
    yield "attribute_path", {**UTF8, "record_path": "l/@r"}, good % element(), "config record_path: expected up to 16"


def cases():
    for name, form, data, expected in list(json_forms()) + list(json_values()):
        yield "json", name, {"format": "json", **form}, data, expected
    for name, form, data, expected in lines():
        yield "jsonl", name, {"format": "jsonl", **form}, data, expected
    for name, form, data, expected in xml():
        yield "xml", name, {"format": "xml", **form}, data, expected
