# SPDX-License-Identifier: GPL-3.0-or-later
# What clients see while the database cannot be used; see test_http_faults.sh for the order.
import http.client
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import threading
import time

from http_client import (PARTS, URL, change_headers, check, finish, new_session, request, session_sql, sql)

FIXED = "11" * 32  # a session that outlives this program
EN = {"Accept-Language": "en"}


def problem(answer, status, kind, retry=True):
    """A problem document of this kind; returns it."""
    document = json.loads(answer.data)
    check((answer.status, document["type"]) == (status, "urn:heng:problem:" + kind),
          f"expected {status} {kind}, found {answer.status} {document}")
    if status == 503 and retry:
        check(answer.getheader("Retry-After") == "1", f"{kind}: Retry-After {answer.getheader('Retry-After')}")
    return document


def described():
    return [(method.upper(), re.sub(r"\{\w+\}", "1", path), operation)
            for path, item in json.loads(request("GET", "/openapi.json").data)["paths"].items()
            for method, operation in item.items() if method != "parameters"]


def bare():
    ready = problem(request("GET", "/readyz", EN), 503, "schema")
    check("run heng migrate" in ready["detail"] and "version 0" in ready["detail"], f"detail {ready}")
    check("heng migrate" in problem(request("GET", "/readyz"), 503, "schema")["detail"], "in Chinese")
    check(request("GET", "/livez").status == 200, "alive all the same")
    for method, path, operation in described():
        if not path.startswith("/api/"):
            continue
        body = {"name": "a", "password": "b"} if "requestBody" in operation else None
        headers = {**change_headers(FIXED), **EN} if method != "GET" else EN
        problem(request(method, path, headers, body, cookie=FIXED), 503, "schema")


def ready():
    check(request("GET", "/readyz").status == 200, "ready after heng migrate, without a restart")
    check(request("GET", "/api/v1/me", cookie=FIXED).status == 401, "me after heng migrate")


def both(method, path, status, kind, headers=None, **arguments):
    """The problem in both languages, each with a title and a detail of its language."""
    for language in ("zh", "en"):
        answer = request(method, path, {**(headers or {}), "Accept-Language": language}, **arguments)
        document = problem(answer, status, kind)
        check(bool(re.search(r"[\u4e00-\u9fff]", document["title"])) == (language == "zh"), f"{kind}: {document['title']}")
        detail = document.get("detail", "")
        check(bool(re.match(r"[\u4e00-\u9fff]", detail)) == (language == "zh"), f"{kind}: detail {detail!r}")
        check(len(detail) > 5, f"{kind}: detail {detail!r}")


def problems():
    sql("INSERT INTO account (name, role, password_hash, disabled, created_at, password_at)"
        " VALUES ('ada', 'admin', 'x', false, now(), now()), ('rob', 'regulator', 'x', false, now(), now())")
    ada, rob = new_session(), new_session()
    sql(session_sql(ada, "ada") + session_sql(rob, "rob"))
    sql(session_sql(FIXED, "ada"))
    both("GET", "/livez?a=%00", 400, "malformed")
    both("GET", "/api/v1/me", 401, "no-session")
    both("GET", "/api/v1/audit", 403, "forbidden", cookie=rob)
    both("DELETE", "/api/v1/session", 403, "origin", cookie=rob)
    both("GET", "/api/v1/nothing", 404, "not-found", cookie=rob)
    both("GET", "/api/v1/jobs/999999", 404, "not-found", cookie=rob)
    both("POST", "/livez", 405, "method")
    both("POST", "/api/v1/jobs", 413, "limit", change_headers(rob), body="x" * 20000, cookie=rob)
    both("POST", "/api/v1/jobs", 415, "media-type", {**change_headers(rob), "Content-Type": "text/plain"}, body="x", cookie=rob)
    both("POST", "/api/v1/jobs", 422, "input", change_headers(rob), body={"kind": 1}, cookie=rob)
    both("GET", "/api/v1/loads?limit=0", 422, "input", cookie=rob)
    for _ in range(5):
        request("POST", "/api/v1/session", {"Origin": URL}, {"name": "x", "password": "y"})
    both("POST", "/api/v1/session", 429, "rate", {"Origin": URL}, body={"name": "x", "password": "y"})


