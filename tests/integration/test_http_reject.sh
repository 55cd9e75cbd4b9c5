#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Quality per source and day, rejects by batch, their file and their replay over HTTP, against rows
# counted anew.
. "$(dirname "$0")/http.sh"
quiet() {
    "$HENG" --quiet "$@" >"$FOLDER/quiet.out" 2>"$FOLDER/quiet.err" || fail "$* failed"
}
quiet demo --entities 500 --seed 3 --until 2026-06-30 --out "$FOLDER/demo"
quiet load "$FOLDER/demo"
cat >"$FOLDER/bad.json" <<'END'
{"mapping": "heng-mapping-1", "source": "letters", "kind": "complaint",
 "title": {"zh": "投诉", "en": "Complaints"}, "jurisdiction": "CN-50", "encoding": "gb18030",
 "delimiter": ";", "key": ["编号"], "subject": [{"scheme": "regno", "column": "主体"}],
 "fields": {"received_on": {"column": "日期"},
            "outcome": {"column": "结果", "values": {"属实": "upheld"}}}}
END
{
    echo '编号;主体;日期;结果'
    for i in 1 2 3 4 5 6; do echo "$i;甲;2026-05-0$i;属实"; done
    echo '6;甲;2026-05-06;属实'
    echo '6;甲;2026-05-07;'
    echo '7;乙;2026/5/7;属实'
    echo '8;"丙";2026-05-08;不属实'
} | iconv -f UTF-8 -t GB18030 >"$FOLDER/letters.csv"
quiet load --mapping "$FOLDER/bad.json" "$FOLDER/letters.csv"
export FOLDER
serve
python3 "$(dirname "$0")/http_reject.py" || fail "see above"
serve_stop
