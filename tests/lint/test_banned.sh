#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Calls that cannot be used safely, or that hide randomness or an end of the program; assertions
# that could be switched off; marks of unfinished work.
. "$(dirname "$0")/lint.sh"

everywhere='atoi|atol|atoll|atof|strcpy|stpcpy|strcat|sprintf|vsprintf|strtok|gets|alloca|rand|srand|random|srandom|drand48|mktemp|tmpnam'
product='system|popen|exit|quick_exit|abort|setlocale|strtok_r|longjmp|setjmp'
# The end of a forked child that could not become the server.
child='^daemon/cluster[a-z_]*\.c:'

violations() {
    listing=$scratch/listing
    c_files models etl daemon tests | code -s >"$listing"
    grep -E ":.*(^|[^A-Za-z0-9_])($everywhere) *\(" "$listing" | sed 's/$/  : banned call/'
    grep -E '^(models|etl|daemon)/' "$listing" | grep -v '^daemon/main\.c:' |
        grep -E ":.*(^|[^A-Za-z0-9_])($product) *\(" | sed 's/$/  : banned call/'
    grep -E '^(models|etl|daemon)/' "$listing" | grep -vE "$child" |
        grep -E ":.*(^|[^A-Za-z0-9_])_[eE]xit *\(" | sed 's/$/  : banned call/'
    grep -E '#[ 	]*(define|ifn?def|if .*defined).*[^A-Za-z_]NDEBUG' "$listing" |
        sed 's/$/  : assertions stay on/'
    files -name CMakeLists.txt -o -name '*.cmake' | xargs sed 's/#.*//' /dev/null |
        grep -q NDEBUG && echo "CMakeLists.txt or *.cmake defines NDEBUG: assertions stay on"
    [ ! -e "${BUILD_DIR-/nonexistent}/compile_commands.json" ] ||
        grep -nE -- '-D ?NDEBUG' "$BUILD_DIR/compile_commands.json" | head -n 1
    files -path './models/*' -o -path './etl/*' -o -path './daemon/*' -o -path './dashboards/src/*' |
        grep -vE '(COPYING|\.csv)$' | xargs -r grep -nwE 'TODO|FIXME|XXX|HACK' /dev/null |
        sed 's/$/  : unfinished/'
}

plants() {
    plant etl/planted.c 'int f(char *s) { return atoi(s); }'
    plant models/planted.c 'void f(char *a, char *b) { strcpy (a, b); }'
    plant daemon/planted.c 'void f(char *a) { sprintf(a, "%d", 1); }'
    plant daemon/planted.c 'char *f(char *a) { return strtok(a, ","); }'
    plant models/planted.c 'int f(void) { return rand() % 7; }'
    plant tests/unit/models/core/test_planted.c 'int f(void) { return random(); }'
    plant etl/planted.c 'int f(void) { return system("true"); }'
    plant etl/planted.c 'void f(void) { exit(1); }'
    plant daemon/planted.c 'void f(void) { _exit(1); }'
    plant models/planted.c 'void f(void) { abort(); }'
    plant models/planted.c '#define NDEBUG 1'
    plant etl/planted.c '#ifdef NDEBUG'
    plant etl/planted.c '/* TO''DO: later */'
    plant_line CMakeLists.txt 'add_compile_options(-DNDEBUG)'
}

lint "$@"
