# SPDX-License-Identifier: GPL-3.0-or-later
# Draws over HTTP against the database, the commands and the second verifier of tests/oracle.
import filecmp
import hashlib
import io
import json
import os
import subprocess
import tarfile
import threading
import time
import urllib.parse

from http_client import (change_headers, check, finish, new_session, request, session_sql, sql)

ROOT, ORACLE, FOLDER, HENG = (os.environ[name] for name in ("ROOT", "ORACLE", "FOLDER", "HENG"))
OFFICE = "chongqing-demo"
DEMO = open(ROOT + "/models/catalog/draw/demo_plan.json", encoding="utf-8").read()
answers = []  # every body that was sent, to be searched for secrets

districts = sql("SELECT region_code FROM entity WHERE registered AND status = 'active' AND region_code IS NOT NULL"
                " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2").split()
OWN, OTHER = districts
DEPARTMENT = sql("SELECT department_id FROM inspector GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
PEOPLE = {"planner": ("planner", None, None), "admin": ("admin", None, None), "leader": ("leader", None, None),
          "auditor": ("auditor", None, None), "regulator": ("regulator", None, None),
          "planner_own": ("planner", OWN, None), "leader_own": ("leader", OWN, None),
          "planner_department": ("planner", None, DEPARTMENT)}


def quoted(value):
    return "NULL" if value is None else f"'{value}'"


sql("".join("INSERT INTO account (name, role, region_code, department_id, password_hash, disabled, created_at, password_at)"
            f" VALUES ('{name}', '{role}', {quoted(region)}, {quoted(department)}, 'x', false, now(), now());"
            for name, (role, region, department) in PEOPLE.items())
    + "UPDATE change_count SET changes = changes + 1 WHERE subject = 'account'")
sessions = {name: new_session() for name in PEOPLE}
sql("".join(session_sql(session, name) for name, session in sessions.items()))


class Answer:
    def __init__(self, raw):
        self.status, self.raw, self.data = raw.status, raw, raw.data
        answers.append(raw.data)
        self.json = json.loads(raw.data) if "json" in (raw.getheader("Content-Type") or "") else None

    def header(self, name):
        return self.raw.getheader(name)


def call(who, method, path, body=None, headers=None):
    headers = dict(headers or {})
    if method != "GET":
        headers |= change_headers(sessions[who])
    return Answer(request(method, "/api/v1" + path, headers, body, sessions[who]))


def get(path, who="planner", status=200):
    answer = call(who, "GET", path)
    check(answer.status == status, f"{who} GET {path}: expected {status}, found {answer.status} {answer.data[:300]!r}")
    return answer.json


def refused(status, pointer, who, method, path, body=None, headers=None):
    answer = call(who, method, path, body, headers)
    found = (answer.json.get("errors") or [{}])[0].get("pointer") if answer.json else None
    check((answer.status, found) == (status, pointer),
          f"{who} {method} {path} {str(body)[:80]}: expected {status} {pointer}, found {answer.status} {found} {answer.data[:300]!r}")
    return answer


def wait(job, who="planner", state="done"):
    for _ in range(400):
        found = get(f"/jobs/{job}", who)
        if found["state"] not in ("queued", "running"):
            check(found["state"] == state, f"job {job}: expected {state}, found {found}")
            return found
        time.sleep(0.05)
    raise SystemExit(f"job {job} does not end")


def start(path, body=None, who="planner", key=None):
    answer = call(who, "POST", path, body, {"Idempotency-Key": key} if key else None)
    check(answer.status == 202 and answer.header("Location") == "/api/v1/jobs/" + str(answer.json.get("id")),
          f"{who} POST {path}: {answer.status} {answer.data[:300]!r}")
    return answer.json["id"]


def step(path, body=None, who="planner"):
    return wait(start(path, body, who), who)


def plan(name, **changes):
    document = json.loads(DEMO) | {"plan": name} | changes
    return json.dumps(document, ensure_ascii=False)


def register(name, who="planner", **changes):
    answer = call(who, "POST", "/plans", {"document": plan(name, **changes)})
    check(answer.status == 201, f"plan {name}: {answer.status} {answer.data[:300]!r}")


def commit(name, who="planner", **members):
    job = step("/draws", {"plan": name} | members, who)
    check(job["result"].startswith(f"/api/v1/draws/{OFFICE}/"), f"result of {job}")
    return job["result"][len("/api/v1"):]


def unpack(path, who, name):
    answer = call(who, "GET", path + "/bundle")
    check(answer.status == 200 and answer.header("Content-Type") == "application/x-tar",
          f"{who} bundle of {path}: {answer.status} {answer.header('Content-Type')}")
    place = f"{FOLDER}/{name}"
    with tarfile.open(fileobj=io.BytesIO(answer.data)) as tar:
        check(all(one.isfile() and one.name.startswith("draw-") and one.mode == 0o644 for one in tar),
              f"members of the tar: {tar.getnames()}")
    os.mkdir(place)
    done = subprocess.run(["tar", "-xf", "-", "-C", place, "--strip-components=1"], input=answer.data, capture_output=True)
    check(done.returncode == 0 and not done.stderr and len(answer.data) % 512 == 0, f"tar: {done.stderr}")
    return place


def exit_codes(place):
    return [subprocess.run(command + [place], capture_output=True).returncode
            for command in ([HENG, "--quiet", "verify"], ["python3", "-B", ORACLE + "/verify_bundle.py"])]


def pages(path, limit, who="planner"):
    items, cursor, sign = [], None, "&" if "?" in path else "?"
    while True:
        page = get(f"{path}{sign}limit={limit}" + (f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""), who)
        check(len(page["items"]) <= limit, f"{path}: a page of {len(page['items'])}")
        items += page["items"]
        cursor = page["next"]
        if not cursor:
            return items


def audit(action):
    return int(sql(f"SELECT count(*) FROM audit WHERE action = '{action}'"))


def test_plans():
    before = call("leader", "GET", "/plans")
    tag = before.header("ETag")
    check(before.json["items"] == [] and tag, "no plan at first")
    check(call("leader", "GET", "/plans", headers={"If-None-Match": tag}).status == 304, "plans unchanged")
    for body, pointer in (({}, "/document"), ({"document": json.loads(DEMO)}, "/document"), ({"document": ""}, "/document"),
                          ({"document": "{"}, "/document"), ({"document": DEMO[:-3] + ', "x": 1}'}, "/document"),
                          ({"document": plan("a/b")}, "/document"), ({"document": plan("..")}, "/document"),
                          ({"document": DEMO, "more": 1}, "/more")):
        refused(422, pointer, "planner", "POST", "/plans", body)
    refused(413, "/document", "planner", "POST", "/plans", {"document": plan("long", note="x" * 300000)})
    for who in ("leader", "auditor", "regulator"):
        refused(403, None, who, "POST", "/plans", {"document": DEMO})
    refused(403, "/document", "planner_own", "POST", "/plans", {"document": DEMO})
    refused(403, "/document", "planner_own", "POST", "/plans",
            {"document": plan("two", population={"region_codes": [OWN, OTHER]})})
    check(get("/plans")["items"] == [] and audit("plan.register") == 0, "nothing of a refused plan stays")
    answer = call("planner", "POST", "/plans", {"document": DEMO})
    check((answer.status, answer.header("Location")) == (201, "/api/v1/plans/demo-2026-07"), f"new plan: {answer.status}")
    after = call("leader", "GET", "/plans", headers={"If-None-Match": tag})
    check(after.status == 200 and [one["plan"] for one in after.json["items"]] == ["demo-2026-07"], "the list shows it at once")
    one = get("/plans/demo-2026-07", "leader")
    check(one["document"] == DEMO and one["hash"] == hashlib.sha256(DEMO.encode()).hexdigest(), "the exact text")
    check(one["title"] == json.loads(DEMO)["title"] and one["draws"] == 0 and one["own"] is True, f"plan: {one}")
    check(call("admin", "POST", "/plans", {"document": DEMO}).status == 200, "the same plan again")
    refused(409, None, "planner", "POST", "/plans", {"document": DEMO + "\n"})
    refused(404, None, "planner", "GET", "/plans/none")
    check(audit("plan.register") == 1, "one entry for one plan")


def test_refused_draws():
    for body, pointer in (({}, "/plan"), ({"plan": 7}, "/plan"), ({"plan": "none"}, "/plan"),
                          ({"plan": "demo-2026-07", "as_of": "soon"}, "/as_of"),
                          ({"plan": "demo-2026-07", "rehearsal": False}, "/rehearsal"),
                          ({"plan": "demo-2026-07", "redraw_of": 1}, "/redraw_reason"),
                          ({"plan": "demo-2026-07", "redraw_of": 0, "redraw_reason": "x"}, "/redraw_of"),
                          ({"plan": "demo-2026-07", "redraw_of": 1, "redraw_reason": "a\nb"}, "/redraw_reason"),
                          ({"plan": "demo-2026-07", "redraw_of": 1, "redraw_reason": "x"}, "/redraw_of"),
                          ({"plan": "demo-2026-07", "redraw_reason": "x"}, "/redraw_of"),
                          ({"plan": "demo-2026-07", "secret": "00" * 32}, "/secret")):
        refused(422, pointer, "planner", "POST", "/draws", body)
    refused(409, "/as_of", "planner", "POST", "/draws", {"plan": "demo-2026-07", "as_of": "2026-06-29"})
    refused(403, "/plan", "planner_own", "POST", "/draws", {"plan": "demo-2026-07"})
    for who in ("leader", "auditor", "regulator"):
        refused(403, None, who, "POST", "/draws", {"plan": "demo-2026-07"})
    for path in (f"/draws/{OFFICE}/1", f"/draws/{OFFICE}/0", f"/draws/{OFFICE}/x", f"/draws/{OFFICE}/1/verify",
                 f"/draws/{OFFICE}/1/bundle"):
        refused(404, None, "planner", "GET", path)
    refused(404, None, "planner", "POST", f"/draws/{OFFICE}/1/run", {})
    for kind in ("draw_commit", "draw_run", "draw_reveal", "draw_verify"):
        refused(422, "/kind", "admin", "POST", "/jobs", {"kind": kind})
    check(sql("SELECT count(*) FROM job") == "0" and sql("SELECT count(*) FROM draw") == "0", "nothing was queued")


def test_whole_draw():
    tag = call("leader", "GET", "/draws").header("ETag")
    asked = {"plan": "demo-2026-07", "as_of": "2026-06-30", "rehearsal": True}
    job = start("/draws", asked, key="first")
    path = wait(job)["result"][len("/api/v1"):]
    check(path == f"/draws/{OFFICE}/1", f"result {path}")
    check(start("/draws", asked, key="first") == job and audit("draw.commit") == 1, "a key repeated makes nothing")
    refused(409, None, "planner", "POST", "/draws", asked | {"rehearsal": True, "as_of": "2026-06-29"}, {"Idempotency-Key": "first"})
    listed = call("leader", "GET", "/draws", headers={"If-None-Match": tag})
    check(listed.status == 200 and [one["state"] for one in listed.json["items"]] == ["committed"], "the list shows it at once")
    secret = sql("SELECT encode(secret, 'hex') FROM draw")
    draw = get(path, "regulator")
    frame = dict(line.split("|") for line in sql(
        "SELECT split_part(line, E'\\t', 2), count(*) FROM draw_file, string_to_table(convert_from(content, 'UTF8'), E'\\n') line"
        " WHERE name = 'frame.tsv' AND line <> '' GROUP BY 1").splitlines())
    check({one["class"]: str(one["frame"]) for one in draw["strata"]} == frame, f"strata {draw['strata']}, frame {frame}")
    check(all(one["selected"] is None for one in draw["strata"]) and draw["selected_count"] is None, "nothing is selected yet")
    check(draw["beacon"]["source"] == "rehearsal" and draw["as_of"] == "2026-06-30" and draw["own"], f"draw: {draw}")
    check([one["hash"] for one in draw["hashes"]["log"]] == sql("SELECT encode(entry_hash, 'hex') FROM draw_log").split(), "log")
    check(draw["frame_count"] == sum(int(count) for count in frame.values()), "frame count")
    check(sum(one["count"] for one in draw["exclusions"]) + draw["frame_count"] == int(sql(
        "SELECT count(*) FROM entity WHERE registered AND starts_with(jurisdiction, 'CN-50')")), "everybody is in or left out")
    refused(409, None, "planner", "POST", "/draws", {"plan": "demo-2026-07"})
    refused(409, None, "planner", "POST", path + "/reveal", {})
    refused(422, "/beacon", "planner", "POST", path + "/run", {"beacon": "anything"})
    for who in ("leader", "auditor", "regulator"):
        for name in ("run", "reveal", "abandon"):
            refused(403, None, who, "POST", f"{path}/{name}", {})
    refused(422, "/reason", "planner", "POST", path + "/abandon", {})
    check(get(f"/visits?authority={OFFICE}&number=1")["items"] == [], "no visits before the run")
    check(get(path + "/verify")["verdict"] == "not-revealed", "verdict of the commit")
    check(exit_codes(unpack(path, "auditor", "committed")) == [21, 21], "bundle of the commit")
    step(path + "/run", {})
    draw = get(path)
    visits = pages(f"/visits?authority={OFFICE}&number=1", 7)
    check(draw["state"] == "drawn" and draw["selected_count"] == len(visits) == sum(one["selected"] for one in draw["strata"]),
          f"{len(visits)} visits of {draw['strata']}")
    lines = [line.split("\t") for line in sql("SELECT convert_from(content, 'UTF8') FROM draw_file WHERE name = 'result.tsv'"
                                              ).splitlines() if line.startswith("visit\t")]
    check([[one["code"], one["class"], str(one["rank"]), one["ticket"], *one["inspectors"], *one["reserves"]] for one in visits]
          == [line[1:5] + [name for name in line[6:] if name != "-"] for line in lines], "visits as in the bundle")
    check(all(one["name"] and len(one["inspectors"]) == 2 for one in visits), "visits have names and inspectors")
    first = get(f"/visits?authority={OFFICE}&number=1&limit=7")
    check(call("planner", "GET", f"/visits?authority={OFFICE}&number=2&cursor={first['next']}").status == 400, "a cursor is bound")
    check(call("planner", "GET", "/visits?number=1").status in (400, 422), "visits of which draw")
    check(exit_codes(unpack(path, "leader", "drawn")) == [21, 21], "bundle of the draw")
    refused(409, None, "planner", "POST", path + "/run", {})
    refused(409, None, "planner", "POST", path + "/abandon", {"reason": "too late"})
    check_secret(secret)
    step(path + "/reveal", {})
    refused(409, None, "planner", "POST", path + "/reveal", {})
    check(get(path)["state"] == "revealed" and len(get(path)["hashes"]["log"]) == 3, "revealed")
    check(get(path + "/verify", "auditor")["verdict"] == "valid", "verdict of the reveal")
    check(wait(start(path + "/verify", None, "leader"), "leader")["detail"] == "valid", "verdict of a job")
    place = unpack(path, "planner", "revealed")
    check(exit_codes(place) == [0, 0], "both verifiers on the tar")
    subprocess.run([HENG, "--quiet", "draw", "bundle", "1", "--out", FOLDER + "/saved"], check=True, capture_output=True)
    names = sorted(os.listdir(FOLDER + "/saved"))
    check(names == sorted(os.listdir(place)) and filecmp.cmpfiles(place, FOLDER + "/saved", names, False)[0] == names,
          "the tar holds the files of heng draw bundle")
    test_changed_bundle(path)
    return draw


def check_secret(secret):
    """Not before the reveal: in no answer, job, audit entry or log."""
    check(len(secret) == 64, f"secret of {len(secret)} digits")
    for form in (secret.encode(), secret.upper().encode(), bytes.fromhex(secret)):
        check(not any(form in body for body in answers), "an answer shows the secret")
        for name in ("serve.out", "serve.err"):
            check(form not in open(f"{FOLDER}/{name}", "rb").read(), f"{name} shows the secret")
    for table in ("job", "audit", "draw_log", "draw_visit", "plan"):
        check(sql(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE '%{secret}%'") == "0", f"{table} has the secret")
    check(sql(f"SELECT count(*) FROM draw_file WHERE position('\\x{secret}'::bytea IN content) > 0"
              f" OR position('{secret}'::bytea IN content) > 0") == "0", "a file has the secret")


def test_changed_bundle(path):
    change = ("UPDATE draw_file SET content = set_byte(content, 9, get_byte(content, 9) # 1) WHERE draw_number = 1 AND name = 'frame.tsv';"
              "UPDATE change_count SET changes = changes + 1 WHERE subject = 'draw'")
    sql(change)
    time.sleep(1.1)  # the version is read once a second
    verdict = get(path + "/verify")
    check(verdict["verdict"] == "invalid" and verdict["detail"].startswith("frame.tsv: "), f"changed bundle: {verdict}")
    job = wait(start(path + "/verify"), state="failed")
    check(job["error"] == verdict["detail"], f"changed bundle: {job}, {verdict}")
    sql(change)
    time.sleep(1.1)
    check(get(path + "/verify")["verdict"] == "valid", "mended bundle")


def test_same_as_commands(draw):
    """The same plan under another name, drawn by commands: another secret, the same structure."""
    with open(FOLDER + "/command.json", "w", encoding="utf-8") as file:
        file.write(plan("by-command"))
    for arguments in (["commit", "--plan", FOLDER + "/command.json"], ["run", "2"], ["reveal", "2"]):
        subprocess.run([HENG, "--quiet", "draw", *arguments], check=True, capture_output=True)
    time.sleep(1.1)
    other = get(f"/draws/{OFFICE}/2")
    for name in ("strata", "exclusions", "frame_count", "selected_count", "alg", "rehearsal", "as_of", "reveal_by", "per_visit"):
        check(other[name] == draw[name], f"{name}: {other[name]} by command, {draw[name]} over HTTP")
    check(exit_codes(unpack(f"/draws/{OFFICE}/2", "planner", "command")) == [0, 0], "bundle of the commands")
    check(sql("SELECT string_agg(action, ' ' ORDER BY sequence) FROM audit WHERE actor = 'command' AND action LIKE 'draw.%'")
          == "draw.commit draw.run draw.reveal", "audit entries of the commands")


SMALL = {"strata": [{"class": one, "rate_ppm": 3000} for one in "ABCD"]}


def test_beacons():
    register("declared", beacon={"source": "declared-text", "delay_s": 3, "rule": "the numbers of the day"}, **SMALL)
    register("drand", beacon={"source": "drand-quicknet", "delay_s": 0}, **SMALL)
    declared, drand = commit("declared", rehearsal=False), commit("drand")
    refused(409, None, "planner", "POST", declared + "/run", {"beacon": "01,02,03"})
    found = get(declared)["beacon"]
    check(found["rule"] == "the numbers of the day" and found["round"] is None, f"beacon {found}")
    beacon = get(drand)["beacon"]
    check(beacon["round"] == 1 + (int(sql(f"SELECT extract(epoch FROM committed_at)::bigint FROM draw WHERE plan_id = 'drand'"))
                                  - 1692803367 + 2) // 3, f"beacon {beacon}")
    time.sleep(4)
    for text in (None, "", "0G" * 48, "0" * 94, "0" * 98, "A" * 96):
        refused(422, "/beacon", "planner", "POST", drand + "/run", {} if text is None else {"beacon": text})
    refused(422, "/beacon", "planner", "POST", declared + "/run", {})
    refused(422, "/beacon", "planner", "POST", declared + "/run", {"beacon": "x" * 513})
    for path, text in ((declared, "福彩：01,02,03"), (drand, "7" * 96)):
        step(path + "/run", {"beacon": text})
        step(path + "/reveal")
        check(get(path + "/verify")["verdict"] == "valid", f"verdict of {path}")
    check(exit_codes(unpack(declared, "planner", "declared")) == [0, 0], "bundle with a declared text")


def test_two_at_once():
    register("twice", **SMALL)
    jobs = []
    gate = threading.Barrier(2)

    def send(key):
        gate.wait()
        answer = call("planner", "POST", "/draws", {"plan": "twice"}, {"Idempotency-Key": key})
        jobs.append(answer.json["id"] if answer.status == 202 else answer.status)

    threads = [threading.Thread(target=send, args=(f"twice-{i}",)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ends = []
    for job in jobs:
        while isinstance(job, str) and get(f"/jobs/{job}")["state"] in ("queued", "running"):
            time.sleep(0.05)
        ends.append(get(f"/jobs/{job}")["state"] if isinstance(job, str) else job)
    check(sorted(map(str, ends)) in (["done", "failed"], ["409", "done"]), f"two commits at once: {ends}")
    check(sql("SELECT count(*) FROM draw WHERE plan_id = 'twice'") == "1", "one draw of two commits")


def test_abandon_and_redraw():
    register("redrawn", **SMALL)
    path = commit("redrawn")
    number = int(path.rsplit("/", 1)[1])
    refused(422, "/reason", "planner", "POST", path + "/abandon", {"reason": "two\nlines"})
    answer = call("planner", "POST", path + "/abandon", {"reason": "beacon missed"})
    check(answer.status == 200 and (answer.json["state"], answer.json["abandon_reason"]) == ("abandoned", "beacon missed"),
          f"abandon: {answer.data[:300]!r}")
    check(get("/draws?limit=1")["items"][0]["state"] == "abandoned", "the list shows it at once")
    refused(409, None, "planner", "POST", path + "/abandon", {"reason": "again"})
    refused(409, None, "planner", "POST", path + "/run", {})
    again = get(commit("redrawn", redraw_of=number, redraw_reason="draw given up"))
    check((again["redraw_of"], again["redraw_reason"], again["number"]) == (number, "draw given up", number + 1), f"redraw {again}")
    check(call("planner", "POST", f"/draws/{OFFICE}/{number + 1}/abandon", {"reason": "done"}).status == 200, "abandon the redraw")


def test_cancel():
    register("cancelled", **SMALL)
    before = sql("SELECT count(*), max(draw_number) FROM draw")
    with subprocess.Popen(["psql", "-qAtX"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as door:
        door.stdin.write("BEGIN; LOCK TABLE draw IN SHARE ROW EXCLUSIVE MODE; SELECT 'locked';\n")
        door.stdin.flush()
        check(door.stdout.readline() == "locked\n", "the table is locked")
        job = start("/draws", {"plan": "cancelled"})
        while get(f"/jobs/{job}")["state"] == "queued":
            time.sleep(0.05)
        check(call("planner", "DELETE", f"/jobs/{job}").status == 202, "cancel")
        door.stdin.write("COMMIT;\n")
        door.stdin.close()
    wait(job, state="cancelled")
    check(sql("SELECT count(*), max(draw_number) FROM draw") == before and not get("/draws?plan=cancelled")["items"],
          "nothing is left of a cancelled commit")
    path = commit("cancelled")
    check(call("planner", "POST", path + "/abandon", {"reason": "test"}).status == 200, "the plan can be drawn afterwards")


def test_bound_accounts():
    everywhere = f"/draws/{OFFICE}/1"
    check(get(everywhere, "planner_own")["own"] is False, "a draw of the whole register is seen")
    mine = {one["code"] for one in get(f"/visits?authority={OFFICE}&number=1&limit=200")["items"] if one["region_code"] == OWN}
    shown = pages(f"/visits?authority={OFFICE}&number=1", 50, "leader_own")
    check({one["code"] for one in shown} == mine and all(one["region_code"] == OWN for one in shown), "visits of the own district")
    refused(403, None, "planner_own", "GET", everywhere + "/bundle")
    refused(403, None, "planner_own", "POST", everywhere + "/reveal", {})
    strata = {"strata": [{"class": one, "rate_ppm": 100000} for one in "ABCD"]}
    register("own", "planner_own", population={"region_codes": [OWN]}, **strata)
    register("other", population={"region_codes": [OTHER]}, **strata)
    path, foreign = commit("own", "planner_own"), commit("other")
    step(path + "/run", {}, "planner_own")
    place = unpack(path, "planner_own", "own")
    outside = set(sql(f"SELECT code FROM entity WHERE region_code <> '{OWN}'").split())
    for name in ("frame.tsv", "recusals.tsv", "result.tsv"):
        words = set(open(f"{place}/{name}", encoding="utf-8").read().replace("\t", "\n").split("\n"))
        check(len(words) > 2 and not words & outside, f"{name} has entities of other districts")
    for who in ("planner_own", "leader_own"):
        seen = {one["plan"] for one in get("/draws?limit=200", who)["items"]}
        check("own" in seen and "demo-2026-07" in seen and "other" not in seen, f"{who} sees {seen}")
        check("other" not in {one["plan"] for one in get("/plans?limit=200", who)["items"]}, f"{who} sees the other plan")
        for address in ("/plans/other", foreign, foreign + "/verify", foreign + "/bundle"):
            refused(404, None, who, "GET", address)
    number = foreign.rsplit("/", 1)[1]
    step(foreign + "/run")
    check(pages(f"/visits?authority={OFFICE}&number={number}", 50) and
          not pages(f"/visits?authority={OFFICE}&number={number}", 50, "leader_own"), "visits of the other district")
    refused(404, None, "planner_own", "POST", foreign + "/reveal", {})
    refused(422, "/plan", "planner_own", "POST", "/draws", {"plan": "other"})
    register("of-department", "planner_department",
             inspectors=json.loads(DEMO)["inspectors"] | {"departments": [DEPARTMENT]}, population={"region_codes": [OWN]}, **strata)
    refused(403, "/document", "planner_department", "POST", "/plans", {"document": plan("no-department", **strata)})
    people = set(sql(f"SELECT inspector_id FROM inspector WHERE department_id = '{DEPARTMENT}'").split())
    every = pages(f"/visits?authority={OFFICE}&number=1", 200)
    found = pages(f"/visits?authority={OFFICE}&number=1", 200, "planner_department")
    check([one["code"] for one in found] == [one["code"] for one in every if people & set(one["inspectors"])] and found,
          "visits of the own department")
    plans = [one["plan"] for one in pages("/plans", 2)]
    check(sorted(plans) == sorted(sql("SELECT plan_id FROM plan").split()) and plans == [one["plan"] for one in get("/plans")["items"]],
          f"plans by pages: {plans}")
    check([(one["authority"], one["number"]) for one in pages("/draws", 3)] == [(one["authority"], one["number"]) for one in
          get("/draws?limit=200")["items"]] and len(pages("/draws", 3)) == int(sql("SELECT count(*) FROM draw")), "draws by pages")


def test_audit():
    states = dict(line.split("|") for line in sql("SELECT state, count(*) FROM draw GROUP BY 1").splitlines())
    total = int(sql("SELECT count(*) FROM draw"))
    check(audit("draw.commit") == total, f"{audit('draw.commit')} entries of {total} commits")
    check(audit("draw.run") == int(states["drawn"]) + int(states["revealed"]), "entries of runs")
    check(audit("draw.reveal") == int(states["revealed"]) and audit("draw.abandon") == int(states["abandoned"]), "other entries")
    check(audit("draw.bundle") == sum(1 for body in answers if body[257:262] == b"ustar"), "entries of bundles")
    check(audit("job.queue") == int(sql("SELECT count(*) FROM job")), "entries of jobs")
    check(sql("SELECT actor || ' ' || detail FROM audit WHERE action = 'draw.abandon' ORDER BY sequence LIMIT 1")
          == "planner beacon missed", "who abandoned and why")
    check(get("/audit/verify", "auditor")["verdict"] == "valid", "the chain is whole")
    check(sql("SELECT count(*) FROM draw GROUP BY authority HAVING max(draw_number) <> count(*)") == "", "numbers have no gap")
    for secret in sql("SELECT encode(secret, 'hex') FROM draw WHERE state IN ('committed', 'drawn', 'abandoned')").split():
        check_secret(secret)


test_plans()
test_refused_draws()
test_same_as_commands(test_whole_draw())
test_beacons()
test_two_at_once()
test_abandon_and_redraw()
test_cancel()
test_bound_accounts()
test_audit()
finish(300)