def lock(seconds):
    """Holds a table that lists need and the version does not."""
    holder = subprocess.Popen(["psql", "-qAtX"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holder.stdin.write(f"BEGIN; LOCK TABLE load_source; SELECT 'locked'; SELECT pg_sleep({seconds}); COMMIT;\n")
    holder.stdin.flush()
    holder.stdout.readline()
    return holder


def slow():
    holder = lock(4)
    begun = time.monotonic()
    late = []
    waiting = threading.Thread(target=lambda: late.append(request("GET", "/api/v1/loads", EN, cookie=FIXED)))
    waiting.start()
    time.sleep(0.2)
    for _ in range(10):
        start = time.monotonic()
        check(request("GET", "/api/v1/me", cookie=FIXED).status == 200, "another read meanwhile")
        check(time.monotonic() - start < 1, f"another read took {time.monotonic() - start:.2f} s")
    waiting.join()
    took = time.monotonic() - begun
    document = problem(late[0], 503, "unavailable")
    check("SQLSTATE" not in document["detail"], f"words of the database for the client: {document}")
    check(1.8 < took < 3, f"the statement limit of 2 s came after {took:.1f} s")
    holder.communicate()
    check(request("GET", "/api/v1/loads", EN, cookie=FIXED).status == 200, "after the lock")


def many(path, count, results):
    threads = [threading.Thread(target=lambda i=i: results.append(request("GET", f"{path}?limit={i + 1}", EN, cookie=FIXED)))
               for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def prepare():
    """Every thread has used its session; nothing of this may help later from the cache."""
    results = []
    many("/api/v1/loads", 32, results)
    check(all(answer.status == 200 for answer in results), "32 reads")


def away():
    for _ in range(2):
        results = []
        many("/api/v1/loads", 32, results)
        for answer in results:
            problem(answer, 503, "unavailable")
    problem(request("GET", "/readyz", EN), 503, "unavailable")
    check(request("GET", "/livez").status == 200, "alive while the database is away")
    check(request("GET", "/metrics").status == 200, "metrics while the database is away")
    log = open(os.environ["LOG"]).read()
    check("the database connection failed" in log, "the log should tell the reason")


def back():
    results = []
    many("/api/v1/loads", 32, results)
    check(all(answer.status == 200 for answer in results), f"back: {sorted(a.status for a in results)}")
    check(request("GET", "/readyz").status == 200, "ready again")
    # Sessions that ended while nobody asked anything are noticed before they are used.
    sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'heng'")
    results = []
    many("/api/v1/loads", 64, results)
    check(all(a.status == 200 for a in results), f"after a restart: {sorted(a.status for a in results)}")


def secure(path):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    connection = http.client.HTTPSConnection(PARTS.hostname, PARTS.port, timeout=30, context=context)
    connection.request("GET", path, None, {"Cookie": "__Host-heng_session=" + FIXED, "Accept-Language": "en"})
    answer = connection.getresponse()
    answer.data = answer.read()
    connection.close()
    return answer


def busy():
    """Sessions of the threads of a former certificate are all in use: the new threads get none."""
    check(secure("/api/v1/me").status == 200, "me over TLS")
    holder = lock(7)
    threads = [threading.Thread(target=secure, args=(f"/api/v1/loads?limit={i + 1}",)) for i in range(6)]
    for thread in threads:  # one after the other: a thread that waits for the lock accepts no more
        thread.start()
        time.sleep(0.1)
    os.kill(int(os.environ["SERVE"]), signal.SIGHUP)
    time.sleep(0.4)
    refused = 0
    for _ in range(3):
        begun = time.monotonic()
        answer = secure("/api/v1/me")
        check(time.monotonic() - begun < 1, f"busy: answered after {time.monotonic() - begun:.2f} s")
        if answer.status == 503:
            problem(answer, 503, "unavailable")
            refused += 1
        else:
            check(answer.status == 200, f"busy: {answer.status}")
    check(refused > 0, "no request was refused while all sessions were in use")
    for thread in threads:
        thread.join()
    holder.communicate()
    check("database sessions are in use" in open(os.environ["LOG"]).read(), "the log tells that all are in use")
    check(secure("/api/v1/loads?limit=7").status == 200, "after all that")


globals()[sys.argv[1]]()
finish(1)
