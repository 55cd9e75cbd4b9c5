#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# HTTP against its peers, in one run and round by round:
#   an answer from the response cache    against libmicrohttpd answering the same bytes,  >= 0.8 x
#   a read through libpq                 against fastify with pg,                         >= 2.5 x
#                                        and fastapi with psycopg,                        >= 6 x
# The read is the list of batches of one of 20,000 sources with one of 200 limits, so that hardly
# any answer is in the cache; the peers run the same statements, prepared, and check no session.
# wrk, one thread and 64 connections, shares the cores. Prints the median of each ratio over the
# rounds and exits 1 when a goal is missed. A peer that cannot be installed is named.
INTEGRATION=$(dirname "$0")/../integration
. "$INTEGRATION/http.sh"

ROUNDS=${ROUNDS:-5}
SECONDS_EACH=${SECONDS_EACH:-2}
root=$(cd "$(dirname "$0")/../.." && pwd)
peers=

command -v wrk >/dev/null || { echo "skipped: wrk is not there"; exit 77; }

bench_clean() {
    for peer in $peers; do
        kill -TERM "$peer" 2>/dev/null || true
    done
    http_clean
}
trap bench_clean EXIT

# peer NAME COMMAND...: starts it, sets PORT_<NAME>; fails when it does not come up.
peer() {
    name=$1
    shift
    : >"$FOLDER/$name.out"
    "$@" >"$FOLDER/$name.out" 2>"$FOLDER/$name.err" &
    started=$!
    tries=0
    until grep -q '^port ' "$FOLDER/$name.out"; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] && kill -0 "$started" 2>/dev/null || return 1
        sleep 0.1
    done
    peers="$peers $started"
    eval "PORT_$name=$(sed -n 's/^port //p' "$FOLDER/$name.out")"
}

# rate URL [SCRIPT]: requests per second; a wrong answer ends the bench.
rate() {
    wrk -t1 -c64 -d"${SECONDS_EACH}s" -H "Cookie: $COOKIE" ${2:+-s "$2"} "$1" >"$FOLDER/wrk.out"
    ! grep -q 'Non-2xx\|Socket errors' "$FOLDER/wrk.out" || fail "wrong answers from $1: $(cat "$FOLDER/wrk.out")"
    awk '/Requests\/sec/ { print $2 }' "$FOLDER/wrk.out"
}

psql -qAtX >/dev/null <<'SQL'
INSERT INTO load_source (source, record_kind, jurisdiction, created_at)
SELECT 's' || i, 'entity', 'bench', now() FROM generate_series(1, 20000) i;
INSERT INTO load_batch
SELECT i, i, 'file-' || i, decode(repeat('00', 32), 'hex'), 1, decode(repeat('00', 32), 'hex'), 1, 1,
       true, 1, 1, 0, 0, 0, 0, now(), now()
  FROM generate_series(1, 20000) i;
ANALYZE;
SQL
echo "correct horse battery" | "$HENG" --quiet user add bench --role auditor --password-stdin
serve
COOKIE=$(curl -s -i -H "Origin: $URL" -H 'Content-Type: application/json' "$URL/api/v1/session" \
    -d '{"name": "bench", "password": "correct horse battery"}' |
    sed -n 's/^Set-Cookie: \(heng_session=[0-9a-f]*\).*/\1/p')
[ -n "$COOKIE" ] || fail "no session"
board="/api/v1/loads?limit=5"
curl -s -b "$COOKIE" "$URL$board" >"$FOLDER/body.json"
cat >"$FOLDER/read.lua" <<'LUA'
-- Another sequence in each round, so that none finds what an earlier one left in the cache.
local clock = io.open("/proc/uptime"):read("n")
math.randomseed(math.floor(clock * 100))
request = function()
    return wrk.format("GET", "/api/v1/loads?source=s" .. math.random(1, 20000) .. "&limit=" .. math.random(1, 200))
end
LUA
peer bare "$BUILD_DIR/tests/peer.bare" "$FOLDER/body.json" || fail "the bare handler did not start"
statements="$root/etl/sql/view/loads.sql $root/etl/sql/view/stamp.sql"
[ -d "$root/tests/peer/node_modules/fastify" ] ||
    (cd "$root/tests/peer" && npm ci --ignore-scripts --no-audit --no-fund >"$FOLDER/npm.out" 2>&1) || true
peer fastify node "$root/tests/peer/fastify.js" $statements ||
    echo "not measured: fastify with pg ($(tail -n 1 "$FOLDER/fastify.err"))"
python=python3
"$python" -c 'import fastapi, psycopg' 2>/dev/null || python=/usr/bin/python3 # where Debian's packages are
peer fastapi "$python" "$root/tests/peer/fastapi_app.py" $statements ||
    echo "not measured: fastapi with psycopg ($(tail -n 1 "$FOLDER/fastapi.err"))"

round=0
while [ "$round" -lt "$ROUNDS" ]; do
    round=$((round + 1))
    bare=$(rate "http://127.0.0.1:$PORT_bare$board")
    cached=$(rate "$URL$board")
    read=$(rate "$URL" "$FOLDER/read.lua")
    fastify=${PORT_fastify:+$(rate "http://127.0.0.1:$PORT_fastify" "$FOLDER/read.lua")}
    fastapi=${PORT_fastapi:+$(rate "http://127.0.0.1:$PORT_fastapi" "$FOLDER/read.lua")}
    echo "round $round: bare $bare, cached $cached, read $read, fastify ${fastify:--}, fastapi ${fastapi:--} requests/s"
    echo "$bare $cached $read ${fastify:-0} ${fastapi:-0}" >>"$FOLDER/rounds"
done
serve_stop
awk '
    function median(values, count,   i, j, swap) {
        for (i = 2; i <= count; i++)
            for (j = i; j > 1 && values[j - 1] > values[j]; j--) {
                swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap
            }
        return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
    }
    function tell(name, values, goal,   ratio) {
        ratio = median(values, NR)
        printf "%s: %.2f x (goal %s x)\n", name, ratio, goal
        if (ratio < goal) missed = 1
    }
    { cached[NR] = $2 / $1; if ($4) fastify[NR] = $3 / $4; if ($5) fastapi[NR] = $3 / $5 }
    END {
        tell("from the cache, against libmicrohttpd alone", cached, 0.8)
        if (1 in fastify) tell("through libpq, against fastify with pg", fastify, 2.5)
        if (1 in fastapi) tell("through libpq, against fastapi with psycopg", fastapi, 6)
        exit missed
    }' "$FOLDER/rounds"
