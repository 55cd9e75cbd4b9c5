#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where the service will not start, TLS, the trusted proxy, reload, and a clean stop.
. "$(dirname "$0")/http.sh"

refused() { # TEXT NAME=VALUE...
    text=$1
    shift
    code=0
    env "$@" HENG_HTTP__PORT=0 timeout 20 "$HENG" serve >"$FOLDER/refused.out" 2>"$FOLDER/refused.err" || code=$?
    [ "$code" = 3 ] || fail "expected exit code 3, found $code: $*"
    grep -q -- "$text" "$FOLDER/refused.err" || fail "expected \"$text\": $*"
}

refused "plain HTTP" HENG_HTTP__ADDRESS=0.0.0.0
refused "plain HTTP" HENG_HTTP__ADDRESS=::
refused "plain HTTP" HENG_HTTP__ADDRESS=192.0.2.1
refused "expected an IP address" HENG_HTTP__ADDRESS=localhost
refused "expected an IP address" HENG_HTTP__ADDRESS=0.0.0.0 HENG_HTTP__TRUSTED_PROXY=proxy
refused "together" HENG_HTTP__TLS_CERTIFICATE=/nonexistent
refused "index.html" HENG_HTTP__PAGES="$FOLDER"

certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$1" \
        -keyout "$FOLDER/key.pem" -out "$FOLDER/certificate.pem" 2>"$FOLDER/openssl.err"
}
certificate first
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x \
    -keyout "$FOLDER/other.pem" -out "$FOLDER/unused.pem" 2>"$FOLDER/openssl.err"
refused "fit" HENG_HTTP__TLS_CERTIFICATE="$FOLDER/certificate.pem" HENG_HTTP__TLS_KEY="$FOLDER/other.pem"

serve HENG_HTTP__ADDRESS=0.0.0.0 HENG_HTTP__TLS_CERTIFICATE="$FOLDER/certificate.pem" \
    HENG_HTTP__TLS_KEY="$FOLDER/key.pem"
PORT=${URL##*:}
curl -fsk "https://127.0.0.1:$PORT/livez" >/dev/null || fail "HTTPS should answer"
curl -sk -i "https://127.0.0.1:$PORT/livez" | grep -qi '^strict-transport-security' || fail "no HSTS"
curl -s --max-time 3 "http://127.0.0.1:$PORT/livez" >/dev/null && fail "plain HTTP on the TLS port"
curl -sk --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 "https://127.0.0.1:$PORT/livez" >/dev/null &&
    fail "TLS 1.1 was taken"
curl -fsk --tls-max 1.2 "https://127.0.0.1:$PORT/livez" >/dev/null || fail "TLS 1.2 should be taken"
subject() {
    openssl s_client -connect "127.0.0.1:$PORT" </dev/null 2>/dev/null | openssl x509 -noout -subject
}
subject | grep -q first || fail "expected the first certificate"
certificate second
kill -HUP "$SERVE"
tries=0
until subject | grep -q second; do
    tries=$((tries + 1))
    [ "$tries" -lt 50 ] || fail "the new certificate is not used after SIGHUP"
    sleep 0.1
done
echo "no certificate" >"$FOLDER/certificate.pem"
kill -HUP "$SERVE"
sleep 0.5
subject | grep -q second || fail "a bad certificate must leave the former in use"
serve_stop

serve HENG_HTTP__ADDRESS=0.0.0.0 HENG_HTTP__TRUSTED_PROXY=127.0.0.1
PORT=${URL##*:}
curl -fs -H 'X-Forwarded-For: 198.51.100.7, 203.0.113.9' "http://127.0.0.1:$PORT/livez" >/dev/null
sleep 0.2
grep -q '"address":"203.0.113.9"' "$LOG" || fail "the address that the proxy added should be logged"
own=$(hostname -I 2>/dev/null | awk '{ print $1 }')
if [ -n "$own" ]; then
    curl -s --max-time 3 "http://$own:$PORT/livez" >/dev/null && fail "another machine than the proxy was let in"
fi
serve_stop

mkdir "$FOLDER/pages" "$FOLDER/pages/assets"
echo '<!doctype html>one' >"$FOLDER/pages/index.html"
echo 'let a = 1' >"$FOLDER/pages/assets/a.js"
gzip -k "$FOLDER/pages/assets/a.js"
ln -s /etc/passwd "$FOLDER/pages/assets/passwd"
serve HENG_HTTP__PAGES="$FOLDER/pages"
curl -fs "$URL/" | grep -q one || fail "the first page"
curl -fs -i "$URL/assets/a.js" | grep -qi '^cache-control: .*immutable' || fail "assets are immutable"
curl -fs -i --compressed "$URL/assets/a.js" | grep -qi '^content-encoding: gzip' || fail "gzip"
[ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/assets/passwd")" = 404 ] || fail "a file of no known kind"
etag=$(curl -s -i "$URL/" | sed -n 's/\r//; s/^[Ee][Tt]ag: //p')
[ "$(curl -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $etag" "$URL/")" = 304 ] || fail "304 of a page"
echo '<!doctype html>two' >"$FOLDER/pages/index.html"
kill -HUP "$SERVE"
sleep 0.5
curl -fs "$URL/" | grep -q two || fail "SIGHUP should read the pages again"
serve_stop
