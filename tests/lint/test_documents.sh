#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What README.md says and the tree can contradict: the table of exit codes, and the files and folders
# that it names.
. "$(dirname "$0")/lint.sh"

violations() {
    sed -n 's/^ *\[ERROR_[A-Z_]*\] = {"\([a-z-]*\)", \([0-9]*\),.*/\2 \1/p' models/core/error.c |
        sed 's/^0 none$/0 /' | sort >"$scratch/code"
    sed -n 's/^| \([0-9][0-9]*\) | \([a-z-]*\) *|.*/\1 \2/p' README.md | sort >"$scratch/document"
    diff "$scratch/code" "$scratch/document" | grep '^[<>]' |
        sed 's/^</README.md: exit code missing:/; s/^>/README.md: exit code not in models\/core\/error.c:/'
    files -name README.md | while read -r document; do
        grep -oE '`(models|etl|daemon|dashboards|tests)/[A-Za-z0-9_./-]*`' "$document" | tr -d '`' |
            while read -r path; do
                [ -e "$path" ] ||
                    echo "$document: names $path, which is not there"
            done
    done
}

plants() {
    plant_line README.md '| 99 | planted | never returned |'
    plant_edit README.md 'sed -i "/^| 20 |/d" README.md'
    plant_line README.md 'See `models/planted.c`.'
    plant_line tests/README.md 'See `tests/planted/`.'
}

lint "$@"
