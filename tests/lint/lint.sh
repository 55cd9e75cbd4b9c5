# SPDX-License-Identifier: GPL-3.0-or-later
# What every lint shares. A lint defines `violations`, run inside a source tree, which prints one
# line per violation beginning with the path, and `plants`, which calls `plant` for each kind of
# violation that must be found. `lint "$@"` at the end: with a tree as $1 it only looks at that
# tree; without, it looks at this one, then plants each violation in a copy and demands that it is
# reported.

lint_folder=$(cd "$(dirname "$0")" && pwd)
lint_root=$(cd "$lint_folder/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The project's own files of the current directory, generated and downloaded ones left out.
files() { # FIND-EXPRESSION...
    find . \( -name .git -o -name node_modules -o -path './build*' \) -prune -o -type f \
        \( "$@" \) -print | sed 's|^\./||' | LC_ALL=C sort
}

# C files below the given folders.
c_files() {
    files -name '*.c' -o -name '*.h' | grep -E "^($(echo "$*" | tr ' ' '|'))/"
}

# Lines "path:line:code" of the files named on standard input, comments taken away; with -s the
# contents of string and character literals too.
code() {
    xargs awk -v strings="$([ "${1-}" = -s ] && echo drop)" -f "$lint_folder/code.awk"
}

# plant PATH TEXT: writes the file into the copy, demands a report about PATH, takes it back.
plant() {
    plant_edit "$1" "printf '%s\n' \"\$text\" >\"\$path\"" "$2"
}

# plant_line PATH TEXT: the same, with the text added at the end of the file.
plant_line() {
    plant_edit "$1" "printf '%s\n' \"\$text\" >>\"\$path\"" "$2"
}

plant_edit() { # PATH COMMAND [TEXT]
    path=$1
    text=${3-}
    lint_planted=$((lint_planted + 1))
    mkdir -p "$(dirname "$path")"
    rm -f "$scratch/saved"
    [ ! -e "$path" ] || cp -p "$path" "$scratch/saved"
    eval "$2"
    if ! violations 2>&1 | grep -qF "$path"; then
        echo "planted, but not reported: $path: $text"
        lint_failed=1
    fi
    rm -f "$path"
    [ ! -e "$scratch/saved" ] || mv "$scratch/saved" "$path"
}

lint() {
    cd "${1:-$lint_root}" || exit
    lint_found=$(violations 2>&1)
    if [ -n "$lint_found" ]; then
        printf '%s\n' "$lint_found"
        exit 1
    fi
    [ $# -eq 0 ] || exit 0
    mkdir "$scratch/tree"
    files -name '*' | tar -cf - -T - | tar -xf - -C "$scratch/tree"
    cd "$scratch/tree" || exit
    lint_planted=0
    lint_failed=0
    plants
    echo "$lint_planted planted violations"
    [ "$lint_planted" -gt 0 ] && [ "$lint_failed" -eq 0 ] || exit 1
}
