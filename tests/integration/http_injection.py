# SPDX-License-Identifier: GPL-3.0-or-later
# Payloads through the path, the query, the body and the headers of every route (all of them through
# each place with HENG_TEST_LONG, else a fifth through each and all through the whole), generated from the
# description of the API, so that routes added later are covered.
#   http_injection.py routes | login HALF
import http.client
import itertools
import json
import os
import re
import sys
import urllib.parse

import http_statements
from http_accounts import ROLES, description, lists, login, make_accounts, operations, query_parameters
from http_client import PARTS, URL, check, change_headers, finish, new_session, session_sql, sql

PAYLOADS = sorted({quote + body + end for quote in ("'", '"', "") for body, end in itertools.chain(
    itertools.product((" OR 1=1", " OR 'a'='a", ") OR (1=1", " UNION SELECT NULL", "; DROP TABLE entity"), ("", "--", "/*")),
    [(" AND 1=(SELECT 1 FROM pg_sleep(3))", ""), ("||(SELECT version())||", "'"), ("; SELECT pg_sleep(3)", "--"),
     (" UNION ALL SELECT name, password_hash FROM account", "--"), ("; UPDATE account SET role = 'admin'", "--"),
     ("; COPY entity TO PROGRAM 'id'", "--"), (") AS x; TRUNCATE audit", "; --"), (" AND CAST(version() AS int)=1", "--")])} | {
    "'", "''", '"', "\\", "\\'", "%", "_", "%27", "$1", "$$", "$$;SELECT 1;$$", "$x$", "E'\\047'", "U&'\\0027'", "{}", "{0}",
    "%s", "%n%n%n", ":1", "?", "NULL", "null", "1;1", "1'1", "1e309", "-1", "0", "9223372036854775808", "NaN", "Infinity",
    "0x27", "CHR(39)", "1/0", "1--", "/**/", "*/", "ʼ OR 1=1", "＇ OR 1=1", "’; --", "\u2028'", "2026-13-45", "0001-01-01' --",
    "infinity", "now()", "'::regclass", "1::oid", "pg_catalog.pg_tables", "..", "true", "[]", "\ufeff'", "a" * 199 + "'"})
LONG = os.environ.get("HENG_TEST_LONG")
SHARE = 5  # the short run gives each place every fifth payload, beginning with another one each time
HARMLESS = ["If-Match", "Idempotency-Key", "X-Heng-Purpose", "If-None-Match", "Accept-Language", "Accept-Encoding", "User-Agent"]
connection = None
requests = 0
places = itertools.count()


def payloads():
    return PAYLOADS if LONG else PAYLOADS[next(places) % SHARE::SHARE]


def known_texts():
    folder = os.environ["SQL_FOLDER"]
    texts = set()
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".sql"):
                texts.add(re.sub(r"\s+", " ", open(os.path.join(place, name)).read()).strip())
    return texts


def send(method, target, headers=None, body=None):
    """The status, over a connection that is kept."""
    global connection, requests
    requests += 1
    for _ in range(2):
        try:
            if connection is None:
                connection = http.client.HTTPConnection(PARTS.hostname, PARTS.port, timeout=20)
            connection.putrequest(method, target, skip_accept_encoding="Accept-Encoding" in (headers or {}))
            data = body.encode() if body is not None else None
            for name, value in (headers or {}).items():
                connection.putheader(name, value.encode("utf-8"))
            if data is not None:
                connection.putheader("Content-Type", "application/json")
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data)
            answer = connection.getresponse()
            answer.read()
            if answer.will_close:
                connection.close()
                connection = None
            return answer.status
        except (OSError, http.client.HTTPException):
            connection = None
    return 0


def resolved(schema):
    while "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for word in ("oneOf", "anyOf"):
        if word in schema:
            return resolved(schema[word][0])
    return schema


def sample(schema):
    """A value of the schema; the payload goes where PAYLOAD stands."""
    schema = resolved(schema)
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if "enum" in schema or "const" in schema:
        return schema.get("enum", [schema.get("const")])[0]
    if kind == "array":
        return [sample(schema.get("items", {}))]
    if kind == "object" or "properties" in schema:
        return {name: sample(part) for name, part in schema.get("properties", {}).items()}
    return {"integer": 1, "number": 1, "boolean": True}.get(kind, "2026-06-30")


def placed(value):
    """Copies of a value with one leaf, or one key, replaced by a payload: functions of it."""
    if isinstance(value, dict):
        for name, part in value.items():
            for put in placed(part):
                yield lambda payload, name=name, put=put: {**value, name: put(payload)}
        yield lambda payload: {**value, payload: 1}
    elif isinstance(value, list):
        for put in placed(value[0]):
            yield lambda payload, put=put: [put(payload)]
    else:
        yield lambda payload: payload


