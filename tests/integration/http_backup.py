# SPDX-License-Identifier: GPL-3.0-or-later
# Backups of a running service: by the clock, as a job, seen by the metrics; see test_backup_serve.sh.
import json
import os
import time

from http_client import (URL, change_headers, check, finish, new_session, request, session_sql, sql)

API = "/api/v1"
SHELF = os.environ["SHELF"]
SESSIONS = {name: new_session() for name in ("root", "rita")}
for name, session in SESSIONS.items():
    sql(session_sql(session, name))


def backups():
    return sorted(name for name in os.listdir(SHELF) if name.startswith("heng-") and name.endswith("Z"))


def metric(name):
    for line in request("GET", "/metrics").data.decode().splitlines():
        if line.startswith(name + " "):
            return float(line.split()[1])
    return None


def post(who, body):
    return request("POST", f"{API}/jobs", change_headers(SESSIONS[who]), body, SESSIONS[who])


def wait_for(good, seconds):
    end = time.time() + seconds
    while not good() and time.time() < end:
        time.sleep(0.1)
    return good()


# --- due at once, because there is none of this database; the one of another does not count
check(wait_for(lambda: metric("heng_backups_total") == 1, 20), "a backup is made by the clock")
made = backups()
check(len(made) == 2, f"the foreign backup and the first of ours, found {made}")
age = metric("heng_backup_age_seconds")
check(age is not None and 0 <= age < 30, f"the age of the newest, found {age}")
check(request("GET", "/readyz").status == 200, "ready")
check(sql("SELECT actor FROM audit WHERE action = 'backup.make'") == "schedule", "the chain names the clock")

# --- as a job
check(post("rita", {"kind": "backup"}).status == 403, "only an admin may queue it")
time.sleep(1.1)
answers = [post("root", {"kind": "backup"}) for _ in range(2)]
check([answer.status for answer in answers] == [202, 202], "queued twice")
jobs = [json.loads(answer.data)["id"] for answer in answers]


def state(job):
    return json.loads(request("GET", f"{API}/jobs/{job}", cookie=SESSIONS["root"]).data)


wait_for(lambda: all(state(job)["state"] in ("done", "failed") for job in jobs), 30)
first, second = (state(job) for job in jobs)
check(first["state"] == "done" and first["percent"] == 100, f"the first job is done, found {first}")
check("verified" in first["detail"], f"it says what it made, found {first}")
# One after the other; within one second they would have one name, and then the second fails whole.
check(second["state"] in ("done", "failed"), f"the second has an end, found {second}")
check(sql("SELECT count(*) > 0 FROM audit WHERE action = 'backup.make' AND actor = 'root'") == "t", "the chain names who asked")

# --- retention: 2 of ours, and the foreign one is left alone
for _ in range(3):
    time.sleep(1.1)
    job = json.loads(post("root", {"kind": "backup"}).data)["id"]
    check(wait_for(lambda: state(job)["state"] == "done", 30), f"done, found {state(job)}")
left = backups()
check(len(left) == 3 and left[0] == made[0], f"the foreign one and our newest 2, found {left}")

# --- a failure is counted, said without words of the inside, and readiness is not touched
os.rename(SHELF, SHELF + ".away")
with open(SHELF, "w"):
    pass
time.sleep(1.1)
failed = metric("heng_backups_failed_total")
job = json.loads(post("root", {"kind": "backup"}).data)["id"]
check(wait_for(lambda: state(job)["state"] == "failed", 30), "a backup without a place fails")
check(metric("heng_backups_failed_total") == failed + 1, "the failure is counted")
check(request("GET", "/readyz").status == 200, "still ready")
os.remove(SHELF)
os.rename(SHELF + ".away", SHELF)

finish(15)
