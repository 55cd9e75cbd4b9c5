# SPDX-License-Identifier: GPL-3.0-or-later
# The response cache and entity tags of every cacheable route that needs no values in its path.
#   http_cache.py FILE          all checks; notes tags in FILE
#   http_cache.py FILE OFFSET   a fresh server whose day is OFFSET minutes from UTC
import datetime
import itertools
import json
import re
import sys
import time

import http_statements
from http_accounts import login, operations, query_parameters, required_parameters
from http_client import check, finish, request, sql

EN = {"Accept-Language": "en"}
ZH = {"Accept-Language": "zh-CN"}
POLLED = 1.2  # seconds after which a change is known for sure


def read(path, cookie, headers=EN, tag=None, method="GET"):
    return request(method, path, {**headers, **({"If-None-Match": tag} if tag else {})}, cookie=cookie)


def cacheable(cookie):
    """Paths whose answer has a tag."""
    found = []
    for method, path, operation in operations:
        if method == "GET" and path.startswith("/api/") and "{" not in path and not required_parameters(operation):
            if "regulator" in operation.get("x-roles", []):
                answer = read(path, cookie)
                if answer.status == 200 and answer.getheader("ETag"):
                    found.append((path, operation))
    return found


def background(cookie):
    """What runs beside reads: the poll of the version, sessions, jobs."""
    for _ in range(10):
        check(request("GET", "/api/v1/me", cookie=cookie).status == 200, "me")
        time.sleep(0.15)
    return set(http_statements.taken())


def hits():
    text = request("GET", "/metrics").data.decode()
    return int(re.search(r"^heng_http_cache_hits_total (\d+)", text, re.M)[1])


def check_untouched(path, cookie, aside):
    fresh = path + ("&" if "?" in path else "?") + "limit=7" if has_limit[path] else path
    if has_limit[path]:
        http_statements.taken()
        read(fresh, cookie)
        check(set(http_statements.taken()) - aside, f"{path}: a first read runs statements")
    first = read(fresh, cookie)
    http_statements.taken()
    before = hits()
    second = read(fresh, cookie)
    check(second.status == 200 and second.data == first.data, f"{path}: another answer from the cache")
    check(second.getheader("ETag") == first.getheader("ETag"), f"{path}: another tag from the cache")
    check({"Accept-Language", "Cookie"} <= set(re.split(r", *", second.getheader("Vary", ""))), f"{path}: Vary")
    check(second.getheader("Cache-Control") == "private, no-cache", f"{path}: Cache-Control")
    check(hits() == before + 1, f"{path}: no hit was counted")
    for tag in (first.getheader("ETag"), '"x", ' + first.getheader("ETag"), "*"):
        third = read(fresh, cookie, tag=tag)
        check(third.status == 304 and third.data == b"", f"{path}: {third.status} for If-None-Match {tag}")
        check(third.getheader("ETag") == first.getheader("ETag"), f"{path}: 304 without its tag")
    head = read(fresh, cookie, method="HEAD")
    check(head.status == 200 and head.data == b"" and head.getheader("ETag") == first.getheader("ETag"), f"{path}: HEAD")
    touched = set(http_statements.taken()) - aside
    check(not touched, f"{path}: cached reads ran {touched}")
    check(read(fresh, cookie, tag='"' + "0" * 32 + '"').status == 200, f"{path}: another tag")


def check_language(path, cookie):
    tags = {read(path, cookie, headers).getheader("ETag") for headers in (EN, ZH)}
    check(len(tags) == 2, f"{path}: one tag for two languages")


def check_scopes(path, operation):
    tags = {}
    for name in accounts:
        if accounts[name][0] not in operation["x-roles"]:
            continue
        answer = read(path, sessions[name])
        check(answer.status == 200, f"{path} for {name}: {answer.status}")
        tags.setdefault(accounts[name], set()).add(answer.getheader("ETag"))
    check(all(len(found) == 1 for found in tags.values()), f"{path}: two tags for one scope")
    check(len(set.union(*tags.values())) == len(tags), f"{path}: scopes share a tag: {tags}")
    (mine, own), (other, _) = itertools.islice(tags.items(), 2)
    stranger = next(n for n in accounts if accounts[n] == other)
    check(read(path, sessions[stranger], tag=next(iter(own))).status == 200, f"{path}: a tag of {mine} served {other}")


