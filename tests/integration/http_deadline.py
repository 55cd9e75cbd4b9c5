# SPDX-License-Identifier: GPL-3.0-or-later
# Clients that are slow on purpose are cut at an absolute time; quiet connections may stay, and do
# not slow down others. Limits (seconds) as set by the shell script: head 2, body 3, send 3.
import os
import re
import socket
import sys
import threading
import time

from http_client import HOST, PARTS, check, finish, new_session, request, session_sql, sql

ADDRESS = (PARTS.hostname, PARTS.port)
HEAD = f"GET /livez HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
POST = (f"POST /api/v1/session HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\n"
        "Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n").encode()


def lives(begin, drip, limit):
    """Seconds until the server ends a connection that gets `drip` every 0.2 s after `begin`."""
    with socket.create_connection(ADDRESS) as door:
        start = time.monotonic()
        door.settimeout(0.2)
        try:
            door.sendall(begin)
            while time.monotonic() - start < limit:
                try:
                    if door.recv(4096) == b"":
                        break
                except socket.timeout:
                    pass
                door.sendall(drip)
        except OSError:
            pass
        return time.monotonic() - start


def read_answer(door):
    answer = b""
    while b"\r\n\r\n" not in answer or b"live" not in answer:
        piece = door.recv(4096)
        if not piece:
            break
        answer += piece
    return answer


def timed(results, name, *arguments):
    results[name] = lives(*arguments)


results = {}
threads = [threading.Thread(target=timed, args=(results, name, *arguments)) for name, arguments in {
    "slow first line": (b"", b"G", 10),
    "slow head": (b"GET /livez HTTP/1.1\r\n", b"X: y\r\n", 10),
    "slow byte in head": (b"GET /livez HTTP/1.1\r\nX-A: ", b"a", 10),
    "slow body": (POST, b" ", 10),
}.items()]
for thread in threads:
    thread.start()
slowest = 0.0
for _ in range(20):
    begun = time.monotonic()
    check(request("GET", "/livez").status == 200, "a normal request meanwhile")
    slowest = max(slowest, time.monotonic() - begun)
    time.sleep(0.05)
check(slowest < 0.5, f"a normal request took {slowest:.3f} s beside slow ones")
for thread in threads:
    thread.join()
for name, seconds in results.items():
    low, high = (2.5, 5.0) if name == "slow body" else (1.5, 4.0)
    check(low <= seconds <= high, f"{name}: cut after {seconds:.1f} s, expected {low} to {high}")

# The same on a connection that was used before: the head of the second request is slow.
with socket.create_connection(ADDRESS) as door:
    door.sendall(HEAD)
    check(b"200" in read_answer(door), "the first request of a connection")
    start = time.monotonic()
    door.settimeout(0.2)
    try:
        while time.monotonic() - start < 10:
            door.sendall(b"G")
            try:
                if door.recv(1) == b"":
                    break
            except socket.timeout:
                pass
    except OSError:
        pass
    check(1.5 <= time.monotonic() - start <= 4.5, f"slow second head: {time.monotonic() - start:.1f} s")

# An answer that nobody reads: a big page, a small window.
with socket.socket() as door:
    door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    door.connect(ADDRESS)
    door.sendall(f"GET /assets/big.txt HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    time.sleep(5.5)
    received = 0
    try:
        door.settimeout(5)
        while True:
            piece = door.recv(1 << 16)
            if not piece:
                break
            received += len(piece)
    except OSError:
        pass
    check(received < 16_000_000, f"an unread answer was kept: {received} bytes came after 5.5 s")

# A connection is kept: many requests, one connection.
with socket.create_connection(ADDRESS) as door:
    local = door.getsockname()
    for i in range(50):
        door.sendall(HEAD)
        answer = read_answer(door)
        check(answer.startswith(b"HTTP/1.1 200") and b"onnection: close" not in answer, f"request {i}")
    check(door.getsockname() == local, "one connection")

# Quiet connections: held for longer than a head may take, cheap, harmless to others.
count = int(os.environ["IDLE_COUNT"])
quiet = []
for _ in range(count):
    quiet.append(socket.create_connection(ADDRESS))
time.sleep(3)
sql("INSERT INTO account (name, role, password_hash, disabled, created_at, password_at)"
    " VALUES ('ada', 'admin', 'x', false, now(), now())")
session = new_session()
sql(session_sql(session, "ada"))


def reads(what, path, expected, **arguments):
    """Times of 100 reads; path may depend on the number of the read."""
    times = []
    for i in range(100):
        begun = time.monotonic()
        check(request("GET", path(i), **arguments).status == expected, f"{what} beside quiet connections")
        times.append(time.monotonic() - begun)
    times.sort()
    print(f"{what} beside {count} quiet connections: median {times[50] * 1000:.1f} ms, "
          f"95th {times[94] * 1000:.1f} ms, slowest {times[-1] * 1000:.1f} ms")
    check(times[94] < 0.05, f"{what} beside {count} quiet connections took {times[94]:.3f} s")


def hits():
    return int(re.search(rb"^heng_http_cache_hits_total (\d+)", request("GET", "/metrics").data, re.M)[1])


reads("livez", lambda i: "/livez", 200)
before = hits()
reads("an uncached list", lambda i: f"/api/v1/loads?source=s{i}", 200, cookie=session)
check(hits() == before, "an uncached read came from the cache")
reads("a cached list", lambda i: "/api/v1/loads", 200, cookie=session)
check(hits() >= before + 99, f"only {hits() - before} of 100 cached reads came from the cache")
tag = request("GET", "/api/v1/loads", cookie=session).getheader("ETag")
reads("a list that is known", lambda i: "/api/v1/loads", 304, headers={"If-None-Match": tag}, cookie=session)
for door in quiet[:: max(1, count // 50)]:
    door.sendall(HEAD)
    door.settimeout(5)
    check(b"200" in read_answer(door), "a quiet connection is used")
for door in quiet:
    door.close()
finish(150)
