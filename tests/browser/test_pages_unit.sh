#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The pages without a browser: types, address codec, formats, both catalogues; and that what is
# built names no address elsewhere.
set -eu
cd "$(dirname "$0")/../../dashboards"
. ../tests/browser/modules.sh
modules .
node node_modules/typescript/bin/tsc -p .
node test/run.js

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
node build.js "$scratch/pages"
# Names of XML vocabularies are no addresses.
if grep -rhoE 'https?://[^"'"'"'` )]*' "$scratch/pages" --include='*.js' --include='*.css' --include='*.html' |
    grep -v '^http://www\.w3\.org/'; then
    echo "the pages name an address elsewhere"
    exit 1
fi
if grep -nE ' style=|<style|onload=|javascript:' "$scratch/pages/index.html"; then
    echo "the content security policy forbids inline styles and scripts"
    exit 1
fi
for file in "$scratch"/pages/*.html "$scratch"/pages/assets/*; do
    case $file in *.gz) continue ;; esac
    gzip -dc "$file.gz" | cmp -s - "$file" || {
        echo "$file.gz is not $file"
        exit 1
    }
done
