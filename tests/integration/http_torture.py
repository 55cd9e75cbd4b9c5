# SPDX-License-Identifier: GPL-3.0-or-later
# Requests that two programs in a row might read differently, broken ones, and paths that try to get
# out: each has one expected status (0 = the connection just ends), and the server is well after it.
from http_client import HOST, check, finish, raw, status_of

HOSTLINE = f"Host: {HOST}\r\n"


def get(path, headers="", version="HTTP/1.1", method="GET"):
    return f"{method} {path} {version}\r\n{HOSTLINE}{headers}\r\n".encode("latin-1")


def post(headers, body=""):
    return f"POST /api/v1/session HTTP/1.1\r\n{HOSTLINE}Origin: http://{HOST}\r\n{headers}\r\n{body}".encode()


JSON = "Content-Type: application/json\r\n"
cases = [
    ("plain", get("/livez"), {200}),
    ("HTTP/1.0", get("/livez", version="HTTP/1.0"), {200}),
    ("head", get("/livez", method="HEAD"), {200}),
    ("two lengths", post(JSON + "Content-Length: 2\r\nContent-Length: 3\r\n", "{}"), {400}),
    ("two equal lengths", post(JSON + "Content-Length: 2\r\nContent-Length: 2\r\n", "{}"), {400}),
    ("two lengths on GET", get("/livez", "Content-Length: 0\r\nContent-Length: 0\r\n"), {400}),
    ("length list", post(JSON + "Content-Length: 2, 2\r\n", "{}"), {400}),
    ("length and chunks", post(JSON + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"), {400}),
    ("chunks and length", post(JSON + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "2\r\n{}\r\n0\r\n\r\n"), {400}),
    ("chunks", post(JSON + "Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"), {411}),
    ("two encodings", post(JSON + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"), {400}),
    ("odd encoding", post(JSON + "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), {411, 400}),
    ("chunk overflow", post(JSON + "Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n{}"), {411, 413, 400}),
    ("bad chunk", post(JSON + "Transfer-Encoding: chunked\r\n", "zz\r\n{}"), {411, 400}),
    ("negative length", post(JSON + "Content-Length: -1\r\n"), {400}),
    ("plus length", post(JSON + "Content-Length: +2\r\n", "{}"), {400}),
    ("hex length", post(JSON + "Content-Length: 0x2\r\n", "{}"), {400}),
    ("huge length", post(JSON + "Content-Length: 99999999999999999999999\r\n"), {400, 413}),
    ("length over the route", post(JSON + "Content-Length: 20000\r\n", "x" * 100), {413}),
    ("body on GET", get("/livez", "Content-Length: 5\r\n") + b"hello", {413}),
    ("no type", post("Content-Length: 2\r\n", "{}"), {415}),
    ("form type", post("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2\r\n", "{}"), {415}),
    ("text type", post("Content-Type: text/plain\r\nContent-Length: 2\r\n", "{}"), {415}),
    ("type prefix", post("Content-Type: application/jsonx\r\nContent-Length: 2\r\n", "{}"), {415}),
    ("type with charset", post("Content-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n", "{}"), {422}),
    ("no host", b"GET /livez HTTP/1.1\r\n\r\n", {400}),
    ("no host 1.0", b"GET /livez HTTP/1.0\r\n\r\n", {400}),
    ("two hosts", get("/livez", HOSTLINE), {400}),
    ("two other hosts", get("/livez", "Host: evil\r\n"), {400}),
    ("empty host", b"GET /livez HTTP/1.1\r\nHost:\r\n\r\n", {400}),
    ("two cookies", get("/api/v1/me", "Cookie: a=1\r\nCookie: b=2\r\n"), {400}),
    ("two origins", get("/livez", "Origin: a\r\nOrigin: b\r\n"), {400}),
    ("space before colon", get("/livez", "X-A : 1\r\n"), {400}),
    # The library cuts a value at a NUL before anybody sees it; nothing behind it is believed.
    ("NUL in value", get("/livez", "X-A: a\0b\r\n"), {200, 400}),
    ("NUL in name", get("/livez", "X\0A: a\r\n"), {400}),
    ("control in value", get("/livez", "X-A: a\x01b\r\n"), {400}),
    ("escape in value", get("/livez", "X-A: \x1b[31m\r\n"), {400}),
    ("odd method", get("/livez", method="G@T"), {405, 400}),
    ("lower method", get("/livez", method="get"), {405}),
    ("trace", get("/livez", method="TRACE"), {405}),
    ("connect", get("/livez", method="CONNECT"), {405, 400}),
    ("options", get("/livez", method="OPTIONS"), {405}),
    ("put", get("/livez", method="PUT"), {405}),
    ("long method", get("/livez", method="G" * 3000), {405}),
    ("method on path", get("/livez", method="DELETE"), {405}),
    ("HTTP/9.9", get("/livez", version="HTTP/9.9"), {505, 400}),
    ("HTTP/2.0", get("/livez", version="HTTP/2.0"), {505, 400}),
    ("http/1.1", get("/livez", version="http/1.1"), {505, 400}),
    ("no version", f"GET /livez\r\n{HOSTLINE}\r\n".encode(), {505, 400, 200}),
    # The library may end the connection before all was sent; its answer is then lost on the way.
    ("40 KB header", get("/livez", "X-A: " + "a" * 40000 + "\r\n"), {431, 0}),
    ("2000 headers", get("/livez", "".join(f"X-{i}: {i}\r\n" for i in range(2000))), {431, 0}),
    ("40 KB target", get("/" + "a" * 40000), {414, 0}),
    ("40 KB query", get("/livez?" + "a" * 40000), {414, 0}),
    ("dots", get("/../../etc/passwd"), {400}),
    ("dots in assets", get("/assets/../../../etc/passwd"), {400}),
    ("escaped dots", get("/assets/%2e%2e/%2e%2e/etc/passwd"), {400}),
    ("escaped slash", get("/assets/..%2f..%2fetc%2fpasswd"), {400}),
    ("twice escaped", get("/assets/%252e%252e%252fetc"), {400}),
    ("backslash", get("/assets/..\\..\\etc"), {400}),
    ("escaped backslash", get("/assets/..%5c..%5cetc"), {400}),
    ("NUL in path", get("/assets/a%00.js"), {400}),
    ("NUL after path", get("/livez%00"), {400}),
    ("NUL in query", get("/livez?a=%00"), {400}),
    ("overlong UTF-8", get("/assets/%c0%ae%c0%ae/x"), {400}),
    ("bad UTF-8", get("/assets/%ff"), {400}),
    ("raw bytes", get("/assets/\xe9"), {400}),
    ("half escape", get("/livez%4"), {400}),
    ("bad escape", get("/livez%zz"), {400}),
    ("double slash", get("//livez"), {400}),
    ("inner double slash", get("/api//v1/me"), {400}),
    ("trailing slash", get("/livez/"), {404}),
    ("absolute form", get(f"http://{HOST}/livez"), {400}),
    ("other absolute form", get("http://evil/livez"), {400}),
    ("asterisk", get("*"), {400}),
    ("no slash", get("livez"), {400}),
    ("fragment", get("/livez#a"), {400}),
    ("unknown parameter", get("/livez?a=1"), {422}),
    ("parameter twice", get("/livez?a=1&a=2"), {400}),
    ("parameter without name", get("/livez?=1"), {400}),
    ("40 parameters", get("/livez?" + "&".join(f"p{i}=1" for i in range(40))), {400}),
    ("CR LF in target", get("/livez%0d%0aSet-Cookie:a=b"), {400}),
    ("unknown path", get("/api/v1/nothing"), {404}),
    ("unknown asset", get("/assets/nothing.js"), {404}),
    ("source file", get("/route.c"), {404}),
    ("metrics forwarded", get("/metrics", "X-Forwarded-For: 127.0.0.1\r\n"), {404}),
    ("not JSON", post(JSON + "Content-Length: 3\r\n", "abc"), {422}),
    ("JSON array", post(JSON + "Content-Length: 2\r\n", "[]"), {422}),
    ("JSON twice", post(JSON + "Content-Length: 4\r\n", "{}{}"), {422}),
    ("JSON member twice", post(JSON + "Content-Length: 29\r\n", '{"name":"a","name":"b","x":1}'), {422}),
    ("JSON NUL", post(JSON + "Content-Length: 17\r\n", '{"name":"\\u0000"}'), {422}),
    ("JSON deep", post(JSON + "Content-Length: 12000\r\n", "[" * 12000), {413}),
    ("unknown member", post(JSON + "Content-Length: 39\r\n", '{"name":"a","password":"b","admin":true}'[:39]), {422}),
    ("nothing", b"", {0}),
    ("blank lines", b"\r\n\r\n\r\n\r\n", {0}),
    ("rubbish", bytes(range(256)) * 4, {0, 400, 405, 505}),
    ("TLS hello", bytes.fromhex("16030100a5010000a10303") + b"\0" * 160, {0, 400}),
    ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505, 405}),
]

# Families: what must hold for one of a kind holds for all of it.
for byte in [*range(1, 9), 11, 12, *range(14, 32), 127]:  # tab, LF, CR have meanings of their own
    cases.append((f"byte {byte} in a value", get("/livez", f"X-A: a{chr(byte)}b\r\n"), {400}))
for byte in b"()<>@,;\\\"/[]?={}":
    cases.append((f"{chr(byte)} in a name", get("/livez", f"X{chr(byte)}A: 1\r\n"), {400}))
for number in range(0x00, 0x20):
    cases.append((f"%{number:02x} in the path", get(f"/assets/a%{number:02x}b"), {400}))
    cases.append((f"%{number:02x} in the query", get(f"/api/v1/loads?source=a%{number:02x}b"), {400, 401}))
for lead in (0x80, 0xbf, 0xc0, 0xc1, 0xf5, 0xf8, 0xfe, 0xff):
    cases.append((f"lone byte {lead:02x}", get(f"/assets/%{lead:02x}"), {400}))
for sequence in ("%c0%80", "%c0%af", "%e0%80%af", "%e0%9f%bf", "%f0%80%80%af", "%f4%90%80%80", "%ed%a0%80", "%ed%bf%bf",
                 "%e4%b8", "%f0%9f%98", "%c3%28", "%e2%28%a1", "%e2%82%28"):
    cases.append((f"UTF-8 {sequence}", get(f"/assets/{sequence}"), {400}))
for place in ("", "/assets", "/assets/..", "/api/v1"):
    for step in ("/..", "/%2e%2e", "/.%2e", "/%2e.", "/./..", "/%2E%2E"):
        cases.append((f"{place}{step}", get(f"{place}{step}/etc/passwd"), {400}))
for step in ("..%2f", "..%5c", "%2e%2e%2f", "..%c0%af", "..\\", "%252e%252e%252f", "....//", "..;/", "..%00/"):
    cases.append((f"asset {step}", get(f"/assets/{step * 3}etc/passwd"), {400, 404}))
for length in ("", " ", "1 2", "1,1", "0x1", "1e1", "1.0", "-0", "+0", "١", "00000000000000000000000000000001", "18446744073709551616",
               "9223372036854775808", "2;", "two"):
    cases.append((f"length {length!r}", post(JSON + f"Content-Length: {length}\r\n", "{}"), {400, 413, 411}))
for coding in ("gzip", "deflate", "identity", "chunked, chunked", "gzip, chunked", "chunked;x=1", " chunked", "CHUNKED", "x,chunked"):
    cases.append((f"coding {coding}", post(JSON + f"Transfer-Encoding: {coding}\r\n", "2\r\n{}\r\n0\r\n\r\n"), {400, 411}))
for method in ("PATCH", "PUT", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "MKCOL", "SEARCH", "get", "Post", "GET2", "X-GET", "_"):
    cases.append((f"method {method}", get("/api/v1/me", method=method), {405, 400}))
for version in ("HTTP/0.9", "HTTP/1.2", "HTTP/1.10", "HTTP/1", "HTTP/11", "HTTP/1.1x", "HTTPS/1.1", "HTTP1.1", "HTTP/-1.1", "HTTP/1.1.1"):
    cases.append((f"version {version}", get("/livez", version=version), {400, 505}))
for header in ("Host", "Content-Length", "Content-Type", "Origin", "X-Heng-Token", "Cookie", "If-None-Match", "If-Match",
               "Idempotency-Key", "X-Heng-Purpose", "Accept-Language", "Accept-Encoding", "X-Forwarded-For"):
    cases.append((f"{header} twice", get("/livez", f"{header}: 1\r\n{header}: 1\r\n"), {400}))
for body in ("", " ", "null", "1", '"a"', "[]", "{", "{]", '{"name"}', '{"name":}', "{'name':1}", '{"name":"a",}', '{"name":01}', '{"name":NaN}',
             '{"name":1e999}', '{"name":"\\ud800"}', '{"name":"\x01"}', '{"name":"a","password":null}', '{"name":["a"],"password":"b"}',
             '{"name":{"a":1},"password":"b"}', "[" * 40 + "]" * 40, '{"a":' * 40 + "1" + "}" * 40, "\ufeff{}", "{}\x00", '{"name":"\ud7ff"}',
             '{"name":"a","Name":"b","password":"c"}'):
    data = body.encode("utf-8", "surrogatepass")
    cases.append((f"body {body[:30]!r}", post(JSON + f"Content-Length: {len(data)}\r\n") + data, {422, 400, 413}))
for value in ("a\r\nSet-Cookie: x=1", "a\nX: 1", "a\rX: 1"):
    cases.append((f"split {value!r}", get("/livez", "X-Request: " + value + "\r\n"), {200, 400}))

for name, data, expected in cases:
    answer = raw(data, wait=2.0, grace=0.02)
    status = status_of(answer)
    check(status in expected, f"{name}: expected {sorted(expected)}, found {status} {answer[:120]!r}")
    check(b"root:" not in answer, f"{name}: a file got out")
    check(b"Set-Cookie" not in answer, f"{name}: a cookie was set")
    if 400 <= status < 500 and b"urn:heng:problem" in answer:
        check(b"nosniff" in answer, f"{name}: a problem without the usual headers")
check(status_of(raw(get("/livez"))) == 200, "the server is well after all")

# A refused request with a body must end the connection, or the body would be read as a request.
smuggled = post(JSON + "Content-Length: 2\r\nContent-Length: 60\r\n",
                f"{{}}GET /livez HTTP/1.1\r\n{HOSTLINE}\r\n")
check(raw(smuggled).count(b"HTTP/1.1 ") == 1, "a smuggled request was answered")
smuggled = get("/livez", "Content-Length: 5\r\n") + b"hello" + get("/livez")
check(raw(smuggled).count(b"HTTP/1.1 ") == 1, "a request after a refused body was answered")
# Two pipelined requests are two requests.
check(raw(get("/livez") * 2).count(b"HTTP/1.1 200") == 2, "pipelined requests")
print(f"{len(cases)} cases")
check(len(cases) >= 300, f"expected at least 300 cases, found {len(cases)}")
finish(900)
