#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# C is as clang-format leaves it; every text file ends with one newline and has no trailing blanks,
# tabs or carriage returns (tests' own documents may hold any bytes).
. "$(dirname "$0")/lint.sh"

pattern='\.[ch]$'

violations() {
    c_files models etl daemon tests | grep "$pattern" | xargs -r -P "$(nproc)" -n 50 clang-format-14 --dry-run -Werror 2>&1 | grep ': error:'
    files -name '*.sh' -o -name '*.sql' -o -name '*.cmake' -o -name 'CMakeLists.txt' -o -name '*.md' \
        -o -name '*.awk' -o -name '*.py' -o -name '*.js' -o -name '*.ts' -o -name '*.tsx' |
        xargs awk '
            FNR == 1 && NR > 1 && last == "" { print name ": ends with an empty line" }
            /[ \t]$/ { print FILENAME ":" FNR ": trailing blank" }
            /\r$/ { print FILENAME ":" FNR ": carriage return" }
            /^ *\t/ && FILENAME ~ /\.(sql|cmake|txt|py|js|ts|tsx)$/ { print FILENAME ":" FNR ": tab" }
            { last = $0; name = FILENAME }
            END { if (last == "") print name ": ends with an empty line" }'
}

plants() {
    pattern=planted # the others are known to be well formed
    plant models/core/planted.c 'int  f(void) {return 1;}'
    plant tests/unit/models/core/planted.h 'enum {A,B};'
    plant tests/planted.sh 'true '
    plant etl/sql/planted.sql "$(printf '\tSELECT 1')"
    plant tests/planted.sh "$(printf 'true\r')"
    plant_line README.md ''
}

lint "$@"
