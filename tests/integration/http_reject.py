# SPDX-License-Identifier: GPL-3.0-or-later
# Quality, rejects, their file and their replay over HTTP.
import json
import os
import time
import urllib.parse

from http_client import change_headers, check, finish, new_session, request, session_sql, sql

FOLDER = os.environ["FOLDER"]


def account(name, role, region=None):
    place = f"'{region}'" if region else "NULL"
    sql("INSERT INTO account (name, role, region_code, department_id, password_hash, disabled, created_at,"
        f" password_at) VALUES ('{name}', '{role}', {place}, NULL, 'x', false, now(), now());"
        "UPDATE change_count SET changes = changes + 1 WHERE subject = 'account'")
    session = new_session()
    sql(session_sql(session, name))
    return session


def get(session, name, expected=200, **query):
    answer = request("GET", "/api/v1/" + name + ("?" + urllib.parse.urlencode(query) if query else ""), cookie=session)
    check(answer.status == expected, f"{name} {query}: expected {expected}, found {answer.status} {answer.data[:200]!r}")
    return answer


def walk(session, name, limit, **query):
    items, cursor = [], ""
    while cursor is not None:
        page = json.loads(get(session, name, limit=limit, **query, **({"cursor": cursor} if cursor else {})).data)
        items, cursor = items + page["items"], page["next"]
    return items


def rows(statement):
    return json.loads(sql(f"SELECT coalesce(json_agg(r), '[]') FROM ({statement}) r"))


def same(what, found, expected):
    check(found == expected, f"{what}: expected {expected}, found {found}")


ADMIN, AUDITOR = account("admin", "admin"), account("auditor", "auditor")
LEADER, BOUND = account("leader", "leader"), account("bound", "admin", "500103")

# Quality: every figure against batches and rows counted anew.
quality = walk(ADMIN, "quality", 3)
same("page by page", quality, walk(LEADER, "quality", 200))
truth = {row["source"]: row for row in rows(
    "SELECT source, sum(rows_in) AS rows_in, sum(inserted) AS inserted, sum(updated) AS updated,"
    " sum(identical) AS identical, sum(rejected) AS rejected, sum(stubs) AS stubs FROM load_batch"
    " JOIN load_source USING (source_id) GROUP BY 1")}
check(len(truth) >= 10 and len(quality) == len(truth), f"{len(quality)} days of {len(truth)} sources")
for day in quality:
    expected = truth[day["source"]]
    same(f"quality of {day['source']}", {k: day[k] for k in expected}, expected)
    reasons = {row["reason"]: row["n"] for row in rows(
        "SELECT reason, count(*) AS n FROM load_reject r JOIN load_batch b ON b.batch_id = r.batch_id"
        f" JOIN load_source s USING (source_id) WHERE source = '{day['source']}' GROUP BY 1")}
    same(f"reasons of {day['source']}", day["rejects"], reasons)
    same(f"unknown codes of {day['source']}", day["unknown_codes"],
         sum(n for r, n in reasons.items() if r in ("code", "region", "industry")))
letters = next(day for day in quality if day["source"] == "letters")
same("letters", {k: letters[k] for k in ("rows_in", "inserted", "updated", "identical", "rejected", "duplicates",
                                         "stubs", "newest_on", "replayed", "withheld")},
     {"rows_in": 10, "inserted": 6, "updated": 1, "identical": 1, "rejected": 2, "duplicates": 2, "stubs": 1,
      "newest_on": "2026-05-07", "replayed": 0, "withheld": 0})
same("filled", {k: letters["filled_ppm"][k] for k in ("received_on", "outcome", "channel")},
     {"received_on": 1000000, "outcome": 875000, "channel": 0})
same("freshness", letters["freshness_days"], int(sql(f"SELECT date '{letters['loaded_on']}' - date '2026-05-07'")))
for row in rows("SELECT source, (SELECT max(occurred_on) FROM inspection i JOIN load_batch b USING (batch_id)"
                " WHERE b.source_id = s.source_id)::text AS newest FROM load_source s WHERE record_kind = 'inspection'"):
    same(f"newest of {row['source']}", next(d["newest_on"] for d in quality if d["source"] == row["source"]), row["newest"])
