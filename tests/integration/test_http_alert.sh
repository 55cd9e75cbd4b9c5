#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The queue of alerts over HTTP against what the database and the command say; alerts taken through
# their life; jobs that score and scan; the chain of steps and the audit chain hold afterwards.
. "$(dirname "$0")/http.sh"
DEMO=$FOLDER/demo
export DEMO HENG_REGISTER__LANGUAGE=en
quiet() {
    "$HENG" --quiet "$@" >"$FOLDER/quiet.out" 2>"$FOLDER/quiet.err" || fail "heng $*"
}
quiet demo --entities 2000 --seed 3 --until 2026-06-30 --out "$DEMO"
quiet load "$DEMO"
quiet score --as-of 2026-05-31
quiet score --as-of 2026-06-30
quiet alert scan --as-of 2026-06-30 --weeks 11
serve
python3 "$(dirname "$0")/http_alert.py" || fail "see above"
quiet alert verify
quiet audit verify
serve_stop
