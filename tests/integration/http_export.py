# SPDX-License-Identifier: GPL-3.0-or-later
# The lists as CSV files. `lists` compares every list with its file, `midway` takes away what a file
# needs while it is on its way, `stop` waits for the server to end during one.
import csv
import http.client
import io
import json
import re
import socket
import subprocess
import sys
import time
import urllib.parse

from http_accounts import DISTRICT, ROLES, lists, login, make_accounts, operations, required_parameters
from http_client import HOST, PARTS, URL, check, finish, request, sql

PART_ROWS = 5000  # VIEW_EXPORT_ROWS
COVER = ["List", "Filter", "Scope: district", "Scope: department", "As of", "Data version", "Model",
         "Exported by", "Exported at", "Note"]
ENGLISH = {"Accept-Language": "en"}


def export(name, cookie, headers=ENGLISH, **query):
    return request("GET", f"/api/v1/export/{name}.csv?" + urllib.parse.urlencode(query), headers, cookie=cookie)


def parse(data):
    """Cover, titles, rows, last row."""
    text = data.decode("utf-8")
    check(text.startswith("\ufeff"), "no byte order mark")
    check(re.sub(r'"(?:[^"]|"")*"', "", text).replace("\r\n", "").count("\n") == 0, "a line without CR")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    blank = rows.index([])
    check(rows[-2] == [], "no blank row before the last")
    return dict(rows[:blank]), rows[blank + 1], rows[blank + 2:-2], rows[-1]


def items_of(name, cookie, **query):
    items = []
    query["limit"] = 200
    if name == "register":  # one answer with all its rows
        del query["limit"]
    while True:
        answer = request("GET", f"/api/v1/{name}?" + urllib.parse.urlencode(query), ENGLISH, cookie=cookie)
        check(answer.status == 200, f"{name}: {answer.status} {answer.data[:200]!r}")
        page = json.loads(answer.data)
        items += page["items"] if "items" in page else page["rows"]
        if page.get("next") is None or answer.status != 200:
            return items
        query["cursor"] = page["next"]


