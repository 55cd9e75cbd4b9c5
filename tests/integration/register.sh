# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced after embedded.sh by tests that need a loaded register: `heng serve` runs, the demo register
# of 2,000 entities is loaded, and "$PLACE/out" is a folder that the service user can write.

# The value of a member of the JSON document in a file: json FILE EXPRESSION (of d).
json() {
    python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"
}

# quiet COMMAND…: the output is only shown when the command fails.
quiet() {
    "$@" >"$PLACE/quiet.out" 2>"$PLACE/last.err" || fail "$* failed: $(cat "$PLACE/last.err")"
}

start_register() {
    mkdir "$PLACE/out"
    [ "$(id -u)" != 0 ] || chown nobody "$PLACE/out"
    start_serve
    quiet "$HENG" demo --entities 2000 --seed 1 --until 2026-06-30 --out "$PLACE/demo"
    chmod -R a+rX "$PLACE/demo"
    quiet "$HENG" migrate
    quiet "$HENG" load "$PLACE/demo"
}
