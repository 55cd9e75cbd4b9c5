# SPDX-License-Identifier: GPL-3.0-or-later
# The queue of alerts: lists, one alert, steps, jobs. Every figure is compared with SQL, with what
# `heng alert list` says, or with the line of the file that a record came from.
import datetime
import gzip
import itertools
import json
import os
import re
import statistics
import subprocess
import threading
import time
import urllib.parse

from http_client import (change_headers, check, finish, new_session, request, session_sql, sql)

API = "/api/v1"
DISTRICT = sql("SELECT region_code FROM alert WHERE region_code IS NOT NULL GROUP BY 1"
               " ORDER BY count(*) DESC, 1 LIMIT 1")
ACCOUNTS = [("reg", "regulator", None), ("own", "regulator", DISTRICT), ("lead", "leader", None),
            ("plan", "planner", None), ("look", "auditor", None), ("root", "admin", None),
            ("own_lead", "leader", DISTRICT), ("own_look", "auditor", DISTRICT), ("own_root", "admin", DISTRICT)]
SESSIONS = {name: new_session() for name, _, _ in ACCOUNTS}
for name, role, region in ACCOUNTS:
    sql("INSERT INTO account (name, role, region_code, password_hash, disabled, created_at, password_at)"
        f" VALUES ('{name}', '{role}', {repr(region) if region else 'NULL'}, 'x', false, now(), now());"
        + session_sql(SESSIONS[name], name))
sql("UPDATE change_count SET changes = changes + 1 WHERE subject = 'account'")


def get(path, who="reg", headers=None):
    return request("GET", API + path, headers, cookie=SESSIONS[who])


def load(path, who="reg"):
    answer = get(path, who)
    if answer.status != 200:
        raise SystemExit(f"GET {path} as {who}: {answer.status} {answer.data!r}")
    return json.loads(answer.data)


def post(path, body, who="reg", **headers):
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return request("POST", API + path, change_headers(SESSIONS[who]) | more, body, SESSIONS[who])


def step(alert, version, who="reg", **body):
    return post(f"/alerts/{alert}/transitions", body, who, If_Match=f'"{version}"')


def version_of(alert):
    return int(sql(f"SELECT max(transition_id) FROM alert_transition WHERE alert_id = {alert}"))


def rows(statement):
    return json.loads(sql(f"SELECT coalesce(json_agg(r), '[]') FROM ({statement}) r"))


def walk(limit, who="reg", **filters):
    items, cursor = [], None
    while True:
        query = filters | {"limit": limit} | ({"cursor": cursor} if cursor else {})
        page = load("/alerts?" + urllib.parse.urlencode(query), who)
        items += page["items"]
        cursor = page["next"]
        if not cursor:
            return items, page


def problem(answer):
    body = json.loads(answer.data)
    return body["type"].rsplit(":", 1)[1], [e["pointer"] for e in body.get("errors", [])]


# --- lists
SEVERITY = "CASE severity WHEN 'serious' THEN 1 WHEN 'general' THEN 2 ELSE 3 END"


def truth(where, order):
    return rows(f"""
        SELECT a.alert_id AS id, rule_id, evidence -> 'rule' -> 'title' AS rule_title, rule_kind, state,
               severity, a.region_code, (SELECT name FROM region r WHERE r.region_code = a.region_code
               AND r.valid_from <= '2026-06-30' AND coalesce(r.valid_to >= '2026-06-30', true)) AS region_name,
               industry_section AS industry, CASE WHEN entity_id IS NOT NULL THEN
               (SELECT json_build_object('scheme', scheme, 'code', code, 'name', name) FROM entity e
               WHERE e.entity_id = a.entity_id) END AS entity, first_as_of, last_as_of, hits, lapsed_as_of,
               assignee, verdict, CASE rule_kind WHEN 'complaint_not_accepted' THEN evidence ->> 'due_on' END
               AS due_on, (SELECT max(transition_id) FROM alert_transition t WHERE t.alert_id = a.alert_id)
               AS version FROM alert a WHERE {where} ORDER BY {order}""")


