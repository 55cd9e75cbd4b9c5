#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every source file names the licence in its first line (a script: in its first two); the full text
# is at daemon/COPYING.
. "$(dirname "$0")/lint.sh"

violations() {
    files -name '*.c' -o -name '*.h' -o -name '*.sql' -o -name '*.sh' -o -name '*.awk' -o -name '*.py' \
        -o -name '*.js' -o -name '*.ts' -o -name '*.tsx' -o -name '*.css' -o -name '*.cmake' \
        -o -name CMakeLists.txt -o -path './.ci/run' |
        xargs awk '
            FNR == 1 { if (NR > 1 && !found) print name ": no SPDX line"; found = 0; name = FILENAME; script = /^#!/ }
            FNR <= 1 + script && /^(\/\*|\/\/|#|--) SPDX-License-Identifier: GPL-3\.0-or-later( \*\/)?$/ { found = 1 }
            END { if (!found) print name ": no SPDX line" }'
    grep -q 'GNU GENERAL PUBLIC LICENSE' daemon/COPYING || echo "daemon/COPYING: not the licence"
}

plants() {
    plant models/core/planted.c 'int planted;'
    plant etl/sql/planted.sql '-- SPDX-License-Identifier: MIT'
    plant tests/planted.sh '#!/bin/sh

# SPDX-License-Identifier: GPL-3.0-or-later'
    plant daemon/COPYING 'all rights reserved'
}

lint "$@"
