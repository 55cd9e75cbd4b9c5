# SPDX-License-Identifier: GPL-3.0-or-later
# answers: what pushes of all sorts are answered. whole: one push that must succeed. cut: the same,
# whatever becomes of it.
import http.client
import json
import os
import sys

from http_client import HOST, URL, change_headers, check, finish, raw, request, sql, status_of

PASSWORD = "correct horse battery"


def log_in(name):
    answer = request("POST", "/api/v1/session", change_headers(), {"name": name, "password": PASSWORD})
    check(answer.status == 200, f"login of {name}: {answer.status} {answer.data!r}")
    cookie = answer.getheader("Set-Cookie").split("=", 1)[1].split(";", 1)[0]
    return cookie, {"Origin": URL, "X-Heng-Token": json.loads(answer.data)["token"]}


def line(number, **other):
    return json.dumps({"no": f"C-{number}", "who": f"r{number % 7}", "day": "2026-03-11",
                       "channel": "hotline", "result": "open", "phone": "13800000000"} | other)


def push(session, source, lines, key, **headers):
    cookie, common = session
    named = {"Idempotency-Key": key} if key else {}
    body = lines if isinstance(lines, bytes) else ("\n".join(lines) + "\n").encode()
    return request("POST", f"/api/v1/records/{source}",
                   {**common, "Content-Type": "application/x-ndjson", **named, **headers}, body, cookie)


def account(answer):
    told = json.loads(answer.data)
    return [told[k] for k in ("rows_in", "inserted", "updated", "identical", "rejected", "repeated")]


BODY = [line(n) for n in range(40)] + [line(99, day="soon"), "{not json"]


