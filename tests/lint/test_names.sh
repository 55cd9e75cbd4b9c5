#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The top level holds exactly the agreed names; no file is called after no subject at all; a function
# that other files can call begins with the name of its file (or that name's first word), of its
# folder, or of a struct that its header declares.
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
    tree=$PWD
    (cd "$BUILD_DIR/CMakeFiles/heng_$1.dir" && find "$1" -name '*.c.o' -exec nm -A -g --defined-only {} +) |
        awk -v tree="$tree" '{
            path = $1
            sub(/\.o:.*/, "", path)
            parts = split(path, part, "/")
            word = part[parts]
            sub(/[_.].*/, "", word)
            if ($NF !~ /^_/ && !begins($NF, word) && !begins($NF, part[parts - 1]) && !of_struct($NF, path))
                print path ": " $NF " begins with neither " word "_ nor " part[parts - 1] "_"
        }
        function begins(symbol, name) {
            return symbol == name || index(symbol, name "_") == 1
        }
        function of_struct(symbol, path,    header, line, name, found) {
            header = tree "/" path
            sub(/c$/, "h", header)
            while ((getline line <header) > 0)
                if (match(line, /^struct [a-z_]+( \{|;)/)) {
                    name = line
                    sub(/^struct /, "", name)
                    sub(/[ ;].*/, "", name)
                    found = found || begins(symbol, name)
                }
            close(header)
            return found
        }'
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
