# SPDX-License-Identifier: GPL-3.0-or-later
"""The malformed corpus: every file with its expected outcome.

python3 corpus.py make FOLDER          writes the files, a mapping for each and the list for `outcome`
python3 corpus.py check FOLDER FOUND   compares what `outcome` said, line by line

A case is (format, name, members of its mapping, contents, expected outcome). The outcome "ok ROWS
REJECTS: LINE REASON; …" must agree to the letter, of an error its kind and a part of its text.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))

import cases_book
import cases_text
import cases_tree

KINDS = ("input", "limit", "config")
FEWEST = 200


def mapping(form):
    return {
        "mapping": "heng-mapping-1", "source": "corpus", "kind": "inspection",
        "title": {"zh": "语料", "en": "Corpus"}, "jurisdiction": "CN-50", "key": ["no"],
        "subject": [{"scheme": "uscc", "column": "code"}],
        "fields": {
            "occurred_on": {"column": "day", "dates": ["YYYY-MM-DD", "YYYY/M/D", "YYYYMMDD", "YYYY年M月D日"]},
            "outcome": {"column": "result"},
            "violation_count": {"column": "n"},
        },
        **form,
    }


def all_cases():
    for module in (cases_text, cases_tree, cases_book):
        yield from module.cases()


def make(folder):
    lines = []
    for kind, name, form, data, _ in all_cases():
        path = os.path.join(folder, "%s.%s" % (name, kind))
        assert not os.path.exists(path), path
        with open(path, "wb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
        with open(path + ".mapping", "w", encoding="utf-8") as file:
            json.dump(mapping(form), file, ensure_ascii=False)
        lines.append("%s.mapping\t%s\n" % (path, path))
    with open(os.path.join(folder, "list"), "w", encoding="utf-8") as file:
        file.writelines(lines)


def agrees(expected, found):
    if expected.startswith("ok "):
        return expected == found
    kind, _, text = expected.partition(" ")
    if kind not in KINDS:
        kind, text = "input", expected
    return found.startswith(kind + " ") and text in found


def check(found_path):
    cases = list(all_cases())
    with open(found_path, encoding="utf-8", newline="\n") as file:
        found = file.read().split("\n")[:-1]
    wrong = 0
    if len(found) != len(cases) or len(cases) < FEWEST:
        print("expected at least %d cases and as many outcomes, found %d and %d" % (FEWEST, len(cases), len(found)))
        wrong = 1
    for (kind, name, _, _, expected), outcome in zip(cases, found):
        if not agrees(expected, outcome):
            print("%s.%s: expected %s\n    found %s" % (name, kind, expected, outcome))
            wrong += 1
    print("%d cases, %d not as expected" % (len(cases), wrong))
    return 1 if wrong else 0


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    sys.exit(check(sys.argv[3]))
