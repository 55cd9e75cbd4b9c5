# SPDX-License-Identifier: GPL-3.0-or-later
# Entities: every order and filter of the list against the tables, names as people search them, the
# file of an entity against the tables and its reasons against `heng explain --json`.
import json
import os
import subprocess
import time
import urllib.parse

from http_client import check, finish, new_session, request, session_sql, sql


def rows_of(statement):
    return json.loads(sql(f"SELECT coalesce(json_agg(t), '[]') FROM ({statement}) t"))


DISTRICT, OTHER = sql("SELECT region_code FROM entity WHERE registered GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2").split()
# The entity with most inspections; one of them was another department's.
SEVERAL = rows_of("""SELECT entity_id, e.code, min(id) AS id, count(*) AS every, min(department_id) AS department_id
                       FROM inspection JOIN entity e USING (entity_id) WHERE e.registered
                      GROUP BY 1, 2 ORDER BY 4 DESC, 2 LIMIT 1""")[0]
DEPARTMENT = SEVERAL["department_id"]
sql(f"""UPDATE inspection SET department_id = (SELECT min(department_id) FROM department WHERE department_id <> '{DEPARTMENT}')
         WHERE entity_id = {SEVERAL['entity_id']} AND id = {SEVERAL['id']}""")
SCORED = sql("SELECT score_table FROM score_published JOIN score_run USING (run_id)")

# One name with everything that LIKE treats specially.
PLAIN = sql("SELECT code FROM entity WHERE registered AND status = 'active' ORDER BY code LIMIT 1 OFFSET 40")
sql(f"UPDATE entity SET name = '甲%乙_丙\\丁 Abc有限公司' WHERE code = '{PLAIN}'")
# A relation from one district into another.
ACROSS = rows_of("""SELECT r.relation_kind, r.record_key, a.code AS code_a, a.scheme AS scheme_a, a.region_code AS region_a,
                        b.code AS code_b, b.scheme AS scheme_b, b.region_code AS region_b
                   FROM relation r JOIN entity a USING (entity_id) JOIN entity b ON b.entity_id = r.related_entity_id
                  WHERE a.registered AND b.registered AND a.region_code <> b.region_code
                  ORDER BY 2 LIMIT 1""")[0]
accounts = [("all", "NULL", "NULL"), ("own", f"'{DISTRICT}'", "NULL"), ("department", "NULL", f"'{DEPARTMENT}'"),
            ("end", f"'{ACROSS['region_a']}'", "NULL")]
sql("INSERT INTO account (name, role, region_code, department_id, password_hash, disabled, created_at,"
    " password_at) VALUES " + ",".join(f"('{name}', 'regulator', {region}, {department}, 'x', false, now(), now())"
                                       for name, region, department in accounts))
SESSION = {name: new_session() for name, _, _ in accounts}
sql("".join(session_sql(session, name) for name, session in SESSION.items()))


def get(path, who="all", headers=None, **query):
    query = {k: v for k, v in query.items() if v is not None}
    return request("GET", path + ("?" + urllib.parse.urlencode(query) if query else ""), headers,
                   cookie=SESSION[who])


def page(who="all", **query):
    answer = get("/api/v1/entities", who, **query)
    check(answer.status == 200, f"{query}: {answer.status} {answer.data[:200]!r}")
    return json.loads(answer.data) if answer.status == 200 else {"items": [], "next": None}


def walk(who="all", **query):
    items, cursor = [], None
    while True:
        found = page(who, cursor=cursor, **query)
        items += found["items"]
        cursor = found["next"]
        if cursor is None:
            return items
        check(len(found["items"]) == query.get("limit", 50), f"{query}: a short page has a next one")


def opened(scheme, code, who="all", headers=None):
    path = "/api/v1/entities/" + "/".join(urllib.parse.quote(part, safe="") for part in (scheme, code))
    return get(path, who, headers)