BY_SEVERITY = SEVERITY + ", alert_id"
everything = truth("true", BY_SEVERITY)
check(len(everything) > 20, f"a queue worth the name: {len(everything)}")
found, page = walk(7, state="all")
check(found == everything, "the whole queue, by severity")
check(page["as_of"] == "2026-06-30" and page["model"]["run"] == 2 and page["data_version"], "stamp")
check(page["counts"] == {s: 0 for s in ("acknowledged", "assigned", "in_progress", "resolved", "closed")}
      | {"firing": len(everything)}, f"counts {page['counts']}")
listed = json.loads(subprocess.run([os.environ["HENG"], "--quiet", "alert", "list", "--all", "--json"],
                                   check=True, capture_output=True).stdout)["alerts"]
check([a["alert"] for a in listed] == [a["id"] for a in found], "the order of heng alert list")
check([(a["rule"], a["state"], a["hits"], a["region_code"]) for a in listed]
      == [(a["rule_id"], a["state"], a["hits"], a["region_code"]) for a in found], "as heng alert list")
check(walk(50, state="all", sort="age")[0] == truth("true", "first_as_of, alert_id"), "by age")
for filters, where in (({"rule": "class_downgrade"}, "rule_id = 'class_downgrade'"),
                       ({"severity": "serious"}, "severity = 'serious'"),
                       ({"region_code": DISTRICT}, f"region_code = '{DISTRICT}'"),
                       ({"region_code": DISTRICT, "severity": "serious", "sort": "age"},
                        f"region_code = '{DISTRICT}' AND severity = 'serious'"),
                       ({"state": "resolved"}, "state = 'resolved'"), ({"rule": "none"}, "false")):
    order = "first_as_of, alert_id" if "sort" in filters else BY_SEVERITY
    check(walk(11, **filters)[0] == truth(where, order), f"filter {filters}")
counted = load(f"/alerts?region_code={DISTRICT}&rule=class_downgrade")["counts"]
check(counted["firing"] == int(sql("SELECT count(*) FROM alert WHERE rule_id = 'class_downgrade' AND"
                                   f" region_code = '{DISTRICT}'")), "counts under a filter")
cursor = load("/alerts?limit=3")["next"]
for query in (f"severity=serious&cursor={cursor}", f"sort=age&cursor={cursor}", "cursor=00", "cursor=x",
              "state=asleep", "severity=grave", "sort=name", "limit=0", "limit=201", "limit=x", "colour=red",
              "rule=" + "r" * 300, "state="):
    answer = get("/alerts?" + query)
    check(answer.status in (400, 422), f"{query}: {answer.status}")
check(get(f"/alerts?limit=4&cursor={cursor}").status == 200, "a page of another size")
check(get(f"/alerts?cursor={cursor}", "own").status == 400, "the cursor of another scope")

# --- scope
mine = walk(50, "own", state="all")[0]
check(mine == truth(f"region_code = '{DISTRICT}'", BY_SEVERITY) and mine, "the district's own queue")
check(load("/alerts", "own")["counts"]["firing"] == len(mine), "the district's own counts")
check(walk(50, "own", region_code="999999")[0] == [], "another district by filter")
other = next(a["id"] for a in everything if a["region_code"] != DISTRICT)
nowhere = sql("SELECT min(alert_id) FROM alert WHERE region_code IS NULL")
for hidden in [other] + ([int(nowhere)] if nowhere else []):
    check(get(f"/alerts/{hidden}", "own").status == 404, "an alert outside the district")
    check(step(hidden, version_of(hidden), "own", event="acknowledge").status == 404, "a step outside")
for who in ("own_lead", "own_look", "own_root"):
    check(load(f"/alerts/{mine[0]['id']}", who)["id"] == mine[0]["id"], f"{who}: an alert of the district")
    check(get(f"/alerts/{other}", who).status == 404, f"{who}: an alert outside the district")
    check(load("/alerts?state=all&limit=200", who)["items"] == mine, f"{who}: the district's queue")
