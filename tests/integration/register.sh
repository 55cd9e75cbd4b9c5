# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced after embedded.sh by tests that need a loaded register: `heng serve` runs, the demo register
# of 2,000 entities is loaded, and "$PLACE/bundles" is a folder that the service user can write.

# A test may replace it, to change the files of $PLACE/demo before they are loaded.
prepare_register() {
    :
}

start_register() {
    mkdir "$PLACE/bundles"
    [ "$(id -u)" != 0 ] || chown nobody "$PLACE/bundles"
    start_serve
    DSN=$(sed -n 's/^heng: ready: //p' "$PLACE/serve.err")
    quiet "$HENG" demo --entities 2000 --seed 1 --until 2026-06-30 --out "$PLACE/demo"
    prepare_register
    chmod -R a+rX "$PLACE/demo"
    quiet "$HENG" migrate
    quiet "$HENG" load "$PLACE/demo"
}

# quiet COMMAND…: must succeed; its output is in $PLACE/quiet.out.
quiet() {
    "$@" >"$PLACE/quiet.out" 2>"$PLACE/last.err" || fail "$* failed"
}

# as_user COMMAND…: the server knows its own user only.
as_user() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid nobody --regid nogroup --clear-groups "$@"
    else
        "$@"
    fi
}

# query STATEMENT: rows as lines, columns joined by "|".
query() {
    as_user psql -X -At -v ON_ERROR_STOP=1 -d "$DSN" -c "$1"
}

# json FILE EXPRESSION: a Python expression of d, the JSON document in the file.
json() {
    python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"
}

# expect_same WHAT EXPECTED FOUND
expect_same() {
    [ "$2" = "$3" ] || fail "$1: expected \"$2\", found \"$3\""
}
