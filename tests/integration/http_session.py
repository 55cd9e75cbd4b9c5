# SPDX-License-Identifier: GPL-3.0-or-later
# Logging in and out: cookies, rotation, limits, how long it takes, what ends a session.
import hashlib
import json
import os
import subprocess
import time

from http_client import (URL, change_headers, check, finish, new_session, request, session_sql, sql)

PASSWORD = "correct horse battery"


def login(name, password, cookie=None, headers=None):
    return request("POST", "/api/v1/session", headers or {"Origin": URL},
                   {"name": name, "password": password}, cookie)


def cookie_of(answer):
    return answer.getheader("Set-Cookie").split(";")[0].split("=")[1]


def me(cookie):
    return request("GET", "/api/v1/me", cookie=cookie)


first = login("rita", PASSWORD)
check(first.status == 200, f"login: {first.status} {first.data!r}")
attributes = {a.strip() for a in first.getheader("Set-Cookie").split(";")[1:]}
check(attributes == {"Path=/", "HttpOnly", "SameSite=Strict"}, f"cookie attributes {attributes}")
check(first.getheader("Cache-Control") == "no-store", "a login must not be stored")
session = cookie_of(first)
body = json.loads(first.data)
check(body["user"] == {"name": "rita", "role": "regulator", "department_id": None,
                       "region_code": "500112", "region_name": "渝北区"}, f"user {body['user']}")
check(body["token"] == hashlib.sha256(b"heng-token\n" + bytes.fromhex(session)).hexdigest(), "token")
check(json.loads(me(session).data) == body, "me says what login said")
stored = sql("SELECT encode(session_hash, 'hex') FROM session").split()
check(hashlib.sha256(bytes.fromhex(session)).hexdigest() in stored and session not in stored,
      "the session is stored hashed")

second = login("rita", PASSWORD, cookie=session)
check(second.status == 200 and cookie_of(second) != session, "a login gives a new id")
check(me(session).status == 401, "the former id is dead after a new login")
planted = new_session()
third = login("rita", PASSWORD, cookie=planted)
check(cookie_of(third) != planted and me(planted).status == 401, "an id brought along is not taken over")

out = request("DELETE", "/api/v1/session", change_headers(cookie_of(third)), cookie=cookie_of(third))
check(out.status == 204 and "Max-Age=0" in out.getheader("Set-Cookie"), "logout")
check(me(cookie_of(third)).status == 401, "after logout")

# What another process does to an account ends its sessions within a second or so.
for verb, expected in (("passwd", 401), ("disable", 401)):
    live = new_session()
    sql(session_sql(live, "otto"))
    check(me(live).status == 200, "before " + verb)
    subprocess.run([os.environ["HENG"], "--quiet", "user", verb, "otto"], check=True, stdout=subprocess.DEVNULL)
    time.sleep(1.3)
    check(me(live).status == expected, f"after heng user {verb}")
live = new_session()
sql(session_sql(live, "otto"))
check(me(live).status == 401, "a session of a disabled account")

# In use, a session known to the process still ends when its time is over.
short = new_session()
sql(session_sql(short, "rita", expires="now() + interval '2 seconds'"))
check(me(short).status == 200, "before its end")
time.sleep(2.5)
check(me(short).status == 401, "after its end")

# Wrong passwords: the same answer and about the same time for a name that does not exist.
times = {}
for name in ("rita", "nobody-of-this-name", "disabled"):
    took = []
    for _ in range(2):
        begun = time.monotonic()
        answer = login(name, "wrong password")
        took.append(time.monotonic() - begun)
        problem = json.loads(answer.data)
        check(answer.status == 401, f"{name}: {answer.status}")
        check(problem["type"] == "urn:heng:problem:no-session" and problem["detail"] == "请登录；登录时请核对用户名和密码。（name or password is wrong）",
              f"{name}: {problem}")
    times[name] = min(took)
check(min(times.values()) >= 0.03, f"a password costs time: {times}")
check(max(times.values()) < 3 * min(times.values()), f"times tell names apart: {times}")
check(login("disabled", PASSWORD).status == 401, "a disabled account with its password")

english = request("POST", "/api/v1/session", {"Origin": URL, "Accept-Language": "en"},
                  {"name": "x", "password": "y"})
english = json.loads(english.data)
check((english["title"], english["detail"]) == ("No valid session", "name or password is wrong"), "English problem")
for bad in ({}, {"name": "a"}, {"name": 1, "password": "b"}, {"name": "", "password": "b"},
            {"name": "n" * 65, "password": "b"}, {"name": "a", "password": "b", "role": "admin"}):
    check(request("POST", "/api/v1/session", {"Origin": URL}, bad).status == 422, f"taken: {bad}")

# Five tries a minute for one account: rita has had 5 by now.
limited = login("rita", PASSWORD)
check(limited.status == 429 and 1 <= int(limited.getheader("Retry-After")) <= 60,
      f"sixth try: {limited.status} {limited.getheader('Retry-After')}")
# Twenty for one address; the limit of an address does not depend on the name.
statuses = [login(f"guess{i}", "x").status for i in range(20)]
check(429 in statuses and statuses[-1] == 429, f"tries of one address: {statuses}")
check(login("somebody-else", "x").status == 429, "another name from the same address")
finish(35)
