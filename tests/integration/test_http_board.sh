#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The board: each figure against rows counted another way, and against the list that it leads to.
. "$(dirname "$0")/http.sh"
export HENG_REGISTER__LANGUAGE=en
quiet() {
    "$HENG" --quiet "$@" >"$FOLDER/quiet.out" 2>"$FOLDER/quiet.err" || fail "$* failed"
}
serve
python3 "$(dirname "$0")/http_board.py" empty || fail "see above"
serve_stop
quiet demo --entities 2000 --seed 1 --until 2026-06-30 --out "$FOLDER/demo"
quiet load "$FOLDER/demo"
quiet score --as-of 2026-03-31
quiet score --as-of 2026-06-30
quiet alert scan --as-of 2026-06-30 --weeks 11
serve
python3 "$(dirname "$0")/http_board.py" loaded || fail "see above"
serve_stop
