#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may do what: every route with every role and every state of a session.
. "$(dirname "$0")/http.sh"
serve
python3 "$(dirname "$0")/http_matrix.py" || fail "see above"
serve_stop
