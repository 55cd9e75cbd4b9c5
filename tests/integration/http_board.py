# SPDX-License-Identifier: GPL-3.0-or-later
# The board and its lists over HTTP. Rows come from the database as they are; working days, time
# limits, outcomes and moves are judged here anew, and lists are walked page by page.
import bisect
import collections
import datetime
import json
import sys
import time
import urllib.parse

from http_client import check, finish, new_session, request, session_sql, sql

AS_OF = "2026-06-30"
REFUSED = 422  # a value that is not what it must be
MALFORMED = 400  # a cursor of another request
HANDLINGS = ["accepted_in_limit", "accepted_late", "overdue", "open", "no_limit"]
ADVERSE, JUDGED = {"failed", "not_found", "refused"}, {"failed", "not_found", "refused", "passed", "corrected"}
Counter = collections.Counter


def account(name, role, region=None, department=None):
    if sql(f"SELECT count(*) FROM account WHERE name = '{name}'") == "0":
        values = ", ".join("NULL" if v is None else f"'{v}'" for v in (name, role, region, department))
        sql("INSERT INTO account (name, role, region_code, department_id, password_hash, disabled,"
            f" created_at, password_at) VALUES ({values}, 'x', false, now(), now());"
            "UPDATE change_count SET changes = changes + 1 WHERE subject = 'account'")
    session = new_session()
    sql(session_sql(session, name))
    return session


def path_of(name, **query):
    return "/api/v1/" + name + ("?" + urllib.parse.urlencode(query) if query else "")


def get(session, name, expected=200, **query):
    answer = request("GET", path_of(name, **query), cookie=session)
    check(answer.status == expected, f"{name} {query}: expected {expected}, found {answer.status} {answer.data[:300]!r}")
    return json.loads(answer.data)


def walk(session, name, limit=200, **query):
    items, cursor, pages = [], None, 0
    while cursor or pages == 0:
        more = {"cursor": cursor} if cursor else {}
        page = get(session, name, limit=limit, **query, **more)
        check(len(page["items"]) <= limit and (page["next"] is None or len(page["items"]) == limit), f"{name}: page size")
        items += page["items"]
        cursor, pages = page["next"], pages + 1
    return items


def rows(statement):
    text = sql(f"SELECT coalesce(json_agg(r), '[]') FROM ({statement}) r")
    return json.loads(text)


def same(what, found, expected):
    check(found == expected, f"{what}: expected {expected}, found {found}")


def working_days():
    """Monday to Friday, but for the exceptions of the shipped calendar."""
    with open("models/catalog/calendar/cn.json", encoding="utf-8") as file:
        years = json.load(file)["years"]
    off, worked = set(), set()
    for year in years:
        worked |= set(year["worked"])
        for span in year["off"]:
            one, last = (datetime.date.fromisoformat(span[end]) for end in ("from", "to"))
            while one <= last:
                off.add(one.isoformat())
                one += datetime.timedelta(1)
    days, one = [], datetime.date(2019, 12, 1)
    while one < datetime.date(2027, 12, 31):
        text = one.isoformat()
        if text in worked or (one.weekday() < 5 and text not in off):
            days.append(text)
        one += datetime.timedelta(1)
    return days


WORKING = working_days()


def due_of(complaint):
    if complaint["complaint_kind"] == "report" or complaint["received_on"] < "2020-01-01":
        return None
    return WORKING[bisect.bisect_right(WORKING, complaint["received_on"]) + 6]


def handling_of(complaint):
    due = due_of(complaint)
    steps = [complaint[key] for key in ("accepted_on", "refused_on", "mediation_ended_on", "ended_on")]
    done = [step for step in steps if step and step <= AS_OF]
    if due is None:
        return "no_limit"
    if done:
        return "accepted_in_limit" if min(done) <= due else "accepted_late"
    return "open" if AS_OF <= due else "overdue"


def check_empty():
    leader = account("leader_all", "leader")
    summary = get(leader, "summary")
    check(summary["as_of"] is None and summary["model"] is None, "stamp before the first run")
    same("classes before the first run", summary["classes"], [])
    same("inspections before the first run", summary["inspections"],
         {"count": 0, "judged": 0, "adverse": 0, "adverse_ppm": None})
    same("complaints of nobody", set(summary["complaints"].values()), {0})
    same("sources of nobody", summary["sources"], [])
    same("tiles of today's set", len(summary["regions"]), int(summary["district_set"]))
    same("register of nobody", get(leader, "register")["rows"], [])
    for name in ("complaints", "inspections", "class-changes", "sources", "rejects"):
        page = get(leader, name)
        check(page["items"] == [] and page["next"] is None, f"{name} of nobody")


