# SPDX-License-Identifier: GPL-3.0-or-later
# What the HTTP tests share: requests, raw bytes, sessions put straight into the database, and a
# count of checks. URL and the PG variables come from the environment.
import hashlib
import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import urllib.parse

URL = os.environ["URL"]
PARTS = urllib.parse.urlsplit(URL)
HOST = PARTS.netloc
failures = []
checks = 0


def check(good, what):
    global checks
    checks += 1
    if not good:
        failures.append(what)
        print("FAILED:", what)


def finish(least):
    print(f"{checks} checks, {len(failures)} failed")
    if checks < least:
        print(f"expected at least {least} checks")
    sys.exit(1 if failures or checks < least else 0)


def request(method, path, headers=None, body=None, cookie=None):
    connection = http.client.HTTPConnection(PARTS.hostname, PARTS.port, timeout=20)
    headers = dict(headers or {})
    if cookie:
        headers["Cookie"] = "heng_session=" + cookie
    if body is not None and not isinstance(body, (bytes, str)):
        body = json.dumps(body)
    if body is not None:
        headers.setdefault("Content-Type", "application/json")
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.data = answer.read()
    connection.close()
    return answer


def token_of(session):
    return hashlib.sha256(b"heng-token\n" + bytes.fromhex(session)).hexdigest()


def change_headers(session=None):
    headers = {"Origin": URL}
    if session:
        headers["X-Heng-Token"] = token_of(session)
    return headers


def is_whole(answer):
    head, blank, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: *(\d+)", head.lower())
    return bool(blank and length and len(body) >= int(length[1]))


def raw(data, wait=5.0, end=True, grace=None):
    """Sends bytes; returns all that comes back until the server closes or is quiet for `wait`, or
    for `grace` after a whole answer."""
    with socket.create_connection((PARTS.hostname, PARTS.port), timeout=wait) as door:
        answer = b""
        try:
            door.sendall(data)
            if end:
                door.shutdown(socket.SHUT_WR)
            while True:
                piece = door.recv(65536)
                if not piece:
                    return answer
                answer += piece
                if grace and is_whole(answer):
                    door.settimeout(grace)
        except OSError:  # ended by the server, or quiet too long
            return answer


def status_of(answer):
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.") else 0


def sql(text):
    done = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1"], input=text, text=True,
                          capture_output=True)
    if done.returncode != 0:
        sys.exit("psql: " + done.stderr)
    return done.stdout.strip()


def session_sql(session, account, created="now()", seen="now()", expires="now() + interval '1 hour'"):
    digest = hashlib.sha256(bytes.fromhex(session)).hexdigest()
    return (f"INSERT INTO session VALUES (decode('{digest}', 'hex'), (SELECT account_id FROM account"
            f" WHERE name = '{account}'), {created}, {seen}, {expires});\n")


def new_session():
    return secrets.token_hex(32)