TRUTH = rows_of(f"""
    SELECT e.scheme, e.code, e.name, e.region_code, e.industry_code, e.status, s.class, s.score_milli,
           i.name AS industry_name, i.section,
           (SELECT r.name FROM region r WHERE r.region_code = e.region_code
             ORDER BY r.valid_from DESC LIMIT 1) AS region_name,
           (SELECT max(changed_on) FROM class_change c WHERE c.entity_id = e.entity_id) AS class_changed_on
      FROM entity e
      LEFT JOIN {SCORED} s USING (entity_id)
      LEFT JOIN industry i USING (industry_code)
     WHERE e.registered
     ORDER BY s.score_milli DESC NULLS LAST, e.entity_id DESC""")
BY_CODE = sorted(TRUTH, key=lambda row: row["code"])
check(len(TRUTH) == 2000 and 0 < sum(row["score_milli"] is None for row in TRUTH) < 500, "the register is another")


def shown(rows):
    return [{k: v for k, v in row.items() if k != "section"} for row in rows]


def test_orders():
    for sort, expected in (("score", TRUTH), ("code", BY_CODE)):
        found = walk(sort=sort, limit=200)
        check(found == shown(expected), f"sort={sort} is not the register in that order")
    check(page(limit=50)["items"] == shown(TRUTH[:50]), "the default is not score order")
    some = walk(limit=7, **{"class": "D"})
    check(some == shown([r for r in TRUTH if r["class"] == "D"]) and len(some) > 14, "pages of 7 of class D")


def test_filters():
    filters = {"class": "class", "region_code": "region_code", "industry_section": "section", "status": "status"}
    asked = [(k, v) for k, column in filters.items()
             for v in sorted({row[column] for row in TRUTH if row[column] is not None})[:6]]
    for name, value in asked:
        for sort, rows in (("score", TRUTH), ("code", BY_CODE)):
            expected = shown([row for row in rows if row[filters[name]] == value])
            check(walk(sort=sort, limit=200, **{name: value}) == expected, f"{name}={value} by {sort}")
    both = {"class": "A", "region_code": OTHER, "query": "有限"}
    expected = [r for r in TRUTH if r["class"] == "A" and r["region_code"] == OTHER and "有限" in r["name"]]
    check(expected and walk(limit=20, **both) == shown(expected), "three filters at once")
    check(page(region_code="no such")["items"] == [] and page(**{"class": "Z"})["items"] == [], "unknown values")


def test_names():
    pieces = {row["name"][i:i + 2 + i % 3] for row in TRUTH[::97] for i in (0, 4, 6, 9)}
    for piece in sorted(p for p in pieces if len(p) >= 2) + ["示例", "没有这样的", "𠮷" * 2]:
        expected = [row["code"] for row in TRUTH if piece in row["name"]]
        check([row["code"] for row in walk(query=piece, limit=200)] == expected, f"names with {piece}")
    for piece in ("%乙", "乙_", "_丙", "丙\\", "\\丁", "丁 A", "ABC有", "abc", "%乙_丙\\丁 aBc"):
        check([row["code"] for row in page(query=piece)["items"]] == [PLAIN], f"the name with {piece}")
    for piece in ("%%", "__", "\\\\", "%_", "甲_", "_乙_", "'; --", "'' OR '1'='1", "有.公", "[有]限", "甲%\\"):
        check(page(query=piece)["items"] == [], f"plain characters are taken as a pattern: {piece}")


def test_codes():
    row = TRUTH[3]
    stub = sql("SELECT code FROM entity WHERE NOT registered AND scheme <> 'place' ORDER BY code LIMIT 1")
    alias = rows_of("""SELECT a.alias_scheme, a.alias_code, e.code FROM entity_alias a JOIN entity e USING (entity_id)
                        WHERE e.registered AND a.alias_id <> a.entity_id ORDER BY 2 LIMIT 1""")[0]
    for sort in ("score", "code"):
        for query, code in ((row["code"], row["code"]), (row["code"].lower(), row["code"]), (stub, stub),
                            (stub.lower(), stub), (alias["alias_code"], alias["code"]),
                            (alias["alias_code"].lower(), alias["code"])):
            found = [item["code"] for item in page(query=query, sort=sort)["items"]]
            check(found == [code], f"query={query}: expected {code}, found {found}")
    check(page(query=row["code"][:-1])["items"] == [], "a part of a code finds an entity")
    answer = opened(alias["alias_scheme"], alias["alias_code"])
    entity = json.loads(answer.data)["entity"]
    check(entity["code"] == alias["code"], "an earlier number does not open the entity")
    check({"scheme": alias["alias_scheme"], "code": alias["alias_code"]} in entity["aliases"], "aliases")
    answer = json.loads(opened("uscc", stub).data)
    check(answer["entity"]["registered"] is False and answer["score"] is None and answer["reasons"] == []
          and answer["reasons_state"] == "not_scored", "the file of a stub")