def check_register(session, region):
    where = f"e.registered AND ('{region or ''}' = '' OR e.region_code = '{region or ''}')"
    table = sql("SELECT score_table FROM score_run JOIN score_published USING (run_id)")
    # By row number, not by a join of the statement under test.
    entities = rows(f"SELECT e.region_code, (SELECT s.class FROM {table} s WHERE s.entity_id = e.entity_id),"
                    " (SELECT i.section FROM industry i WHERE i.industry_code = e.industry_code),"
                    f" (SELECT c.from_class FROM class_change c WHERE c.entity_id = e.entity_id"
                    "    AND c.run_id = (SELECT run_id FROM score_published)) AS from_class,"
                    " (SELECT c.to_class FROM class_change c WHERE c.entity_id = e.entity_id"
                    "    AND c.run_id = (SELECT run_id FROM score_published)) AS to_class"
                    f" FROM entity e WHERE {where}")
    for by, key in (("class", "class"), ("region", "region_code"), ("industry", "section")):
        answer = get(session, "register", by=by)
        expected = Counter(e[key] or "" for e in entities)
        same(f"register by {by}", {r["key"]: r["count"] for r in answer["rows"]}, dict(expected))
        keys = [r["key"] for r in answer["rows"]]
        same(f"order of the register by {by}", keys, sorted(k for k in keys if k) + [""] * ("" in keys))
        for row in answer["rows"]:
            same(f"register by {by}, {row['key']}", row["by_class"],
                 dict(Counter(e["class"] for e in entities if (e[key] or "") == row["key"] and e["class"])))
            check(by == "class" or row["key"] == "" or row["name"], f"name of {row['key']}")
    same("register without by", get(session, "register")["rows"], get(session, "register", by="class")["rows"])
    return entities


def check_classes(summary, entities, what):
    now = Counter(e["class"] for e in entities if e["class"])
    before = Counter(e["from_class"] if e["to_class"] else e["class"] for e in entities if e["class"])
    same(f"{what}: classes", {c["class"]: c["count"] for c in summary["classes"]}, {c: now[c] for c in "ABCD"})
    same(f"{what}: classes before", {c["class"]: c["previous_count"] for c in summary["classes"]},
         {c: before[c] for c in "ABCD"})
    moves = Counter((e["from_class"], e["to_class"]) for e in entities if e["to_class"])
    same(f"{what}: moves", {(m["from"], m["to"]): m["count"] for m in summary["class_moves"]}, dict(moves))
    return moves


def check_previous(summary):
    """The classes before the moves are those of the earlier run, which is still in the other table."""
    idle = sql("SELECT CASE score_table WHEN 'score_one' THEN 'score_two' ELSE 'score_one' END"
               " FROM score_run JOIN score_published USING (run_id)")
    stayed = Counter({r["class"]: r["count"] for r in rows(
        f"SELECT o.class, count(*) FROM {idle} o WHERE EXISTS (SELECT FROM score_both b WHERE"
        f" b.score_table <> '{idle}' AND b.entity_id = o.entity_id) GROUP BY 1")})
    same("classes of the earlier run", {c["class"]: c["previous_count"] for c in summary["classes"]}, dict(stayed))


def check_complaints(session, summary, region):
    entity_regions = {r["entity_id"]: r["region_code"] for r in rows("SELECT entity_id, region_code FROM entity")}
    complaints = [c for c in rows("SELECT * FROM complaint") if c["received_on"] <= AS_OF
                  and (not region or (c["region_code"] or entity_regions[c["entity_id"]]) == region)]
    expected = Counter(map(handling_of, complaints))
    same(f"complaints of {region}", summary["complaints"],
         {"received": len(complaints), **{h: expected[h] for h in HANDLINGS}})
    query = {"region_code": region} if region else {}
    items = walk(session, "complaints", **query)
    same(f"list of complaints of {region}", len(items), len(complaints))
    same("order of complaints", [i["received_on"] for i in items], sorted((c["received_on"] for c in complaints), reverse=True))
    same("complaints: day of receipt, due day and handling",
         Counter((i["received_on"], i["due_on"], i["handling"]) for i in items),
         Counter((c["received_on"], due_of(c), handling_of(c)) for c in complaints))
    for handling in HANDLINGS:
        found = walk(session, "complaints", handling=handling, **query)
        same(f"complaints {handling} of {region}", len(found), summary["complaints"][handling])
        check(all(i["handling"] == handling for i in found), f"other handling than {handling}")
    return items