def answers():
    hotline = log_in("hotline_machine")
    answer = push(hotline, "hotline", BODY, "first")
    told = json.loads(answer.data)
    check(answer.status == 200 and account(answer) == [42, 40, 0, 0, 2, False], f"first: {answer.data!r}")
    check(told["source"] == "hotline" and told["kind"] == "complaint", "source and kind")
    rejects = [(r["line"], r["field"], r["reason"]) for r in told["rejects"]]
    check(rejects == [(41, "received_on", "date"), (42, "", "form")], f"rejects: {told['rejects']}")
    check(sql("SELECT count(*) FROM complaint") == "40", "stored")
    check(sql("SELECT count(*) FROM load_reject WHERE raw LIKE '%13800000000%'") == "0", "a dropped column")

    again = push(hotline, "hotline", BODY, "first")
    check(again.status == 200 and account(again) == [42, 40, 0, 0, 2, True], f"again: {again.data!r}")
    check(json.loads(again.data)["rejects"] == told["rejects"], "the same rejects again")
    check(sql("SELECT count(*) FROM load_batch") == "1", "a repetition loads nothing")
    check(push(hotline, "hotline", BODY[:3], "first").status == 409, "the key with another body")

    # Back and forth is news each time, also in the same words.
    check(account(push(hotline, "hotline", [line(1, result="right")], "two")) == [1, 0, 1, 0, 0, False], "two")
    check(account(push(hotline, "hotline", [line(1)], "three")) == [1, 0, 1, 0, 0, False], "three")
    check(account(push(hotline, "hotline", [line(1, result="right")], "four")) == [1, 0, 1, 0, 0, False], "four")
    check(account(push(hotline, "hotline", [line(1, result="right")], "five")) == [1, 0, 0, 1, 0, False], "five")
    check(sql("SELECT outcome FROM complaint WHERE record_key = 'C-1'") == "upheld", "the last word")
    check(sql("SELECT count(*) FROM complaint_past") == "3", "what was known before")

    # Who, where, how much, in which form.
    counter, admin, auditor = log_in("counter_machine"), log_in("root"), log_in("otto")
    check(push(counter, "hotline", BODY, "k").status == 404, "a machine of another source")
    check(push(hotline, "counter", BODY, "k").status == 404, "another source")
    check(push(hotline, "paper", BODY, "k").status == 404, "a source that does not take pushes")
    check(push(hotline, "nothing", BODY, "k").status == 404, "no such source")
    check(push(admin, "hotline", BODY, "k").status == 403, "an administrator delivers nothing")
    check(push(hotline, "hotline", BODY, None).status == 422, "without a key")
    check(push(hotline, "hotline", BODY, "k" * 129).status == 400, "a long key")
    check(push(hotline, "hotline", BODY, "k", **{"Content-Type": "application/json"}).status == 415, "JSON")
    check(push(hotline, "hotline", b"", "k").status == 422, "an empty body")
    head = {**hotline[1], "Host": HOST, "Cookie": "heng_session=" + hotline[0], "Idempotency-Key": "k",
            "Content-Type": "application/x-ndjson", "Content-Length": 4 * 1024 * 1024 + 1}
    long = "POST /api/v1/records/hotline HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in head.items())
    check(status_of(raw(long.encode() + b"\r\n", end=False)) == 413, "a long body")
    many = push(hotline, "hotline", ["{}"] * 20001, "k")
    check(many.status in (413, 422) and b"20000" in many.data, f"many lines: {many.status} {many.data!r}")
    check(account(push(counter, "counter", [line(1)], "first")) == [1, 1, 0, 0, 0, False], "a key per source")
    every = push(hotline, "hotline", ["{}"] * 3000, "every")
    check(len(json.loads(every.data)["rejects"]) == 3000, "every rejected line is named")
    check(sql("SELECT count(*) FROM feed_delivery WHERE delivery_key = 'k'") == "0", "refused at the door")

    # A feeder reads nothing.
    for path in ("/api/v1/feeds", "/api/v1/loads", "/api/v1/summary", "/api/v1/jobs/1"):
        check(request("GET", path, cookie=hotline[0]).status == 403, f"a feeder reads {path}")
    check(request("GET", "/api/v1/me", cookie=hotline[0]).status == 200, "me")

    # What is told about feeds.
    feeds = {f["feed"]: f for f in json.loads(request("GET", "/api/v1/feeds", cookie=admin[0]).data)["items"]}
    check(sorted(feeds) == ["counter", "hotline", "paper"], f"feeds: {sorted(feeds)}")
    check(feeds["hotline"]["state"] == "listening" and feeds["hotline"]["last_delivery"] == "every", "the last delivery")
    check(feeds["paper"]["last_delivered_at"] is None and feeds["paper"]["state"] == "new", "not yet")
    page = json.loads(request("GET", "/api/v1/feeds?limit=2", cookie=auditor[0]).data)
    rest = json.loads(request("GET", f"/api/v1/feeds?limit=2&cursor={page['next']}", cookie=auditor[0]).data)
    check([f["feed"] for f in page["items"] + rest["items"]] == sorted(feeds) and rest["next"] is None, "pages")
    metrics = request("GET", "/metrics").data.decode()
    check('heng_feed_deliveries_total{feed="hotline",outcome="taken"} 6' in metrics, "metrics of deliveries")
    check('heng_feed_rows_total{feed="hotline",result="rejected"} 3002' in metrics, "metrics of rows")
    check('heng_feed_documents{used="true"} 3' in metrics, "metrics of documents")

    # Runs by hand are the administrator's.
    def job(session, body):
        return request("POST", "/api/v1/jobs", session[1], body, session[0])
    done = job(admin, {"kind": "feed", "feed": "paper"})
    check(done.status == 202, f"run: {done.status} {done.data!r}")
    told = json.loads(done.data)
    for _ in range(100):
        told = json.loads(request("GET", f"/api/v1/jobs/{told['id']}", cookie=admin[0]).data)
        if told["state"] in ("done", "failed"):
            break
    check(told["state"] == "done" and told["result"] == "/api/v1/loads?source=paper"
          and told["detail"].startswith("0 deliveries"), f"the run: {told}")
    check(job(admin, {"kind": "feed", "feed": "hotline"}).status == 409, "a push is not run")
    check(job(admin, {"kind": "feed", "feed": "none"}).status == 404, "no such feed")
    check(job(admin, {"kind": "feed"}).status == 422, "no feed")
    check(job(admin, {"kind": "feed", "feed": "paper", "as_of": "2026-01-01"}).status == 422, "a day")
    check(job(admin, {"kind": "score", "feed": "paper"}).status == 422, "a feed of another job")
    check(job(auditor, {"kind": "feed", "feed": "paper"}).status == 403, "an auditor runs no feed")
    check(sql("SELECT count(*) FROM audit WHERE action = 'record.push' AND subject = 'hotline'") == "6", "audit")
    check(sql("SELECT count(*) FROM audit WHERE action = 'record.repeat'") == "1", "audit of a repetition")
    finish(50)


def whole():
    answer = push(log_in("hotline_machine"), "hotline", BODY, "the key")
    check(answer.status == 200 and account(answer)[:5] == [42, 40, 0, 0, 2], f"push: {answer.status} {answer.data!r}")
    finish(2)


def cut():
    session = log_in("hotline_machine")
    open(os.environ["FOLDER"] + "/after", "w").close()
    try:
        push(session, "hotline", BODY, "the key")
    except (OSError, http.client.HTTPException):
        pass


if sys.argv[1] == "whole" and "after" not in os.listdir(os.environ["FOLDER"]):
    open(os.environ["FOLDER"] + "/after", "w").close()
{"answers": answers, "whole": whole, "cut": cut}[sys.argv[1]]()