def test_bad_values():
    for query in ({"query": "一"}, {"query": ""}, {"query": "x" * 5000}, {"status": "closed"}, {"sort": "name"},
                  {"limit": "0"}, {"limit": "201"}, {"limit": "x"}, {"cursor": "x"}, {"cursor": ""},
                  {"unknown": "1"}, {"class": ""}):
        answer = get("/api/v1/entities", **query)
        problem = json.loads(answer.data)
        check(400 <= answer.status < 500 and problem.get("type", "").startswith("urn:heng:problem:"),
              f"{query}: {answer.status} {answer.data[:200]!r}")
    cursor = page(limit=5, query="有限")["next"]
    check(get("/api/v1/entities", cursor=cursor, limit=5, query="有限").status == 200, "the cursor itself")
    for changed in ({"query": "有限公"}, {"query": "有限", "class": "A"}, {"query": "有限", "sort": "code"}, {}):
        check(get("/api/v1/entities", cursor=cursor, limit=5, **changed).status == 400, f"old cursor with {changed}")
    check(get("/api/v1/entities", "own", cursor=cursor, limit=5, query="有限").status == 400, "another scope's cursor")


def test_districts():
    own = [row for row in TRUTH if row["region_code"] == DISTRICT]
    check(own and walk("own", limit=200) == shown(own), "a district's list")
    check(page("own", region_code=OTHER)["items"] == [], "a district asks for another")
    other = next(row for row in TRUTH if row["region_code"] == OTHER)
    check(page("own", query=other["code"])["items"] == [], "a district finds another's entity by code")
    check(opened("uscc", own[0]["code"], "own").status == 200, "a district's own file")
    for scheme, code in (("uscc", other["code"]), ("uscc", "nothing"), ("other", own[0]["code"]), ("uscc", "x" * 900)):
        check(opened(scheme, code, "own").status == 404, f"expected 404: {scheme} {code[:40]}")


def explained(code):
    done = subprocess.run([os.environ["HENG"], "explain", "--json", code], capture_output=True, text=True)
    check(done.returncode == 0, f"heng explain {code}: {done.stderr}")
    return json.loads(done.stdout)


OTHER_RECORD = ("source", "file", "line", "key", "occurred_on", "amount_fen")


def check_reasons(code, file):
    truth = explained(code)
    origins = {record["id"]: record for record in truth["records"]}
    for name in ("class", "class_by_score", "score_milli", "coverage_ppm", "direct_rule", "floor_rule"):
        check(file["score"][name] == truth[name], f"{code} {name}: {file['score'][name]}, not {truth[name]}")
    check([(d["id"], d["title"], d["milli"]) for d in file["score"]["dimensions"]]
          == [(d["id"], {"zh": d["zh"], "en": d["en"]}, d["points_milli"]) for d in truth["dimensions"]],
          f"{code}: dimensions")
    check(all(d["min_milli"] <= d["milli"] <= d["max_milli"] for d in file["score"]["dimensions"]), f"{code}: bounds")
    for reason in truth["reasons"]:
        if "record" in reason:
            own = origins[reason["record"]["id"]]
            reason["record"].update({name: own[name] for name in ("source", "file", "line", "key")})
            others = [{name: other[name] for name in OTHER_RECORD} for other in truth["records"]
                      if own["decision"] and other["decision"] == own["decision"] and other["id"] != own["id"]]
            reason["record"].update({"others": others} if others else {})
    check(file["reasons_state"] == "explained" and file["reasons"] == truth["reasons"], f"{code}: other reasons")
    check(sum(reason["points_milli"] for reason in file["reasons"]) == file["score"]["score_milli"],
          f"{code}: the points do not add up")
    return sum("record" in reason for reason in file["reasons"])