same("of one source", [d["source"] for d in walk(ADMIN, "quality", 5, source="letters")], ["letters"])
same("before all", walk(ADMIN, "quality", 5, to="2020-01-01"), [])
same("from today", len(walk(ADMIN, "quality", 50, **{"from": letters["loaded_on"]})), len(quality))
get(ADMIN, "quality", 422, **{"from": "x"})
header = get(ADMIN, "export/quality.csv").data.decode("utf-8-sig").splitlines()
check(all(sum(line.startswith(f"{day['loaded_on']},{day['source']},") for line in header) == 1 for day in quality),
      "quality as CSV")

# The file of a batch's rejects, as it came.
batch = int(sql("SELECT max(batch_id) FROM load_batch"))
same("rejects of the batch", sorted((r["line"], r["reason"]) for r in walk(ADMIN, "rejects", 1, batch=batch)),
     [(10, "date"), (11, "code")])
answer = get(AUDITOR, f"rejects/{batch}/file")
lines = open(f"{FOLDER}/letters.csv", "rb").read().split(b"\n")
same("bytes", answer.data, b"\n".join([lines[0], lines[9], lines[10], b""]))
check(answer.getheader("Content-Type") == "text/csv; charset=gb18030", answer.getheader("Content-Type"))
same("one reason", get(ADMIN, f"rejects/{batch}/file", reason="code").data, b"\n".join([lines[0], lines[10], b""]))
same("recorded", sql("SELECT count(*) FROM audit WHERE action = 'reject.export'"), "2")
get(BOUND, f"rejects/{batch}/file", 404)
get(LEADER, f"rejects/{batch}/file", 403)
get(ADMIN, "rejects/999999/file", 404)
get(ADMIN, "rejects/x/file", 404)

# The replay as a job.
good = open(f"{FOLDER}/bad.json").read().replace('"upheld"}', '"upheld", "不属实": "not_upheld"}')


def post(session, body, expected):
    answer = request("POST", "/api/v1/rejects/replay", change_headers(session), body, session)
    check(answer.status == expected, f"replay {str(body)[:60]}: expected {expected}, found {answer.status} {answer.data[:300]!r}")
    return json.loads(answer.data)


def replay(body):
    job = post(ADMIN, body, 202)
    for _ in range(200):
        job = json.loads(get(ADMIN, f"jobs/{job['id']}").data)
        if job["state"] not in ("queued", "running"):
            return job
        time.sleep(0.05)
    return job


post(LEADER, {"mapping": good}, 403)
post(BOUND, {"mapping": good}, 404)
post(ADMIN, {}, 422)
post(ADMIN, {"mapping": good.replace("complaint", "nothing")}, 422)
post(ADMIN, {"mapping": good, "batch": "1"}, 422)
post(ADMIN, {"mapping": good, "more": 1}, 422)
job = replay({"mapping": good, "batch": batch})
same("job", (job["state"], job["percent"], job["detail"], job["result"]),
     ("done", 100, "2 rows: 1 inserted, 0 updated, 0 identical, 1 still rejected", "/api/v1/loads?source=letters"))
same("what is open", [r["line"] for r in walk(ADMIN, "rejects", 9, batch=batch)], [10])
same("what was taken", [(r["line"], r["taken_by"] > batch) for r in walk(ADMIN, "rejects", 9, batch=batch, taken="taken")], [(11, True)])
same("all", [r["line"] for r in walk(ADMIN, "rejects", 9, batch=batch, taken="all")], [11, 10])
load = walk(ADMIN, "loads", 1, source="letters")[0]
same("its batch", (load["replay_of"], load["rows_in"], load["inserted"], load["rejected"], load["file"]),
     (batch, 2, 1, 1, "letters.csv"))
letters = walk(ADMIN, "quality", 5, source="letters")[0]
same("quality after", (letters["rows_in"], letters["rejected"], letters["replayed"]), (10, 2, 1))
same("sources after", [(s["rows_in"], s["batches"]) for s in walk(ADMIN, "sources", 50) if s["source"] == "letters"], [(10, 1)])
job = replay({"mapping": good, "reason": "code"})
same("never twice", job["detail"], "0 rows: 0 inserted, 0 updated, 0 identical, 0 still rejected")
finish(80)