check(step(other, version_of(other), "own_root", event="acknowledge").status == 404, "a bound admin's step")
for bad in ("0", "-1", "x", "1e3", "99999999999999999999", "999999"):
    check(get(f"/alerts/{bad}").status == 404, f"alert {bad}")
check(get("/alerts", "plan").status == 403 and get(f"/alerts/{other}", "plan").status == 403, "planner")
for who in ("lead", "look"):
    check(load(f"/alerts/{other}", who)["allowed"] == [], f"{who} may do nothing")
    check(step(other, version_of(other), who, event="acknowledge").status == 403, f"a step of {who}")

# --- one alert and the records behind it
lines = {}


def line_of(record):
    name = record["file"]
    if name not in lines:
        with open(os.path.join(os.environ["DEMO"], name), "rb") as file:
            content = file.read()
        lines[name] = (gzip.decompress(content) if name.endswith(".gz") else content).split(b"\n")
    return lines[name][record["line"] - 1]


def is_of(key, line):
    """The numbers of the key stand in the line, one of them clean; a key that is a hash does not."""
    parts = re.findall("[0-9A-Z-]{4,}", key)
    return len(key) == 64 or any(part.encode() in line for part in parts)


def check_week(alert):
    evidence, labels = alert["evidence"], alert["labels"]
    check(len(alert["records"]) == evidence["observed"] and not alert["records_more"],
          f"alert {alert['id']}: {evidence['observed']} complaints, {len(alert['records'])} records")
    where = " AND ".join([f"c.jurisdiction = '{labels['jurisdiction']}'"]
                         + [f"coalesce({x}, 'unknown') = '{labels[k]}'" for k, x in
                            (("region_code", "coalesce(c.region_code, e.region_code)"),
                             ("industry_section", "i.section")) if k in labels])
    weekly = dict(map(lambda r: (r["week"], r["count"]), rows(f"""
        SELECT date_trunc('week', received_on)::date AS week, count(*) FROM complaint c JOIN entity e
        USING (entity_id) LEFT JOIN industry i ON i.industry_code = coalesce(c.industry_code, e.industry_code)
        WHERE {where} GROUP BY 1""")))
    for week in evidence["series"]:
        check(week["count"] == weekly.get(week["week"], 0), f"alert {alert['id']}: week {week}")
    z = statistics.NormalDist().inv_cdf(1 - evidence["alpha_ppm"] / 1e6)
    for week in evidence["series"]:
        monday = datetime.date.fromisoformat(week["week"])
        window = [weekly.get(str(monday - datetime.timedelta(7 * i)), 0) for i in range(3, 10)]
        bound = statistics.mean(window) + z * max(statistics.stdev(window), evidence["min_sigma_milli"] / 1000)
        check(week["bound"] is not None and abs(week["bound"] - bound) < 0.002,
              f"alert {alert['id']}: bound of {week}, expected {bound}")
    check(round(evidence["series"][-1]["bound"] * 1000) == evidence["bound_milli"], "the bound judged by")


def check_complaint(alert):
    evidence, records = alert["evidence"], alert["records"]
    check(len(records) == 1 and records[0]["key"] == evidence["record_key"]
          and records[0]["source"] == evidence["source"] and records[0]["accepted_on"] is None
          and records[0]["received_on"] == evidence["received_on"], f"alert {alert['id']}: {records}")
    check(alert["due_on"] == evidence["due_on"], "due_on")


def check_facts(alert):
    entity = f"entity_id = (SELECT entity_id FROM alert WHERE alert_id = {alert['id']})"
    expected = rows(" UNION ALL ".join(
        f"SELECT record_key AS key, line FROM {t} WHERE {entity} AND known_at < '2026-07-01 00:00+08'" + more
        for table in ("inspection", "complaint", "credit_record")
        for t, more in ((table, ""), (table + "_past", " AND known_until >= '2026-07-01 00:00+08'"))))
    check(sorted((r["key"], r["line"]) for r in expected) == sorted((r["key"], r["line"])
          for r in alert["records"]), f"alert {alert['id']}: its facts")