def test_reasons():
    chosen, records = [], 0
    for letter in "ABCD":
        chosen += [row for row in TRUTH if row["class"] == letter][:: max(1, sum(
            row["class"] == letter for row in TRUTH) // 13)][:13]
    check(len(chosen) >= 50 and {row["class"] for row in chosen} == set("ABCD"), f"{len(chosen)} entities")
    for row in chosen:
        records += check_reasons(row["code"], json.loads(opened("uscc", row["code"]).data))
    check(records > 50, f"only {records} records behind reasons")
    closed = next(row for row in TRUTH if row["score_milli"] is None)
    file = json.loads(opened("uscc", closed["code"]).data)
    check(file["score"] is None and file["reasons"] == [] and file["reasons_state"] == "not_scored", "not scored")


ORIGIN = "f.record_key AS key, f.known_at, s.source, b.file_name AS file, f.line"
LISTS = {
    "inspections": ("inspection", "occurred_on", "f.occurred_on, f.outcome, f.violation_count, f.department_id"),
    "complaints": ("complaint", "received_on", "f.received_on, f.ended_on, f.issue, f.outcome"),
    "records": ("credit_record", "occurred_on", "f.occurred_on, f.record_kind, f.amount_fen, f.document_no"),
}


def entity_with(table):
    """The one with most rows of a table, inside the district's list."""
    return rows_of(f"SELECT e.entity_id, e.code FROM {table} f JOIN entity e USING (entity_id) WHERE e.registered"
                   f" GROUP BY 1, 2 ORDER BY count(*) DESC, 2 LIMIT 1")[0]


def same_rows(found, expected, what):
    names = set(expected[0]) - {"known_at"} if expected else set()
    check([{k: row[k] for k in names} for row in found] == [{k: row[k] for k in names} for row in expected], what)
    check(all(row["known_at"] and row["source"] and row["file"] and row["line"] > 0 for row in found),
          what + ": without origin")


def test_lists_of_file():
    for name, (table, day, columns) in LISTS.items():
        entity = entity_with(table)
        file = json.loads(opened("uscc", entity["code"]).data)
        truth = rows_of(f"""SELECT {columns}, {ORIGIN} FROM {table} f JOIN load_batch b USING (batch_id)
                             JOIN load_source s USING (source_id)
                            WHERE entity_id = {entity['entity_id']} ORDER BY {day} DESC, id""")
        check(len(truth) > 1, f"{name}: too few")
        same_rows(file[name], truth, name)
        history = rows_of(f"""SELECT changed_on, from_class AS "from", to_class AS "to", cause, score_milli
                                FROM class_change WHERE entity_id = {entity['entity_id']} ORDER BY run_id DESC""")
        check(file["history"] == history and history, "history")
        check(file["cut"] == [], "nothing was cut")
        check("entity_id" not in json.dumps(file), "an internal number is shown")
    entity = entity_with("alert")
    file = json.loads(opened("uscc", entity["code"]).data)
    truth = rows_of(f"""SELECT alert_id AS id, rule_id AS rule, evidence -> 'rule' -> 'title' AS rule_title, state,
                               severity, first_as_of, last_as_of
                          FROM alert WHERE entity_id = {entity['entity_id']} ORDER BY 1 DESC""")
    check(truth and file["alerts"] == truth, "alerts")
    drawn = rows_of("SELECT v.*, d.as_of, d.state FROM draw_visit v JOIN draw d USING (authority, draw_number) LIMIT 1")[0]
    file = json.loads(opened("uscc", drawn["code"]).data)
    expected = [{"authority": drawn["authority"], "number": 1, "state": "drawn", "as_of": drawn["as_of"],
                 "rehearsal": True, "class": drawn["class"], "rank": drawn["rank"]}]
    check(file["draws"] == expected, f"draws: {file['draws']}")


def test_relations():
    row = ACROSS
    for here, there, direction in (("a", "b", "to"), ("b", "a", "from")):
        file = json.loads(opened(row["scheme_" + here], row["code_" + here]).data)
        found = [r for r in file["relations"] if r["key"] == row["record_key"]]
        check(len(found) == 1 and (found[0]["direction"], found[0]["code"], found[0]["relation_kind"])
              == (direction, row["code_" + there], row["relation_kind"]), f"relation {direction}: {found}")
        classes = {r["code"]: r["class"] for r in TRUTH}
        check(found and found[0]["class"] == classes[row["code_" + there]], "class of the other end")
    file = json.loads(opened(row["scheme_a"], row["code_a"], "end").data)
    check(all(r["key"] != row["record_key"] for r in file["relations"]), "a district sees another's entity by relation")


def test_departments():
    every = json.loads(opened("uscc", SEVERAL["code"]).data)["inspections"]
    own = json.loads(opened("uscc", SEVERAL["code"], "department").data)["inspections"]
    check(len(every) == SEVERAL["every"], "inspections of all departments")
    check(0 < len(own) < len(every) and own == [row for row in every if row["department_id"] == DEPARTMENT], "inspections of one department")


def audit_entries():
    return rows_of("SELECT actor, action, subject, detail FROM audit WHERE action = 'entity.open' ORDER BY sequence")


def test_audit():
    code = TRUTH[7]["code"]
    before = len(audit_entries())
    for purpose in ("投诉 1234", None):
        answer = opened("uscc", code, headers={"X-Heng-Purpose": purpose.encode()} if purpose else None)
        check(answer.status == 200 and answer.getheader("ETag") is None, "an opened file may be cached")
    entries = audit_entries()[before:]
    subject = "uscc:" + code
    check(entries == [{"actor": "all", "action": "entity.open", "subject": subject, "detail": detail}
                      for detail in ("投诉 1234", "")], f"audit: {entries}")
    opened("uscc", "nothing")
    check(len(audit_entries()) == before + 2, "a file that is not there was opened")


def test_answers_of_their_day():
    first = get("/api/v1/entities", limit=5)
    tag = first.getheader("ETag")
    check(get("/api/v1/entities", headers={"If-None-Match": tag}, limit=5).status == 304, "expected 304")
    subprocess.run([os.environ["HENG"], "--quiet", "score", "--as-of", "2026-06-29"], check=True, capture_output=True)
    patience = time.monotonic() + 10  # the service looks for new data now and then
    answer = get("/api/v1/entities", headers={"If-None-Match": tag}, limit=5)
    while answer.status == 304 and time.monotonic() < patience:
        time.sleep(0.1)
        answer = get("/api/v1/entities", headers={"If-None-Match": tag}, limit=5)
    body = json.loads(answer.data or b"{}")
    check(answer.status == 200 and body["as_of"] == "2026-06-29"
          and body["data_version"] != json.loads(first.data)["data_version"], f"expected 200 after a change of data: {answer.status} {body.get('as_of')}")
    code = page(limit=1)["items"][0]["code"]
    check_reasons(code, json.loads(opened("uscc", code).data))


def test_cut_and_outdated():
    entity = entity_with("inspection")
    sql(f"""INSERT INTO inspection
            SELECT (jsonb_populate_record(NULL::inspection, to_jsonb(f) || jsonb_build_object(
                        'id', n, 'record_key', 'more ' || n))).*
              FROM (SELECT * FROM inspection WHERE entity_id = {entity['entity_id']} ORDER BY known_at LIMIT 1) f,
                   generate_series(1, 501) n""")
    answer = opened("uscc", entity["code"])
    file = json.loads(answer.data)
    check(file["cut"] == ["inspections"] and len(file["inspections"]) == 500, f"cut: {file['cut']}")
    check(file["reasons_state"] == "outdated" and file["reasons"] == [] and file["score"]["score_milli"] is not None,
          "reasons of other records than the run's")


for test in (test_orders, test_filters, test_names, test_codes, test_bad_values, test_districts, test_reasons,
             test_lists_of_file, test_relations, test_departments, test_audit, test_answers_of_their_day,
             test_cut_and_outdated):
    test()
finish(700)