def guarded(text):
    return "'" + text if re.match(r" *[=+\-@＝＋－＠\t\r\n]", text) else text


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, dict) and {"zh", "en"} <= value.keys():
        return guarded(value["en"])
    return guarded(json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def cells(item):
    """As in the file; an entity is three cells."""
    row = []
    for name, value in item.items():
        if name == "entity":
            value = value or {}
            check(value.keys() <= {"scheme", "code", "name"}, f"members of entity: {value.keys()}")
            row += [cell(value.get(member)) for member in ("scheme", "code", "name")]
        else:
            row.append(cell(value))
    return row


def needed(name, operation):
    """Values for the parameters that a list demands."""
    names = required_parameters(operation)
    if not names:
        return {}
    row = sql("SELECT authority, draw_number FROM draw WHERE state = 'drawn'").split("|")
    known = dict(zip(("authority", "number"), row))
    return {n: known[n] for n in names}


def compare(name, cookie, query):
    items = items_of(name, cookie, **query)
    answer = export(name, cookie, codes=1, **query)
    if answer.status != 200:
        check(False, f"{name}: {answer.status} {answer.data[:200]!r}")
        return
    cover, titles, rows, last = parse(answer.data)
    check(list(cover) == COVER, f"{name}: cover {list(cover)}")
    check(last == ["Complete; rows:", str(len(rows))], f"{name}: last row {last}")
    check(all(len(row) == len(titles) for row in rows), f"{name}: rows and titles differ in length")
    # The audit list grows by its own export, the newest first.
    extra = len(rows) - len(items) if name == "audit" else 0
    check(rows[extra:] == [cells(item) for item in items], f"{name}: other rows than the list")
    check(len(titles) == len(set(titles)) or name == "entities", f"{name}: a title twice: {titles}")
    return len(rows)


def check_titles(name, cookie, query):
    for language, wrong in (("en", r"[a-z][a-z_.0-9]*"), ("zh", r"[\x00-\x7f]*")):
        answer = export(name, cookie, {"Accept-Language": language}, **query)
        if answer.status != 200:
            continue
        cover, titles, _, _ = parse(answer.data)
        raw = [t for t in titles if re.fullmatch(wrong, t)]
        check(not raw, f"{name}: no title in {language} for {raw}")
        named = re.search(r"filename=\"(.*?)\"; filename\*=UTF-8''(.*)$", answer.getheader("Content-Disposition"))
        check(named and named[1].startswith(f"heng-{name}-") and named[2].isascii(), "file name")
        title = urllib.parse.unquote(named[2], errors="strict").rsplit("-", 3)[0]
        check(title == list(cover.values())[0] and not re.fullmatch(wrong, title), f"{name}: list title {title}")


def check_roles(name, operation, query):
    for role in ROLES:
        expected = 200 if role in operation["x-roles"] else 403
        answer = export(name, sessions[role, "all"], **query)
        check(answer.status == expected, f"{name} for {role}: {answer.status}, expected {expected}")


def check_refusals(name, cookie):
    for query in ({"cursor": "1"}, {"limit": "5"}, {"nothing": "1"}, {"codes": "2"}, {"codes": "x"}):
        answer = export(name, cookie, **query)
        check(answer.status in (422, 400), f"{name} with {query}: {answer.status}")
        check(answer.getheader("Content-Type").startswith("application/problem+json"), f"{name}: {query}")


def check_head(name, cookie, query):
    answer = request("HEAD", f"/api/v1/export/{name}.csv?" + urllib.parse.urlencode(query), cookie=cookie)
    check(answer.status == 200 and answer.data == b"", f"HEAD {name}: {answer.status} {answer.data[:50]!r}")
    check(answer.getheader("Content-Type") == "text/csv; charset=utf-8", f"HEAD {name}: type")
    check("attachment" in answer.getheader("Content-Disposition", ""), f"HEAD {name}: disposition")
    check(answer.getheader("Cache-Control") == "no-store", f"HEAD {name}: must not be stored")


def check_list(name, operation):
    query = needed(name, operation)
    reader = sessions[operation["x-roles"][0], "all"]
    if query:
        answer = export(name, reader)
        check(answer.status == 422, f"{name} without what it needs: {answer.status}")
    own = sessions[operation["x-roles"][0], "own"]
    count = compare(name, reader, query)
    print(f"{name}: {count} rows, {compare(name, own, query)} in the district")
    check_titles(name, reader, query)
    check_roles(name, operation, query)
    check_refusals(name, reader)
    check_head(name, reader, query)
    cover, _, _, _ = parse(export(name, own, **query).data)
    check(cover["Scope: district"] == DISTRICT, f"{name}: scope {cover['Scope: district']}")


def check_audited():
    before = int(sql("SELECT sequence FROM audit_head"))
    export("loads", sessions["regulator", "all"], {**ENGLISH, "X-Heng-Purpose": "year end"}, source="complaints")
    entry = sql(f"SELECT actor, action, subject, detail FROM audit WHERE sequence = {before + 1}").split("|")
    check(entry[:3] == ["regulator_all", "export", "loads"], f"audit {entry}")
    check("source=complaints" in entry[3] and "year end" in entry[3] and "data version" in entry[3], f"audit {entry}")
    export("loads", sessions["regulator", "all"], nothing=1)
    check(int(sql("SELECT sequence FROM audit_head")) == before + 1, "a refused export is no export")


def check_filter():
    cookie = sessions["regulator", "all"]
    source = sql("SELECT source FROM load_source ORDER BY 1 LIMIT 1")
    cover, _, rows, _ = parse(export("loads", cookie, source=source).data)
    check(cover["Filter"] == f"source={source}", f"filter {cover['Filter']}")
    check(len(rows) == int(sql(f"SELECT count(*) FROM load_batch JOIN load_source USING (source_id) WHERE source = '{source}'")), "filtered rows")
    cover, _, rows, last = parse(export("loads", cookie, source="=none").data)
    check(rows == [] and last == ["Complete; rows:", "0"], "no rows")
    check(cover["Filter"] == "source==none", "filter as given")
    check(cover["Exported by"] == "regulator_all", "user")
    page = json.loads(request("GET", "/api/v1/loads", cookie=cookie).data)
    check([cover["As of"], cover["Data version"]] == [page["as_of"], page["data_version"]], "as of, version")
    check(page["model"]["scheme"] in cover["Model"] and page["model"]["version"] in cover["Model"], "model")


def check_formulas():
    starts = ["=1+1", "+1", "-1", "@SUM(1)", "\tx", "＝1", "＋1", "－1", "＠x", "=\"a\",1", " =1"]
    for start in starts:
        request("POST", "/api/v1/session", {"Origin": URL}, {"name": start, "password": "x"})
    auditor = sessions["auditor", "all"]
    written = {row[4] for row in parse(export("audit", auditor, codes=1).data)[2]}
    for name in starts:
        check("'" + name in written and name not in written, f"unguarded: {name!r}")


def test_lists():
    found = lists(sessions["admin", "all"])
    check({"loads", "audit"} <= found.keys(), f"lists {list(found)}")
    for name, operation in found.items():
        check_list(name, operation)
    described = {p.rpartition("/")[2]: o for m, p, o in operations if m == "GET"
                 and o["responses"]["200"].get("content", {}).get("application/json", {}).get("schema", {})
                 .get("$ref") == "#/components/schemas/list"}
    check(described.keys() <= found.keys(), f"lists without an export: {described.keys() - found.keys()}")
    for path in ("nothing.csv", "loads", "loads.txt", ".csv", "LOADS.csv", "loads.csv/x", "me.csv"):
        answer = request("GET", "/api/v1/export/" + path, cookie=sessions["admin", "all"])
        check(answer.status == 404, f"{path}: {answer.status}")
    check_audited()
    check_filter()
    check_formulas()


def many_audit_rows(count):
    """Wide enough that a part is more than the sockets take."""
    sql("INSERT INTO audit (sequence, at, actor, action, subject, detail, request_id, previous_hash, hash)"
        " SELECT 1000000 + n, now(), 'test', 'test', n::text, repeat('x', 2000), '', '\\x' || repeat('00', 32),"
        f" decode(repeat('00', 32), 'hex') FROM generate_series(1, {count}) n;"
        .replace("'\\x' || repeat('00', 32)", "decode(repeat('00', 32), 'hex')"))


def begin_export(cookie):
    """A client with a small window that has read the head of an answer and no more."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    door.settimeout(15)
    door.connect((PARTS.hostname, PARTS.port))
    door.sendall(f"GET /api/v1/export/audit.csv HTTP/1.1\r\nHost: {HOST}\r\nAccept-Language: en\r\n"
                 f"Cookie: heng_session={cookie}\r\n\r\n".encode())
    answer = http.client.HTTPResponse(door)
    answer.begin()
    check(answer.status == 200, f"export: {answer.status}")
    answer.read(100)
    return door, answer


def read_rest(answer):
    """Bytes and whether the answer came to its end."""
    data = b""
    try:
        while piece := answer.read(1 << 16):
            data += piece
        return data, True
    except (OSError, http.client.HTTPException):
        return data, False


def check_parts(auditor, count):
    _, _, rows, last = parse(export("audit", auditor).data)
    numbers = [int(row[0]) for row in rows]
    check(len(rows) > count > 2 * PART_ROWS and numbers == sorted(set(numbers), reverse=True), "rows of several parts")
    check(last == ["Complete; rows:", str(len(rows))], f"last row {last}")


def check_change(auditor):
    door, answer = begin_export(auditor)
    sql("UPDATE change_count SET changes = changes + 1 WHERE subject = 'alert'")
    data, whole = read_rest(answer)
    door.close()
    rows = list(csv.reader(io.StringIO(data.decode()[data.decode().index("\r\n"):], newline="")))
    check(whole and rows[-1][0].startswith("INCOMPLETE") and int(rows[-1][1]) == PART_ROWS,
          f"a change of data midway: {whole} {rows[-1]}")


def check_statement_error(auditor):
    door, answer = begin_export(auditor)
    sql("ALTER TABLE audit RENAME TO audit_away")
    data, whole = read_rest(answer)
    door.close()
    sql("ALTER TABLE audit_away RENAME TO audit")
    check(not whole and b"Complete" not in data[-200:], "a statement error midway must cut the answer")
    check(len(data) > 1_000_000, f"the first part was sent: {len(data)} bytes")
    check(export("loads", auditor).status == 200, "the server is well after a statement error")


def check_lost_session(auditor):
    """A session that ended between two parts is made anew, and the file goes on."""
    door, answer = begin_export(auditor)
    sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'heng'")
    data, whole = read_rest(answer)
    door.close()
    check(whole and b"Complete" in data[-200:], "a lost session midway")


def check_lost_database(auditor):
    door, answer = begin_export(auditor)
    away = subprocess.Popen(["psql", "-qAtX"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    away.stdin.write("UPDATE pg_database SET datallowconn = false WHERE datname = current_database();\n"
                     "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'heng';\n"
                     "SELECT 'away'; SELECT pg_sleep(1.5);\n"
                     "UPDATE pg_database SET datallowconn = true WHERE datname = current_database();\n")
    away.stdin.flush()
    while "away" not in away.stdout.readline():
        pass
    data, whole = read_rest(answer)
    door.close()
    check(not whole and b"Complete" not in data[-200:], "a lost database midway must cut the answer")
    check(export("loads", auditor).status == 503, "while the database is away")
    away.communicate()
    check(export("loads", auditor).status == 200, "the database is back")


def check_leaving(auditor):
    for _ in range(8):
        door, _ = begin_export(auditor)
        door.close()
    times = []
    for _ in range(12):
        begun = time.monotonic()
        check(export("loads", auditor).status == 200, "after clients that left")
        times.append(time.monotonic() - begun)
    check(max(times) < 1, f"after clients that left a request took {max(times):.2f} s")


def check_waiting(auditor):
    """A client that does not read holds no session and no transaction, and is cut in time."""
    doors = [begin_export(auditor) for _ in range(8)]
    time.sleep(0.3)
    held = sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'heng' AND xact_start IS NOT NULL")
    check(held == "0", f"{held} transactions are held for clients that do not read")
    for _ in range(8):
        check(export("loads", auditor).status == 200, "beside clients that do not read")
    time.sleep(4.5)
    for door, answer in doors:
        data, whole = read_rest(answer)
        check(not whole, f"a client that does not read was not cut: {len(data)} bytes came")
        door.close()


def test_midway():
    auditor = sessions["auditor", "all"]
    many_audit_rows(12000)
    check_parts(auditor, 12000)
    check_change(auditor)
    check_statement_error(auditor)
    check_lost_session(auditor)
    check_lost_database(auditor)
    check_leaving(auditor)
    check_waiting(auditor)


def wait_for_stop():
    door, answer = begin_export(sessions["auditor", "all"])
    print("reading", flush=True)
    time.sleep(3.5)
    data, whole = read_rest(answer)
    check(not whole and b"Complete" not in data[-200:], "an export during a stop looks whole")


if sql("SELECT count(*) FROM account WHERE name = 'auditor_all'") == "0":
    make_accounts()
sessions = {(role, where): login(f"{role}_{where}") for role in ROLES for where in ("all", "own")}
{"lists": test_lists, "midway": test_midway, "stop": wait_for_stop}[sys.argv[1]]()
finish({"lists": 80, "midway": 45, "stop": 2}[sys.argv[1]])