CHECKS = {"count_surge": check_week, "complaint_not_accepted": check_complaint, "class_downgrade": check_facts}
for kind, check_kind in CHECKS.items():
    of_kind = [a for a in everything if a["rule_kind"] == kind]
    check(of_kind, f"alerts of kind {kind}")
    for item in of_kind[:12]:
        alert = load(f"/alerts/{item['id']}")
        check({k: alert[k] for k in item} == item, f"alert {item['id']} as in the list")
        check_kind(alert)
        check(all(r["known_at"] and r["source"] and is_of(r["key"], line_of(r)) for r in alert["records"][:20]),
              f"alert {item['id']}: source, file and line")
        check([(t["step"], t["event"], t["from"], t["to"], t["hash"]) for t in alert["transitions"]] == [
            (r["step"], r["event"], r["f"], r["to_state"], r["hash"]) for r in rows(
                "SELECT transition_id AS step, event, nullif(from_state, 'none') AS f, to_state,"
                f" encode(hash, 'hex') AS hash FROM alert_transition WHERE alert_id = {item['id']}"
                " ORDER BY 1")], f"alert {item['id']}: steps")

# --- every event in every state, with every choice of parts; written out from models/alert/life.h
NEEDS = {("firing", "acknowledge"): "", ("firing", "assign"): "a", ("firing", "resolve"): "vr",
         ("acknowledged", "assign"): "a", ("acknowledged", "start"): "", ("acknowledged", "resolve"): "vr",
         ("assigned", "assign"): "ar", ("assigned", "start"): "", ("assigned", "resolve"): "vr",
         ("in_progress", "assign"): "ar", ("in_progress", "resolve"): "vr", ("resolved", "close"): ""}
EVENTS = ["fire", "acknowledge", "assign", "start", "resolve", "close", "refire", "lapse"]
PARTS = {"v": ("verdict", "true"), "a": ("assignee", "Li"), "r": ("reason", "seen")}
subject = everything[0]["id"]
steps_taken = []


def expected_refusal(state, event, given):
    needs = NEEDS.get((state, event))
    if needs is None:
        return "conflict", []
    for part in "var":
        if (part in needs) != (part in given) and not (part == "r" and part in given):
            return "input", ["/" + PARTS[part][0]]
    return None


def try_all(state):
    alert = load(f"/alerts/{subject}")
    check(alert["state"] == state, f"expected {state}, found {alert['state']}")
    check({a["event"]: set(a["needs"]) for a in alert["allowed"]}
          == {e: {PARTS[p][0] for p in n} for (s, e), n in NEEDS.items() if s == state},
          f"allowed in {state}: {alert['allowed']}")
    for event, size in itertools.product(EVENTS, range(4)):
        for given in itertools.combinations("var", size):
            refusal = expected_refusal(state, event, given)
            if refusal is None:
                continue
            answer = step(subject, alert["version"], event=event, **dict(PARTS[p] for p in given))
            check(problem(answer) == refusal and answer.status == {"conflict": 409, "input": 422}[refusal[0]],
                  f"{state} {event} {given}: {answer.status} {answer.data!r}")
    check(version_of(subject) == alert["version"], f"a refused step left something in {state}")


def take(event, who="reg", alert=None, **body):
    alert = alert or subject
    answer = step(alert, version_of(alert), who, event=event, **body)
    check(answer.status == 200, f"{event}: {answer.status} {answer.data!r}")
    steps_taken.append((who, f"alert.{event}", str(alert), body.get("reason", "")))
    return json.loads(answer.data)


LIFE = [("firing", "acknowledge", {}), ("acknowledged", "assign", {"assignee": " Li "}),
        ("assigned", "start", {"reason": "on it"}),
        ("in_progress", "resolve", {"verdict": "true", "reason": "处理完毕"}), ("resolved", "close", {}),
        ("closed", None, {})]
