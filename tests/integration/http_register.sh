# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced after http.sh: the demo register of 2,000 entities, loaded, scored and scanned for
# alerts; demo_draw makes a draw of it by the demo plan and runs it.
DEMO_DAY=2026-06-30

demo_register() {
    quiet "$HENG" --quiet demo --entities 2000 --seed 1 --until "$DEMO_DAY" --out "$FOLDER/demo"
    quiet "$HENG" --quiet load "$FOLDER/demo"
    quiet "$HENG" --quiet score --as-of "$DEMO_DAY"
    quiet "$HENG" --quiet alert scan --as-of "$DEMO_DAY"
}

demo_draw() {
    quiet "$HENG" --quiet draw commit
    quiet "$HENG" --quiet draw run 1
}

quiet() {
    "$@" >"$FOLDER/quiet.out" 2>"$FOLDER/quiet.err" || fail "$* failed"
}
