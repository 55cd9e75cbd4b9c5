#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The top level holds exactly the agreed names; no file is called after no subject at all; a function
# that other files can call begins with the name of its file (or that name's first word) or folder.
. "$(dirname "$0")/lint.sh"

top='CMakeLists.txt daemon models etl dashboards tests README.md'
empty_words='(^|[/_.-])(utils?|misc|common|helpers?|managers?|process|handlers?|handle)([_.-]|$)'

violations() {
    for name in *; do
        case " $top " in *" $name "*) continue ;; esac
        [ -d "$name" ] && [ "${name#build}" != "$name" ] || echo "$name: not a name of the top level"
    done
    for name in $top; do
        [ -e "$name" ] || echo "$name: missing at the top level"
    done
    files -path './models/*' -o -path './etl/*' -o -path './daemon/*' -o -path './dashboards/src/*' |
        grep -E "$empty_words" | sed 's/$/: the name does not say what the file is about/'
    for storey in models etl daemon; do
        [ -z "${BUILD_DIR-}" ] || prefixes "$storey"
    done
}

# The objects' folders are known to the build tree only, so that is where they are looked for.
prefixes() { # STOREY
    (cd "$BUILD_DIR/CMakeFiles/heng_$1.dir" && find "$1" -name '*.c.o' | xargs -r nm -A -g --defined-only) |
        awk '{
            path = $1
            sub(/:.*/, "", path)
            parts = split(path, part, "/")
            file = part[parts]
            sub(/\.c\.o$/, "", file)
            word = file
            sub(/_.*/, "", word)
            symbol = $NF
            if (symbol !~ /^(__|_?asan|_?ubsan)/ && !begins(symbol, word) && !begins(symbol, part[parts - 1]))
                print substr(path, 1, length(path) - 2) ": " symbol " begins with neither " word "_ nor " part[parts - 1] "_"
        }
        function begins(symbol, name) { return symbol == name || index(symbol, name "_") == 1 }'
}

plants() {
    plant NOTES.md 'x'
    plant include 'x'
    plant_edit README.md 'rm README.md'
    plant models/core/text_utils.c ''
    plant daemon/session_manager.h ''
    BUILD_DIR=planted
    folder=planted/CMakeFiles/heng_models.dir/models/core
    mkdir -p "$folder" planted/CMakeFiles/heng_etl.dir planted/CMakeFiles/heng_daemon.dir
    plant_edit models/core/planted.c 'echo "int stray(void);int stray(void) { return 1; }" >planted.c
        cc -c -o "$folder/planted.c.o" planted.c; rm planted.c'
    rm -r planted
}

lint "$@"