for state, event, body in LIFE:
    try_all(state)
    if event:
        after = take(event, "root" if event == "close" else "reg", **body)
        last = after["transitions"][-1]
        check(last["event"] == event and last["from"] == state and last["to"] == after["state"]
              and last["reason"] == body.get("reason") and last["step"] == after["version"],
              f"answer of {event}: {last}")
        check(after == load(f"/alerts/{subject}"), f"the answer to {event} is the alert as it is then")
alert = load(f"/alerts/{subject}")
check(alert["state"] == "closed" and alert["assignee"] == "Li" and alert["verdict"] == "true", "the end")
check([t["actor"] for t in alert["transitions"]][-5:] == ["reg"] * 4 + ["root"], "actors")
check([a["id"] for a in load("/alerts?state=closed")["items"]] == [subject], "the closed ones")
check(subject not in [a["id"] for a in walk(200)[0]], "the default list holds open ones")

# --- the version
target = everything[1]["id"]
version = version_of(target)
answer = post(f"/alerts/{target}/transitions", {"event": "acknowledge"})
check(answer.status == 428 and problem(answer)[0] == "precondition-required", f"no If-Match: {answer.status}")
for tag in (f'"{version + 1}"', f'"{version - 1}"', f"{version}", f'W/"{version}"', '""', '"x"', "*", f'"{version}', '"'):
    answer = post(f"/alerts/{target}/transitions", {"event": "acknowledge"}, If_Match=tag)
    check(answer.status == 412 and problem(answer)[0] == "precondition", f"If-Match {tag}: {answer.status}")
for body in ({}, {"event": 1}, {"event": "jump"}, {"event": "acknowledge", "x": 1}, [], "acknowledge",
             {"event": "resolve", "verdict": "none", "reason": "r"}, {"event": "resolve", "verdict": "maybe"},
             {"event": "acknowledge", "reason": 5}, {"event": "acknowledge", "reason": "r" * 4001},
             {"event": "assign", "assignee": "a" * 201}):
    answer = step(target, version) if body == {} else post(f"/alerts/{target}/transitions", body, If_Match=f'"{version}"')
    check(answer.status == 422, f"body {body!r:.60}: {answer.status}")
check(version_of(target) == version, "refused steps left something")
answers = []
barrier = threading.Barrier(20)


def race():
    barrier.wait()
    answers.append(step(target, version, event="acknowledge").status)


