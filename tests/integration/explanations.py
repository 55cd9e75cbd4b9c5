# SPDX-License-Identifier: GPL-3.0-or-later
"""Explanations against the stored scores.

usage: explanations.py STORED EXPLANATION...
STORED has lines "code|score_milli|class|class_by_score|coverage_ppm|{dimensions}"; an EXPLANATION is
the output of heng explain --json.
"""
import json
import sys


def stored_scores(path):
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("|") for line in lines]
    return {row[0]: row[1:] for row in rows}


def problems(explanation, row):
    """What does not hold, as texts."""
    points = sum(reason["points_milli"] for reason in explanation["reasons"])
    dimensions = [dimension["points_milli"] for dimension in explanation["dimensions"]]
    stored_dimensions = [int(part) for part in row[4].strip("{}").split(",")]
    claims = [
        ("the reasons' points", points, "the score", explanation["score_milli"]),
        ("score", explanation["score_milli"], "stored", int(row[0])),
        ("class", explanation["class"], "stored", row[1]),
        ("class_by_score", explanation["class_by_score"], "stored", row[2]),
        ("coverage_ppm", explanation["coverage_ppm"], "stored", int(row[3])),
        ("dimensions", dimensions, "stored", stored_dimensions),
    ]
    for dimension in explanation["dimensions"]:
        of_dimension = sum(reason["points_milli"] for reason in explanation["reasons"]
                           if reason.get("dimension") == dimension["id"])
        claims.append((f"the reasons of {dimension['id']}", of_dimension, "the dimension",
                       dimension["points_milli"]))
    known = {record["id"] for record in explanation["records"]}
    for reason in explanation["reasons"]:
        if "record" in reason:
            claims.append((f"record {reason['record']['id']} has a source",
                           reason["record"]["id"] in known, "expected", True))
    return [f"{a} {x!r}, {b} {y!r}" for a, x, b, y in claims if x != y]


def main():
    stored = stored_scores(sys.argv[1])
    wrong = records = 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            explanation = json.load(file)
        records += sum("record" in reason for reason in explanation["reasons"])
        for problem in problems(explanation, stored[explanation["code"]]):
            wrong += 1
            print(f"{explanation['code']}: {problem}")
    count = len(sys.argv) - 2
    print(f"{count} explanations with {records} records, {wrong} differences")
    return 1 if wrong or count < 50 or records < count else 0


if __name__ == "__main__":
    sys.exit(main())