def check_inspections(session, summary, region):
    entity_regions = {r["entity_id"]: r["region_code"] for r in rows("SELECT entity_id, region_code FROM entity")}
    inspections = [i for i in rows("SELECT * FROM inspection") if i["occurred_on"] <= AS_OF
                   and (not region or entity_regions[i["entity_id"]] == region)]
    judged = sum(i["outcome"] in JUDGED for i in inspections)
    adverse = sum(i["outcome"] in ADVERSE for i in inspections)
    same(f"inspections of {region}", summary["inspections"],
         {"count": len(inspections), "judged": judged, "adverse": adverse,
          "adverse_ppm": adverse * 1000000 // judged if judged else None})
    query = {"region_code": region} if region else {}
    items = walk(session, "inspections", **query)
    same(f"list of inspections of {region}", len(items), len(inspections))
    for item in items:
        expected = item["outcome"] in ADVERSE if item["outcome"] in JUDGED else None
        if item["adverse"] is not expected:
            check(False, f"adverse of {item}")
    same(f"adverse inspections of {region}", len(walk(session, "inspections", adverse="true", **query)), adverse)
    same(f"good inspections of {region}", len(walk(session, "inspections", adverse="false", **query)), judged - adverse)
    return items


def check_alerts(summary, region):
    today = sql("SELECT (now() AT TIME ZONE 'UTC' + interval '8 hours')::date")
    alerts = [a for a in rows("SELECT * FROM alert WHERE open") if not region or a["region_code"] == region]
    same(f"alerts of {region}", summary["alerts"],
         {"open": len(alerts), "by_severity": dict(Counter(a["severity"] for a in alerts)),
          "overdue": sum((a["evidence"].get("due_on") or "9999") < today for a in alerts)})
    return alerts


def check_summary(session, region=None):
    summary = get(session, "summary", **({"region_code": region} if region else {}))
    same("as_of", summary["as_of"], AS_OF)
    same("district set", summary["district_set"], "37")
    own = rows("SELECT * FROM account WHERE name = 'leader_own'") and session == OWN
    entities = check_register(session, DISTRICT if own else None)
    if region and not own:
        entities = [e for e in entities if e["region_code"] == region]
    region = region or (DISTRICT if own else None)
    moves = check_classes(summary, entities, f"summary of {region}")
    query = {"region_code": region} if region else {}
    changes = walk(session, "class-changes", **query)
    same(f"class changes of {region}", Counter((c["from"], c["to"]) for c in changes), moves)
    same("order of class changes", [c["score_milli"] for c in changes],
         sorted((c["score_milli"] for c in changes), reverse=True))
    (source, target), count = moves.most_common(1)[0]
    if source:
        same("one move", len(walk(session, "class-changes", from_class=source, to_class=target, **query)), count)
    check_complaints(session, summary, region)
    check_inspections(session, summary, region)
    alerts = check_alerts(summary, region)
    by_region = {r["region_code"]: r for r in summary["regions"]}
    tiles = {r["region_code"] for r in get(session, "regions", on=AS_OF)["items"] if r["row"]}
    same(f"tiles of {region}", set(by_region), tiles & {region} if region else tiles)
    for code, tile in by_region.items():
        inside = [e for e in entities if e["region_code"] == code]
        same(f"entities of {code}", (tile["entities"], tile["classes"]),
             (len(inside), dict(Counter(e["class"] for e in inside if e["class"]))))
        same(f"alerts of {code}", tile["alerts_open"], sum(a["region_code"] == code for a in alerts))
    return summary


def check_sources(session, summary):
    listed = walk(session, "sources", limit=3)
    expected = rows("SELECT s.source, count(b.*) AS batches, coalesce(sum(b.rows_in), 0) AS rows_in,"
                    " coalesce(sum(b.rejected), 0) AS rejected FROM load_source s LEFT JOIN load_batch b"
                    " USING (source_id) GROUP BY s.source ORDER BY s.source COLLATE \"C\"")
    same("sources", [{k: s[k] for k in ("source", "batches", "rows_in", "rejected")} for s in listed], expected)
    same("sources of the board", [(s["source"], s["rows"]) for s in summary["sources"]],
         [(s["source"], s["rows_in"]) for s in expected])
    same("silence of fresh sources", {s["days_silent"] for s in listed}, {0})
    # Loaded at a quarter to midnight of the register's zone is another day than a quarter past.
    day = sql("SELECT (now() AT TIME ZONE 'UTC' + interval '8 hours')::date")
    for moment, silent in (("23:45:00", 3), ("00:15:00", 3)):
        sql(f"UPDATE load_batch SET loaded_at = (date '{day}' - 3 + time '{moment}') AT TIME ZONE interval '8 hours';"
            "UPDATE change_count SET changes = changes + 1 WHERE subject = 'alert'")
        wait_until(lambda: {s["days_silent"] for s in get(session, "sources")["items"]} == {silent}, f"silence since {moment}")


def wait_until(condition, what):
    deadline = time.monotonic() + 5
    while not condition():
        if time.monotonic() > deadline:
            check(False, what)
            return
        time.sleep(0.1)
    check(True, what)


def check_rejects():
    expected = rows("SELECT s.source, b.file_name AS file, r.line, r.field, r.reason, r.message, r.raw FROM load_reject r"
                    " JOIN load_batch b USING (batch_id) JOIN load_source s USING (source_id) ORDER BY r.reject_id DESC")
    check(len(expected) > 5, f"only {len(expected)} rejects in the demo")
    names = ("source", "file", "line", "field", "reason", "message", "raw")
    for role, region, sees_message, sees_raw in (
            ("admin", None, True, True), ("auditor", None, True, True), ("regulator", None, True, False),
            ("leader", None, True, False), ("admin", DISTRICT, False, False), ("regulator", DISTRICT, False, False)):
        session = account(f"{role}_{region}", role, region)
        found = [tuple(r[n] for n in names) for r in walk(session, "rejects", limit=7)]
        same(f"rejects for {role} of {region}", found,
             [tuple(r[n] for n in names[:5]) + (r["message"] if sees_message else None, r["raw"] if sees_raw else None)
              for r in expected])
    one = expected[0]
    admin = account("admin_None", "admin")
    same("rejects of one source and reason", len(walk(admin, "rejects", source=one["source"], reason=one["reason"])),
         sum((r["source"], r["reason"]) == (one["source"], one["reason"]) for r in expected))
    same("rejects of no source", walk(admin, "rejects", source="no' OR '1"), [])


def check_regions(session):
    for on, tiles, name in (("2016-11-23", 0, None), ("2025-11-05", 38, "38"), ("2025-11-06", 37, "37"), (AS_OF, 37, "37")):
        answer = get(session, "regions", on=on)
        same(f"set on {on}", (answer["district_set"], sum(r["row"] is not None for r in answer["items"])), (name, tiles))
        expected = rows(f"SELECT region_code, name FROM region WHERE date '{on}' BETWEEN valid_from AND coalesce(valid_to, 'infinity')")
        same(f"regions on {on}", {(r["region_code"], r["name"]) for r in answer["items"]},
             {(r["region_code"], r["name"]) for r in expected})
    new = [r for r in answer["items"] if r["region_code"] == "500157"]
    same("tile of the new district", [(r["row"], r["column"], r["rows"]) for r in new], [(4, 4, 2)])
    same("regions today", get(session, "regions")["on"], AS_OF)
    get(session, "regions", expected=REFUSED, on="2026-02-30")


def check_scope():
    get(OWN, "summary", expected=404, region_code=OTHER)
    get(LEADER, "summary", expected=404, region_code="000000")
    get(LEADER, "summary", expected=404, region_code="x' OR '1'='1")
    for name in ("complaints", "inspections", "class-changes"):
        same(f"{name} of another district", walk(OWN, name, region_code=OTHER), [])
        check(walk(OWN, name), f"{name} of the own district")
    department = sql("SELECT department_id FROM inspection WHERE department_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    bound = account("leader_department", "leader", None, department)
    expected = int(sql(f"SELECT count(*) FROM inspection WHERE department_id = '{department}' AND occurred_on <= '{AS_OF}'"))
    same("inspections of a department", get(bound, "summary")["inspections"]["count"], expected)
    same("list of a department's inspections", {i["department_id"] for i in walk(bound, "inspections")}, {department})


def check_queries():
    page = get(LEADER, "complaints", limit=2)
    get(LEADER, "complaints", expected=MALFORMED, limit=2, cursor=page["next"], handling="overdue")
    get(OWN, "complaints", expected=MALFORMED, limit=2, cursor=page["next"])
    get(LEADER, "inspections", expected=MALFORMED, limit=2, cursor=page["next"])
    spring = walk(LEADER, "complaints", **{"from": "2026-03-01", "to": "2026-03-31"})
    same("complaints of March", len(spring),
         int(sql("SELECT count(*) FROM complaint WHERE received_on BETWEEN '2026-03-01' AND '2026-03-31'")))
    failed = walk(LEADER, "inspections", outcome="failed", **{"from": "2026-01-01"})
    same("failed inspections of the year", len(failed), int(sql(
        f"SELECT count(*) FROM inspection WHERE outcome = 'failed' AND occurred_on BETWEEN '2026-01-01' AND '{AS_OF}'")))
    check(len({(i["source"], i["file"], i["line"]) for i in failed}) == len(failed) > 0, "origins of inspections")
    for name, query in (("complaints", {"handling": "late"}), ("complaints", {"from": "2026-13-01"}),
                        ("inspections", {"adverse": "1"}), ("register", {"by": "street"}), ("rejects", {"source": ""}),
                        ("complaints", {"limit": "201"})):
        answer = request("GET", path_of(name, **query), cookie=LEADER)
        check(answer.status == REFUSED and json.loads(answer.data).get("detail"),
              f"{name} {query}: {answer.status} {answer.data!r}")


def check_cache():
    for name in ("summary", "register?by=region", "regions", "complaints?limit=1", "inspections", "class-changes", "sources", "rejects"):
        first = request("GET", "/api/v1/" + name, cookie=LEADER)
        tag = first.getheader("ETag")
        again = request("GET", "/api/v1/" + name, {"If-None-Match": tag or "-"}, cookie=LEADER)
        check(first.status == 200 and again.status == 304 and again.data == b"", f"{name}: {tag} {again.status}")
        own = request("GET", "/api/v1/" + name, {"If-None-Match": tag or "-"}, cookie=OWN)
        check(own.status == 200, f"{name}: the tag of another scope: {own.status}")
    tag = request("GET", "/api/v1/summary", cookie=LEADER).getheader("ETag")
    before = get(LEADER, "summary")["alerts"]["open"]
    sql("UPDATE alert SET open = false, state = 'closed' WHERE alert_id = (SELECT min(alert_id) FROM alert WHERE open);"
        "UPDATE change_count SET changes = changes + 1 WHERE subject = 'alert'")
    wait_until(lambda: request("GET", "/api/v1/summary", {"If-None-Match": tag}, cookie=LEADER).status == 200,
               "a closed alert changes the answer")
    same("alerts after one was closed", get(LEADER, "summary")["alerts"]["open"], before - 1)


def check_other_scheme():
    """Before the moves of a run after one of another scheme there is nothing to compare with."""
    sql("UPDATE score_run SET scheme = 'other' WHERE run_id < (SELECT run_id FROM score_published);"
        "UPDATE change_count SET changes = changes + 1 WHERE subject = 'alert'")
    wait_until(lambda: {c["previous_count"] for c in get(LEADER, "summary")["classes"]} == {None}, "another scheme before")


if sys.argv[1] == "empty":
    check_empty()
    finish(15)
DISTRICT = sql("SELECT region_code FROM entity WHERE registered GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
OTHER = sql(f"SELECT region_code FROM entity WHERE registered AND region_code <> '{DISTRICT}' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
LEADER = account("leader_all", "leader")
OWN = account("leader_own", "leader", DISTRICT)
board = check_summary(LEADER)
check(all(board["complaints"][h] > 0 for h in ("accepted_in_limit", "overdue", "open")) and board["alerts"]["open"] > 0,
      f"the demo shows too little: {board['complaints']} {board['alerts']}")
check_previous(board)
check_summary(LEADER, DISTRICT)
check_summary(OWN)
check_summary(OWN, DISTRICT)
check_scope()
check_rejects()
check_regions(LEADER)
check_queries()
check_cache()
check_sources(LEADER, board)
check_other_scheme()
finish(400)