threads = [threading.Thread(target=race) for _ in range(20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
check(sorted(answers) == [200] + 19 * [412], f"20 steps at once: {sorted(answers)}")
steps_taken.append(("reg", "alert.acknowledge", str(target), ""))

# --- several at once
rest = [a["id"] for a in everything[2:]]
one, two, stale = rest[:3]
ids = [{"id": one, "version": version_of(one)}, {"id": stale, "version": version_of(stale) - 1},
       {"id": subject, "version": version_of(subject)}, {"id": 999999, "version": 1},
       {"id": two, "version": version_of(two)}, {"id": two, "version": version_of(two)}]
answer = post("/alerts/transitions", {"ids": ids, "event": "resolve", "verdict": "false", "reason": "假警"})
outcome = json.loads(answer.data)
check(answer.status == 200 and outcome["done"] == [one, two]
      and [f["id"] for f in outcome["failed"]] == [stale, subject, 999999, two], f"round: {outcome}")
check(all(f["detail"] for f in outcome["failed"]), "each failure says why")
steps_taken += [("reg", "alert.resolve", str(i), "假警") for i in (one, two)]
check(load(f"/alerts/{one}")["verdict"] == "false" and load(f"/alerts/{stale}")["state"] == "firing", "after it")
mixed = [{"id": i, "version": version_of(i)} for i in (mine[-1]["id"], other)]
outcome = json.loads(post("/alerts/transitions", {"ids": mixed, "event": "acknowledge"}, "own").data)
check(outcome["done"] == [mine[-1]["id"]] and [f["id"] for f in outcome["failed"]] == [other],
      f"a round across districts: {outcome}")
steps_taken.append(("own", "alert.acknowledge", str(mine[-1]["id"]), ""))
good = {"id": stale, "version": version_of(stale)}
for body, pointer in (({"ids": []}, "/ids"), ({"ids": [good] * 101}, "/ids"), ({}, "/ids"), ({"ids": 5}, "/ids"),
                      ({"ids": [good, {"id": 1}]}, "/ids/1"), ({"ids": [good, 5]}, "/ids/1"),
                      ({"ids": [{"id": "1", "version": 1}]}, "/ids/0"), ({"ids": [good | {"x": 1}]}, "/ids/0")):
    answer = post("/alerts/transitions", body | {"event": "acknowledge"})
    check(answer.status == 422 and problem(answer)[1] == [pointer], f"{body!r:.50}: {answer.data!r}")
hundred = [{"id": i, "version": version_of(i)} for i in rest[3:103]]
outcome = json.loads(post("/alerts/transitions", {"ids": hundred, "event": "acknowledge", "reason": "all"}).data)
took = {i["id"] for i in hundred} - {mine[-1]["id"]}
check(set(outcome["done"]) == took, f"{len(hundred)} at once: {len(outcome['done'])} done")
steps_taken += [("reg", "alert.acknowledge", str(i), "all") for i in outcome["done"]]

# --- a cached answer is never older than a change
path = "/alerts?state=acknowledged&limit=200"
first = get(path)
check(get(path, headers={"If-None-Match": first.getheader("ETag")}).status == 304, "unchanged: 304")
mover = json.loads(first.data)["items"][0]
take("start", alert=mover["id"])
second = get(path, headers={"If-None-Match": first.getheader("ETag")})
check(second.status == 200 and mover["id"] not in [a["id"] for a in json.loads(second.data)["items"]],
      "an own step shows at once")
check(json.loads(second.data)["counts"]["in_progress"] == 1, "and in the counts")
subprocess.run([os.environ["HENG"], "--quiet", "alert", "resolve", str(mover["id"]), "--actor", "D01",
                "--verdict", "true", "--reason", "by command"], check=True, stdout=subprocess.DEVNULL)
time.sleep(1.1)
check(json.loads(get("/alerts").data)["counts"]["in_progress"] == 0, "a step of another process within a second")

# --- jobs


def job(kind, who="root", key=None, **more):
    headers = {"Idempotency_Key": key} if key else {}
    return post("/jobs", {"kind": kind} | more, who, **headers)


def wait(job_id, who="root"):
    for _ in range(200):
        state = load(f"/jobs/{job_id}", who)
        if state["state"] not in ("queued", "running"):
            return state
        time.sleep(0.05)
    return state


def run_job(kind, who="root", **more):
    answer = job(kind, who, **more)
    check(answer.status == 202, f"{kind}: {answer.status} {answer.data!r}")
    check(answer.getheader("Location") == f"{API}/jobs/{json.loads(answer.data)['id']}", "Location")
    return wait(json.loads(answer.data)["id"], who)


for kind, who, more, status in (("scan", "plan", {}, 403), ("scan", "lead", {}, 403), ("score", "reg", {}, 403),
                                ("score", "look", {}, 403), ("scan", "reg", {"as_of": "2999-01-01"}, 422),
                                ("scan", "reg", {"as_of": "tomorrow"}, 422), ("scan", "reg", {"as_of": 5}, 422),
                                ("score", "root", {"model": "x"}, 422), ("nothing", "root", {}, 422)):
    check(job(kind, who, **more).status == status, f"{kind} {who} {more}")
before = int(sql("SELECT count(*) FROM alert_transition"))
done = run_job("scan", "reg", as_of="2026-07-01")
check(done["state"] == "done" and done["percent"] == 100 and done["result"] == "/api/v1/alerts?state=open", f"{done}")
check(int(sql("SELECT count(*) FROM alert_transition WHERE as_of = '2026-07-01'"))
      == int(sql("SELECT count(*) FROM alert_transition")) - before > 0, "what the scan found")
check(load(f"/alerts/{everything[0]['id']}")["state"] == "closed", "closed is final")
done = run_job("score", as_of="2026-07-01")
check(done["state"] == "done" and done["result"] == "/api/v1/summary", f"{done}")
check(sql("SELECT r.run_id || ' ' || r.as_of || ' ' || (r.model_sha256 = o.model_sha256) FROM score_published"
          " JOIN score_run r USING (run_id) JOIN score_run o ON o.run_id = 2") == "3 2026-07-01 true",
      "a third run by the same model")
time.sleep(1.1)
check(load("/alerts")["as_of"] == "2026-07-01", "the queue's as-of after a run")

same = [json.loads(job("scan", "reg", "key-1", as_of="2026-07-01").data)["id"] for _ in range(3)]
check(len(set(same)) == 1, f"a repeated key: {same}")
check(json.loads(job("scan", "root", "key-1", as_of="2026-07-01").data)["id"] != same[0], "another's key")
wait(same[0], "reg")


def holding(lock):
    holder = subprocess.Popen(["psql", "-qAtX"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holder.stdin.write(f"BEGIN; {lock}; SELECT 'held';\n")
    holder.stdin.flush()
    holder.stdout.readline()
    return holder


def cancelled(kind, lock, what):
    holder = holding(lock)
    running = json.loads(job(kind, as_of="2026-07-02").data)["id"]
    queued = json.loads(job("scan", as_of="2026-07-02").data)["id"]
    while load(f"/jobs/{running}", "root")["state"] == "queued":
        time.sleep(0.02)
    for one in (queued, running):
        answer = request("DELETE", f"{API}/jobs/{one}", change_headers(SESSIONS["root"]), cookie=SESSIONS["root"])
        check(answer.status == 202, f"cancel: {answer.status} {answer.data!r}")
    check(load(f"/jobs/{queued}", "root")["state"] == "cancelled", "a queued job is cancelled at once")
    holder.stdin.close()
    holder.wait()
    done = wait(running)
    check(done["state"] == "cancelled" and done["error"] and not done["result"], f"{what}: {done}")


counted = "SELECT (SELECT count(*) FROM alert_transition), (SELECT count(*) FROM score_run), (SELECT run_id FROM score_published)"
before = sql(counted)
cancelled("scan", "LOCK TABLE alert IN SHARE ROW EXCLUSIVE MODE", "a running scan")
cancelled("score", "LOCK TABLE score_published IN SHARE ROW EXCLUSIVE MODE", "a running score")
check(sql(counted) == before, "cancelled jobs leave nothing")

# --- a step behind a long scan is told to come again, and leaves nothing
holder = holding("LOCK TABLE alert IN SHARE ROW EXCLUSIVE MODE")
answer = step(stale, version_of(stale), event="resolve", verdict="true", reason="late")
check(answer.status == 503 and answer.getheader("Retry-After"), f"behind a scan: {answer.status} {answer.data!r}")
check(get("/alerts").status == 200, "readers are not held up")
holder.stdin.close()
holder.wait()
check(sql(counted) == before, "a step that could not wait leaves nothing")

# --- audit
recorded = rows("SELECT actor, action, subject, detail FROM audit WHERE action LIKE 'alert.%' ORDER BY sequence")
check(sorted((r["actor"], r["action"], r["subject"], r["detail"]) for r in recorded) == sorted(steps_taken),
      f"an entry for each step: {len(recorded)} of {len(steps_taken)}")
check(int(sql("SELECT count(*) FROM audit WHERE action = 'job.queue'")) == 10, "an entry for each job queued")
check(int(sql("SELECT count(*) FROM audit WHERE action = 'job.cancel'")) == 4, "an entry for each job cancelled")
check(load("/audit/verify", "look")["verdict"] == "valid", "the audit chain")
finish(350)