def check_change(path, cookie):
    for subject in ("alert", "draw"):
        tag = read(path, cookie).getheader("ETag")
        sql(f"UPDATE change_count SET changes = changes + 1 WHERE subject = '{subject}'")
        time.sleep(POLLED)
        answer = read(path, cookie, tag=tag)
        check(answer.status == 200 and answer.getheader("ETag") != tag, f"{path}: {answer.status} after a change")


def check_large(cookie, aside):
    """Answers over HTTP_CACHE_ANSWER_BYTES are not kept, but have a tag."""
    columns = [c for c in sql("SELECT column_name FROM information_schema.columns WHERE table_name = 'load_batch'"
                              " ORDER BY ordinal_position").split() if c not in ("batch_id", "file_name", "batch_in_file")]
    sql(f"INSERT INTO load_batch (batch_id, file_name, batch_in_file, {', '.join(columns)})"
        f" SELECT 100000 + n, repeat('x', 30000), n, {', '.join('b.' + c for c in columns)}"
        " FROM generate_series(1, 200) n, (SELECT * FROM load_batch ORDER BY batch_id LIMIT 1) b")
    time.sleep(POLLED)
    path = "/api/v1/loads?limit=200"
    first = read(path, cookie)
    check(first.status == 200 and len(first.data) > 4 * 1024 * 1024, f"large: {first.status}, {len(first.data)} bytes")
    http_statements.taken()
    check(read(path, cookie).data == first.data, "a large answer again")
    check(set(http_statements.taken()) - aside, "an answer over the limit was kept")
    check(read(path, cookie, tag=first.getheader("ETag")).status == 304, "304 of a large answer")
    check(not set(http_statements.taken()) - aside, "304 of a large answer ran statements")


def all_checks(file):
    cookie = sessions["regulator_all"]
    http_statements.start()
    aside = background(cookie)
    for path, operation in paths:
        check_untouched(path, cookie, aside)
        check_language(path, cookie)
        check_scopes(path, operation)
    check_change(paths[0][0], cookie)
    check_large(cookie, aside)
    json.dump({path: read(path, cookie).getheader("ETag") for path, _ in paths}, open(file, "w"))
    print(f"{len(paths)} cacheable paths: {' '.join(path for path, _ in paths)}")
    finish(30)


def fresh_server(file, offset):
    """The tag is known again on a fresh server, without reading, unless it is another day there."""
    known = json.load(open(file))
    cookie = login("regulator_all")
    http_statements.taken()
    aside = background(cookie)
    now = datetime.datetime.now(datetime.timezone.utc)
    day, usual = ((now + datetime.timedelta(minutes=m)).date() for m in (offset, 480))
    for path, tag in known.items():
        http_statements.taken()
        answer = read(path, cookie, tag=tag)
        expected = 304 if day == usual else 200
        check(answer.status == expected, f"{path} on {day}: {answer.status}, expected {expected} (tag of {usual})")
        check(bool(set(http_statements.taken()) - aside) == (expected == 200), f"{path} on {day}: statements")
    finish(2)


# Name to (role, district, department): each differs from another in one of them, two in none.
accounts = {
    "regulator_all": ("regulator", "", ""), "regulator_twin": ("regulator", "", ""),
    "regulator_own": ("regulator", "500112", ""), "regulator_other": ("regulator", "500103", ""),
    "regulator_department": ("regulator", "", "D1"), "regulator_two": ("regulator", "", "D2"),
    "regulator_both": ("regulator", "500112", "D1"), "leader_all": ("leader", "", ""),
    "planner_own": ("planner", "500112", ""), "auditor_all": ("auditor", "", ""), "admin_all": ("admin", "", ""),
}
if len(sys.argv) > 2:
    fresh_server(sys.argv[1], int(sys.argv[2]))
sql("INSERT INTO account (name, role, region_code, department_id, password_hash, disabled, created_at, password_at)"
    " VALUES " + ",".join(f"('{n}', '{r}', nullif('{region}', ''), nullif('{department}', ''), 'x', false, now(), now())"
                          for n, (r, region, department) in accounts.items()))
sessions = {name: login(name) for name in accounts}
paths = cacheable(sessions["regulator_all"])
has_limit = {path: "limit" in query_parameters(operation) for path, operation in paths}
all_checks(sys.argv[1])
