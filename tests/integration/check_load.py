# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares a load with the truth.json of a demo register: check_load.py TRUTH ACCOUNT [REJECTS].

ACCOUNT is what `heng load --json DIR` printed, REJECTS has lines "file|reason|rows"."""
import collections
import json
import sys

# What the register was spoiled with, and the reasons that say so.
REASONS = {
    "missing_field": {"required", "subject"},
    "bad_credit_code": {"credit-code"},
    "no_such_date": {"date"},
    "unknown_code": {"code", "region", "industry"},
    "bad_number": {"number"},
}
COLUMNS = ("rows", "inserted", "updated", "identical", "rejected")


def by_cause(path):
    """{file: {cause: rows}} of the reject table."""
    found = collections.defaultdict(collections.Counter)
    for line in open(path, encoding="utf-8"):
        name, reason, rows = line.rstrip("\n").split("|")
        causes = [cause for cause, reasons in REASONS.items() if reason in reasons]
        found[name][causes[0] if causes else reason] += int(rows)
    return found


truth = {f["file"]: f for f in json.load(open(sys.argv[1], encoding="utf-8"))["files"]}
loaded = {r["file"].rsplit("/", 1)[1]: r for r in json.load(open(sys.argv[2], encoding="utf-8"))}
rejects = by_cause(sys.argv[3]) if len(sys.argv) > 3 else None
wrong = []
if truth.keys() != loaded.keys():
    wrong.append(f"files differ: {sorted(truth.keys() ^ loaded.keys())}")
for name in sorted(truth.keys() & loaded.keys()):
    expected = tuple(truth[name][k] for k in COLUMNS)
    found = tuple(loaded[name]["rows_in" if k == "rows" else k] for k in COLUMNS)
    if expected != found:
        wrong.append(f"{name}: expected {expected}, found {found}")
    causes = {k: v for k, v in truth[name]["rejected_by_reason"].items() if v}
    if rejects is not None and rejects[name] != causes:
        wrong.append(f"{name}: expected rejects {causes}, found {dict(rejects[name])}")
print("\n".join(wrong), end="\n" if wrong else "")
sys.exit(bool(wrong))
