# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts of FORMAT.md, section 1: fields, records and tables, and what is wrong with them."""
import datetime
import re


class Invalid(Exception):
    pass


class NotRevealed(Exception):
    pass


class Unable(Exception):
    pass


def need(condition, where, message):
    if not condition:
        raise Invalid(f"{where}: {message}")


def same(where, expected, found):
    need(expected == found, where, f"expected {expected!r}, found {found!r}")


def is_text(field):
    try:
        field.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(field) <= 1024 and not re.search(rb"[\x00-\x1f\x7f]", field)


def is_id(field):
    return 1 <= len(field) <= 128 and is_text(field) and b"," not in field


def text(where, field):
    need(is_text(field), where, f"expected a text, found {field!r}")
    return field


def ident(where, field):
    need(is_id(field), where, f"expected an id, found {field!r}")
    return field


def number(where, field, cap=None):
    need(re.fullmatch(rb"0|[1-9][0-9]*", field), where, f"expected a number, found {field!r}")
    need(cap is None or int(field) <= cap, where, f"expected at most {cap}, found {field!r}")
    return int(field)


def upto(cap):
    return lambda where, field: number(where, field, cap)


def digest(where, field):
    need(re.fullmatch(rb"[0-9a-f]{64}", field), where, f"expected a digest, found {field!r}")
    return bytes.fromhex(field.decode())


def day(where, field):
    need(re.fullmatch(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}", field), where, f"expected a day: {field!r}")
    try:
        return datetime.date.fromisoformat(field.decode())
    except ValueError:
        raise Invalid(f"{where}: no such day: {field!r}") from None


def one_of(*names):
    def check(where, field):
        need(field in names, where, f"expected one of {names}, found {field!r}")
        return field
    return check


def lines(where, content):
    need(content == b"" or content.endswith(b"\n"), where, "the last line does not end with LF")
    return content.split(b"\n")[:-1]


def record(where, content, fields):
    """The values of the lines key=value, and the lines after them."""
    rows = lines(where, content)
    need(len(rows) >= len(fields), where, f"expected {len(fields)} lines, found {len(rows)}")
    values = {}
    for (key, read), row in zip(fields.items(), rows):
        name, found, value = row.partition(b"=")
        need(found and name == key.encode(), where, f"expected {key}=, found {row!r}")
        values[key] = read(f"{where} {key}", value)
    return values, rows[len(fields):]


def table(where, content, count, order):
    rows = [row.split(b"\t") for row in lines(where, content)]
    for i, row in enumerate(rows):
        need(len(row) == count, f"{where} line {i + 1}", f"expected {count} fields")
        need(i == 0 or order(rows[i - 1]) < order(row), f"{where} line {i + 1}", "not in order")
    return rows