def path_names(path):
    return re.findall(r"\{(\w+)\}", path)


def target_of(path, values, query=None):
    filled = re.sub(r"\{(\w+)\}", lambda m: urllib.parse.quote(values.get(m[1], "1"), safe=""), path)
    return filled + ("?" + urllib.parse.urlencode(query) if query else "")


def parameters(path, operation):
    """(path values, query name or None) of every place in the target that takes a value."""
    for name in path_names(path):
        yield lambda payload, name=name: target_of(path, {name: payload})
    filled = [({}, query_parameters(operation))]
    if "/export/{list}" in path:
        filled = [({"list": name}, query_parameters(found) + ["codes"]) for name, found in exported.items()]
    for values, names in filled:
        fixed = {p["name"]: "1" for p in operation.get("parameters", []) if p.get("required") and p["in"] == "query"}
        for name in names:
            yield lambda payload, name=name, values=values: target_of(path, values, {**fixed, name: payload})
        yield lambda payload, values=values: target_of(path, values, {payload: "1"})


def session_for(method, path, operation):
    role = (operation.get("x-roles") or ["admin"])[0]
    if "/export/" in path or "/audit" in path:
        role = "admin"
    if (method, path) != ("DELETE", "/api/v1/session"):
        return sessions[role]
    session = new_session()
    sql(session_sql(session, f"{role}_all"))
    return session


def check_status(status, what, payload):
    check(status not in (0, 500, 503), f"{what} with {payload!r}: {status}")


def through_target(method, path, operation, headers, body):
    for make in parameters(path, operation):
        for payload in payloads():
            check_status(send(method, make(payload), headers, body), f"{method} {path}", payload)


def through_body(method, path, headers, schema):
    for put in placed(sample(schema)):
        for payload in payloads():
            check_status(send(method, target_of(path, {}), headers, json.dumps(put(payload))), f"body of {method} {path}", payload)


def through_headers(method, path, headers, body):
    for payload in payloads():
        value = re.sub(r"[\x00-\x1f\u2028]", "", payload)
        status = send(method, target_of(path, {}), {**headers, **{name: value for name in HARMLESS}}, body)
        check_status(status, f"headers of {method} {path}", payload)


def through_gates():
    """The headers that decide whether a request is let in."""
    for name in ("Cookie", "X-Heng-Token", "Origin", "X-Forwarded-For"):
        for payload in payloads():
            value = re.sub(r"[\x00-\x1f\u2028]", "", payload)
            value = "heng_session=" + value if name == "Cookie" else value
            headers = {"Cookie": "heng_session=" + sessions["admin"], "Origin": URL, name: value}
            check_status(send("POST", "/api/v1/jobs", headers, "{}"), name, payload)


def all_routes():
    for method, path, operation in operations:
        if (method, path) == ("POST", "/api/v1/session"):
            continue  # see login_half()
        session = session_for(method, path, operation)
        headers = {"Cookie": "heng_session=" + session, **(change_headers(session) if method != "GET" else {})}
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        body = json.dumps(sample(schema)) if schema else None
        through_target(method, path, operation, headers, body)
        if schema:
            through_body(method, path, headers, schema)
        if path.startswith("/api/"):
            through_headers(method, path, headers, body)
    through_gates()


def login_half(half):
    for payload in PAYLOADS[half::2][:60]:
        body = json.dumps({"name": payload[:60], "password": payload})
        status = send("POST", "/api/v1/session", {"Origin": URL}, body)
        check(status in (401, 422), f"login with {payload!r}: {status}")


check(len(PAYLOADS) >= 100, f"{len(PAYLOADS)} payloads")
if sys.argv[1] == "routes":
    make_accounts()
sessions = {role: login(f"{role}_all") for role in ROLES}
exported = lists(sessions["admin"])
tables = sql("SELECT count(*), (SELECT count(*) FROM entity), (SELECT string_agg(name || role, ',' ORDER BY name) FROM account)"
             " FROM pg_tables WHERE schemaname = 'public'")
if sys.argv[1] == "routes":
    http_statements.start()
else:
    http_statements.taken()
known = known_texts()
all_routes() if sys.argv[1] == "routes" else login_half(int(sys.argv[2]))
texts = http_statements.taken()
for text in sorted(set(texts) - known):
    check(False, f"a statement that is no file of etl/sql: {text[:300]}")
check(tables == sql("SELECT count(*), (SELECT count(*) FROM entity), (SELECT string_agg(name || role, ',' ORDER BY name) FROM account)"
                    " FROM pg_tables WHERE schemaname = 'public'"), "tables, entities or accounts changed")
print(f"{len(PAYLOADS)} payloads, {requests} requests, {len(texts)} statements of {len(set(texts))} texts")
finish(50)
