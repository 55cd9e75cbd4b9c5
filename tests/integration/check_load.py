# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares what `heng load --json DIR` reported with the truth.json of a demo register."""
import json
import sys

truth = {f["file"]: f for f in json.load(open(sys.argv[1]))["files"]}
loaded = {r["file"].rsplit("/", 1)[1]: r for r in json.load(open(sys.argv[2]))}
wrong = 0
if truth.keys() != loaded.keys():
    print("files differ:", sorted(truth.keys() ^ loaded.keys()))
    wrong = 1
for name in sorted(truth.keys() & loaded.keys()):
    expected = tuple(truth[name][k] for k in ("rows", "inserted", "updated", "identical", "rejected"))
    found = tuple(loaded[name][k] for k in ("rows_in", "inserted", "updated", "identical", "rejected"))
    if expected != found:
        print(f"{name}: expected {expected}, found {found}")
        wrong = 1
sys.exit(wrong)
