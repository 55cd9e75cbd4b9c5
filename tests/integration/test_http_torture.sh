#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Malformed and ambiguous requests.
. "$(dirname "$0")/http.sh"
serve
python3 "$(dirname "$0")/http_torture.py" || fail "see above"
serve_stop
