#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The list of entities and the file of one, compared with the tables and with `heng explain --json`.
. "$(dirname "$0")/http.sh"
. "$(dirname "$0")/http_register.sh"
demo_register
quiet "$HENG" --quiet draw commit --plan "$(dirname "$0")/../../models/catalog/draw/demo_plan.json"
quiet "$HENG" --quiet draw run 1
serve
python3 "$(dirname "$0")/http_entity.py" || fail "see above"
serve_stop
