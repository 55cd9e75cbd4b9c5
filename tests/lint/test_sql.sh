#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SQL lives in files below etl/sql/ that open with a comment (purpose, parameters, columns); no C
# file holds a statement. BEGIN, COMMIT and ROLLBACK are words, not statements.
. "$(dirname "$0")/lint.sh"

verbs='SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|COPY|MERGE|GRANT|REVOKE|LOCK|EXECUTE|CALL|DO|VACUUM|ANALYZE|WITH|SET|COMMENT'

violations() {
    c_files models etl daemon | code | grep -E "[\"]( |\\\\n)*($verbs) +[A-Za-z0-9_%*\$(]" |
        grep -vE '#[ 	]*include' | sed 's/$/  : SQL belongs into etl\/sql\//'
    files -name '*.sql' | grep -vE '^(etl/sql|tests)/' |
        sed 's/$/: SQL belongs into etl\/sql\//'
    files -path './etl/sql/*.sql' | while read -r path; do
        sed -n '1!{/^-- [A-Za-z(]/p;/^[^-]/q}' "$path" | grep -q '^-- ' ||
            echo "$path: no header comment after the SPDX line"
    done
    files -path './etl/sql/migrations/*' | grep -vE '/[0-9]{4}_[a-z0-9_]+\.sql$' |
        sed 's/$/: a migration is named NNNN_words.sql/'
    files -path './etl/sql/migrations/*.sql' | sed 's|.*/||; s|_.*||' | uniq -d |
        sed 's|.*|etl/sql/migrations/&: two migrations with this number|'
    # What does not run, or does something else in silence, on a table that is spread over machines.
    files -path './etl/sql/*.sql' | xargs -r awk '{ sub(/--.*/, ""); print FILENAME ":" FNR ":" $0 }' |
        grep -iwE 'tablesample|random\(\)|grouping sets|rollup|cube|(big|small)?serial|prepare transaction|create (or replace )?(trigger|rule|policy)|merge into' |
        sed 's/$/  : not on a distributed table/'
}

plants() {
    plant etl/store/planted.c 'const char *a = "SELECT 1";'
    plant etl/store/planted.c 'const char *a = "  INSERT INTO entity VALUES ($1)";'
    plant daemon/planted.c 'void f(char *b) { snprintf(b, 9, "DELETE FROM %s", "x"); }'
    plant daemon/planted.sql '-- a comment'
    plant etl/sql/planted.sql '-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT 1;'
    plant etl/sql/migrations/1_planted.sql '-- x
-- y'
    plant etl/sql/migrations/planted.txt 'x'
    plant etl/sql/planted.sql "$header
SELECT 1 FROM entity TABLESAMPLE SYSTEM (1);"
    plant etl/sql/migrations/9999_planted.sql "$header
CREATE TABLE planted (id bigserial);"
    plant_edit etl/sql/migrations/9999 'for name in first second; do
        printf "%s\n" "$header" >etl/sql/migrations/9999_$name.sql; done'
    rm etl/sql/migrations/9999_*.sql
}

header='-- SPDX-License-Identifier: GPL-3.0-or-later
-- planted'

lint "$@"
