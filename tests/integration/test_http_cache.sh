#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Unchanged reads touch no table, proved by the log of the database server; what must not be shared
# is not.
. "$(dirname "$0")/http.sh"
. "$(dirname "$0")/http_register.sh"
export CLUSTER_LOG="$cluster_folder/log"
demo_register
serve
python3 "$(dirname "$0")/http_cache.py" "$FOLDER/tags.json" || fail "see above"
serve_stop

# The day of the register is part of the tag; the program's own start is not.
for offset in -720 480 840; do # one of the outer ones is another day, always
    serve HENG_REGISTER__UTC_OFFSET_MINUTES=$offset
    python3 "$(dirname "$0")/http_cache.py" "$FOLDER/tags.json" $offset || fail "see above"
    serve_stop
done
