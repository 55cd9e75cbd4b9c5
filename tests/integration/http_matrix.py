# SPDX-License-Identifier: GPL-3.0-or-later
# Role x district x route x session, generated from /openapi.json, which a unit test compares with
# the table of routes; then every way of forging a change. Prints what differs from the expectation.
import json
import re

from http_client import (URL, change_headers, check, finish, new_session, request, session_sql, sql,
                         token_of)

ROLES = ["regulator", "planner", "leader", "auditor", "admin", "feeder"]
KINDS = ["valid", "expired", "idle", "revoked", "forged", "malformed", "absent", "disabled"]
PLACES = {"id": "999999", "file": "nothing.js"}

description = json.loads(request("GET", "/openapi.json").data)
operations = [(method.upper(), path, operation) for path, item in description["paths"].items()
              for method, operation in item.items() if method != "parameters"]
# The file of a list is for the roles of the list.
operations += [("GET", "/api/v1/export/" + path.rpartition("/")[2] + ".csv", operation)
               for _, path, operation in list(operations) if operation["responses"].get("200", {}).get("content", {})
               .get("application/json", {}).get("schema", {}).get("$ref") == "#/components/schemas/list"]


def account(role, district, disabled):
    return f"{role}_{district}" + ("_off" if disabled else "")


values = [f"('{account(r, d, off)}', '{r}', {region}, NULL, 'x', {str(off).lower()}, now(), now())"
          for r in ROLES for d, region in (("all", "NULL"), ("own", "'500112'")) for off in (False, True)]
sql("INSERT INTO account (name, role, region_code, department_id, password_hash, disabled,"
    " created_at, password_at) VALUES " + ",".join(values)
    + "; UPDATE change_count SET changes = changes + 1 WHERE subject = 'account'")

MOMENTS = {"valid": {}, "disabled": {}, "expired": {"expires": "now() - interval '1 second'"},
           "idle": {"seen": "now() - interval '31 minutes'"}}
cells = []
statements = []
for role in ROLES:
    for district in ("all", "own"):
        for kind in KINDS:
            for method, path, operation in operations:
                session = new_session()
                if kind in MOMENTS:
                    statements.append(session_sql(session, account(role, district, kind == "disabled"),
                                                  **MOMENTS[kind]))
                cells.append((role, kind, method, path, operation, session))
sql("".join(statements))


def send(method, path, operation, cookie, headers):
    body = {} if "requestBody" in operation else None
    target = re.sub(r"\{(\w+)\}", lambda m: PLACES.get(m[1], "1"), path)
    if "application/x-ndjson" in operation.get("requestBody", {}).get("content", {}):
        headers = {**headers, "Content-Type": "application/x-ndjson"}
    return request(method, target, headers, body, cookie)


for role, kind, method, path, operation, session in cells:
    cookie = {"absent": None, "malformed": session[:-1]}.get(kind, session)
    headers = change_headers(session) if method != "GET" else {}
    answer = send(method, path, operation, cookie, headers)
    allowed = operation.get("x-roles")
    where = f"{role} {kind} {method} {path}: {answer.status} {answer.data[:150]!r}"
    if allowed is None:
        check(answer.status not in (401, 403), "open, but refused: " + where)
    elif kind != "valid":
        check(answer.status == 401, "expected 401: " + where)
    elif role not in allowed:
        check(answer.status == 403, "expected 403: " + where)
    else:
        check(answer.status not in (401, 403, 405, 500, 503), "expected to be let in: " + where)
    check(answer.getheader("X-Content-Type-Options") == "nosniff"
          and "default-src 'none'" in answer.getheader("Content-Security-Policy", ""),
          "headers: " + where)

# Methods that a path does not have; two patterns may take the same path.
def takes(pattern, path):
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(pattern)), path)


for path in description["paths"]:
    known = {m for m, p, _ in operations if takes(p, path)}
    for method in {"GET", "POST", "DELETE"} - known:
        answer = request(method, re.sub(r"\{\w+\}", "1", path), change_headers())
        check(answer.status == 405 and set(answer.getheader("Allow", "").split(", ")) >= known,
              f"expected 405 with Allow: {method} {path}: {answer.status} {answer.getheader('Allow')}")

# Changes that a page of another site could send.
for method, path, operation in operations:
    if method == "GET":
        continue
    mine, other, gone = new_session(), new_session(), new_session()
    role = (operation.get("x-roles") or ROLES)[0]
    sql(session_sql(mine, account(role, "all", False)) + session_sql(other, account(role, "all", False)))
    good = change_headers(mine)
    forged = {
        "no origin": {k: v for k, v in good.items() if k != "Origin"},
        "null origin": {**good, "Origin": "null"},
        "foreign origin": {**good, "Origin": "http://evil.example"},
        "origin of another port": {**good, "Origin": URL[:-1] + ("1" if URL[-1] != "1" else "2")},
        "longer origin": {**good, "Origin": URL + ".evil.example"},
        "origin with path": {**good, "Origin": URL + "/"},
    }
    if operation.get("x-roles"):
        forged |= {
            "no token": {"Origin": URL},
            "empty token": {**good, "X-Heng-Token": ""},
            "other user's token": {**good, "X-Heng-Token": token_of(other)},
            "old token": {**good, "X-Heng-Token": token_of(gone)},
            "session as token": {**good, "X-Heng-Token": mine},
            "longer token": {**good, "X-Heng-Token": token_of(mine) + "0"},
        }
    for name, headers in forged.items():
        answer = send(method, path, operation, mine, headers)
        check(answer.status == 403, f"{name}: {method} {path}: {answer.status}")
    check(request("GET", "/api/v1/me", cookie=mine).status == 200, f"{method} {path} had an effect")
    check(send(method, path, operation, mine, good).status != 403, f"{method} {path} refused for good")
print(f"{len(cells)} cells")
finish(1000)
