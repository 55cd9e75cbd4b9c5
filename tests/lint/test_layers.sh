#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Includes point down only: daemon -> etl -> models. A test sees what the storey that it mirrors sees.
. "$(dirname "$0")/lint.sh"

violations() {
    c_files models etl daemon tests | code -s | awk -F: '
        match($3, /^[ \t]*#[ \t]*include[ \t]*"/) {
            included = substr($3, RLENGTH + 1)
            sub(/".*/, "", included)
            home = $1
            target = included
            if (sub(mirror, "", home))
                sub(mirror, "", target)
            storey = home
            sub(/\/.*/, "", storey)
            sub(/\/.*/, "", target)
            if (!(target in height))
                print $1 ":" $2 ": include \"" included "\" does not begin with a storey"
            else if (storey in height && height[target] > height[storey])
                print $1 ":" $2 ": " storey " includes \"" included "\", which is above it"
        }
        BEGIN { mirror = "^tests/(unit|bench|fuzz|oracle)/" }
        BEGIN { height["models"] = 1; height["etl"] = 2; height["daemon"] = 3; height["tests"] = 4 }'
    c_files models etl daemon tests | code -s |
        grep -E ':[ 	]*#[ 	]*include[ 	]*<(models|etl|daemon)/' |
        sed 's/$/ : own headers are included with quotes/'
    files -path './dashboards/*.ts' -o -path './dashboards/*.tsx' |
        xargs -r grep -nE "from ['\"][^'\"]*/(daemon|etl|models)/" /dev/null |
        sed 's/$/ : pages know only the HTTP API/'
}

plants() {
    plant models/core/planted.c '#include "etl/store/sql.h"'
    plant models/core/planted.h '#  include "daemon/clock.h"'
    plant etl/store/planted.c '#include "daemon/clock.h"'
    plant etl/store/planted.c '#include "sql.h"'
    plant etl/store/planted.c '#include "../../daemon/clock.h"'
    plant etl/store/planted.c '#include <daemon/clock.h>'
    plant daemon/planted.c '#include "tests/planted.h"'
    plant tests/unit/models/core/test_planted.c '#include "etl/store/sql.h"'
    plant tests/unit/models/core/test_planted.c '#include "tests/unit/etl/store/planted.h"'
    plant dashboards/src/planted.ts 'import x from "../../daemon/openapi.json"'
}

lint "$@"
