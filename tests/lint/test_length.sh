#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files of code have at most 500 lines, functions at most 60 (from the name to the closing brace; the
# formatting lint puts a function's braces into the first column).
. "$(dirname "$0")/lint.sh"

# Longer on purpose, "path" or "path:function", each with its reason.
exceptions() {
    cat <<'END'
END
}

violations() {
    files -name '*.c' -o -name '*.h' -o -name '*.ts' -o -name '*.tsx' -o -name '*.sh' -o -name '*.py' \
        -o -name '*.awk' | excepted | xargs wc -l | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }'
    c_files models etl daemon tests | grep '\.c$' | xargs awk '
        FNR == 1 { start = 0 }
        /^[A-Za-z_].*\(/ { start = FNR; name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
        /^\{/ { inside = start }
        /^\}/ && inside {
            if (FNR - inside + 1 > 60)
                print FILENAME ":" name ":" inside ": " FNR - inside + 1 " lines"
            inside = 0
        }' | excepted
}

excepted() {
    exceptions | sed 's/ .*//; s/\./\\./g; s/.*/^&(:|$)/' >"$scratch/excepted"
    grep -vE -f "$scratch/excepted"
}

plants() {
    plant models/core/planted.c "$(seq 501 | sed 's|.*|// &|')"
    plant tests/planted.sh "$(seq 501 | sed 's|.*|# &|')"
    plant models/core/planted.c "int planted(int a)
{
$(seq 58 | sed 's|.*|    a += &;|')
}"
}

lint "$@"
