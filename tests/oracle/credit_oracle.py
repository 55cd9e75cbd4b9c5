#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second implementation of the credit engine, from the documents and headers alone.

Reads JSON lines {"model", "subject", "facts", "related", "as_of"} from standard input and prints one
JSON line {"class", "class_by_score", "score_milli", "dimension_milli", "coverage_ppm"} each. With
--check every line also holds "result"; differences are printed and the exit code is 1.

    oracle.credit_cases 2000 SOURCE_DIR | python3 tests/oracle/credit_oracle.py --check
"""
import datetime
import json
import sys

PPM = 1000000


def day(text):
    return datetime.date.fromisoformat(text)


def window_start(window, as_of):
    if not window:
        return datetime.date.min
    if "days" in window:
        if (as_of - datetime.date.min).days < window["days"]:
            return datetime.date.min
        return as_of - datetime.timedelta(days=window["days"])
    year, month = divmod(as_of.year * 12 + as_of.month - 1 - window["months"], 12)
    if year < 1:
        return datetime.date.min
    dom = as_of.day
    while True:
        try:
            return datetime.date(year, month + 1, dom)
        except ValueError:
            dom -= 1


def counting(facts, as_of):
    return [f for f in facts
            if day(f["occurred_on"]) <= as_of
            and (f.get("ends_on") is None or day(f["ends_on"]) > as_of)]


def admits(condition, fact):
    if condition is None or fact["kind"] not in condition["kinds"]:
        return False
    if "states" in condition and fact["state"] not in condition["states"]:
        return False
    return "severities" not in condition or fact["severity"] in condition["severities"]


def towards_zero(numerator, denominator):
    quotient = abs(numerator) // denominator
    return quotient if numerator >= 0 else -quotient


def band(bands, value):
    for row in bands:
        if "below" not in row or value < row["below"]:
            return row["points_milli"]
    raise AssertionError("the last band has no limit")


class Case:
    def __init__(self, line):
        self.model = line["model"]
        self.subject = line["subject"]
        self.as_of = day(line["as_of"])
        self.facts = counting(line["facts"], self.as_of)
        self.related = line.get("related")
        self.missing = 0
        self.may_miss = 0

    def within(self, condition, window):
        start = window_start(window, self.as_of)
        return [f for f in self.facts if admits(condition, f) and day(f["occurred_on"]) >= start]

    def field(self, name):
        if name == "age_years":
            born = self.subject.get("registered_on")
            if born is None or day(born) > self.as_of:
                return None
            born = day(born)
            return self.as_of.year - born.year - (
                (self.as_of.month, self.as_of.day) < (born.month, born.day))
        return self.subject.get(name)

    def miss(self, points):
        self.missing += 1
        return points

    def attribute(self, item):
        self.may_miss += 1
        name = item["attribute"]
        value = self.field(name)
        if value is None:
            return self.miss(item["missing_milli"])
        if "bands" in item:
            return band(item["bands"], value)
        if name == "licence_tags":
            held = [v["points_milli"] for v in item["values"] if v["value"] in value]
            return sum(held) if held else item["other_milli"]
        for row in item["values"]:
            if value == row["value"] or (name == "region_code" and value.startswith(row["value"])):
                return row["points_milli"]
        return item["other_milli"]

    def events(self, item):
        total = 0
        steps = item.get("decay", [{"within": None, "ppm": PPM}])
        for fact in self.facts:
            if not admits(item["facts"], fact):
                continue
            for step in steps:
                if day(fact["occurred_on"]) >= window_start(step["within"], self.as_of):
                    points = item["points_milli"][fact["severity"]]
                    total += towards_zero(points * step["ppm"], PPM)
                    break
        return total

    def count(self, item):
        return band(item["bands"], len(self.within(item["facts"], item.get("within"))))

    def amount(self, item):
        facts = self.within(item["facts"], item.get("within"))
        return band(item["bands"], sum(f["amount_fen"] for f in facts))

    def shrunk(self, item, hits, total):
        self.may_miss += 1
        prior = item["prior"]
        share = (hits * PPM + prior["share_ppm"] * prior["weight"]) // (total + prior["weight"])
        points = band(item["bands"], share)
        return points if total else self.miss(points)

    def share(self, item):
        facts = self.within(item["facts"], item.get("within"))
        return self.shrunk(item, sum(f["state"] in item["adverse"] for f in facts), len(facts))

    def is_hit(self, item, other):
        if other["status"] in item.get("statuses", []):
            return True
        start = window_start(item.get("within"), self.as_of)
        return any(admits(item.get("facts"), f) and day(f["occurred_on"]) >= start
                   for f in counting(other["facts"], self.as_of))

    def related_share(self, item):
        others = [o for o in self.related or []
                  if "relations" not in item or set(o["relations"]) & set(item["relations"])]
        return self.shrunk(item, sum(self.is_hit(item, o) for o in others), len(others))

    def growth(self, item):
        ages = [(self.as_of - day(f["occurred_on"])).days
                for f in self.facts if admits(item["facts"], f)]
        recent, earlier = item["recent_days"], item["earlier_days"]
        r = sum(age < recent for age in ages)
        e = sum(recent <= age < recent + earlier for age in ages)
        k = item["prior_events"]
        return band(item["bands"], (r * earlier + k * recent) * PPM // ((e + k) * recent))

    def imported(self, item):
        self.may_miss += 1
        facts = self.within({"kinds": [item["grade_kind"]]}, item.get("within"))
        if facts:
            latest = max(facts, key=lambda f: (f["occurred_on"], f["id"]))
            for row in item["grades"]:
                if row["grade"] == latest["grade"]:
                    return row["points_milli"]
        return self.miss(item["missing_milli"])

    def risk(self, item):
        self.may_miss += 1
        value = self.subject.get("risk_ppm")
        return self.miss(item["missing_milli"]) if value is None else band(item["bands"], value)

    def points(self, item):
        kinds = {"attribute": self.attribute, "events": self.events, "count": self.count,
                 "amount": self.amount, "share": self.share, "related": self.related_share,
                 "growth": self.growth, "imported": self.imported, "risk": self.risk}
        value = kinds[item["kind"]](item)
        value = max(value, item.get("min_milli", value))
        return min(value, item.get("max_milli", value))

    def holds(self, rule):
        if "statuses" in rule:
            return self.subject.get("status") in rule["statuses"]
        return len(self.within(rule["facts"], rule.get("within"))) >= rule.get("count_min", 1)

    def decide(self, score):
        classes = self.model["classes"]
        by_score = next(b["class"] for b in self.model["bands"]
                        if "below_milli" not in b or score < b["below_milli"])
        moves = {r["move"] for r in self.model["adjust"] if self.holds(r)}
        rank = classes.index(by_score) + ("down" in moves) - ("up" in moves)
        rank = min(max(rank, 0), len(classes) - 1)
        held = [r for r in self.model["direct"] if self.holds(r)]
        for rule in held:
            if "class" in rule:
                return by_score, rule["class"]
        for rule in held:
            rank = max(rank, classes.index(rule["floor"]))
        return by_score, classes[rank]

    def result(self):
        dimensions = []
        for dimension in self.model["dimensions"]:
            total = dimension["base_milli"] + sum(self.points(i) for i in dimension["indicators"])
            dimensions.append(min(max(total, dimension["min_milli"]), dimension["max_milli"]))
        score = self.model["base_milli"] + sum(dimensions)
        by_score, letter = self.decide(score)
        known = self.may_miss - self.missing
        return {"class": letter, "class_by_score": by_score, "score_milli": score,
                "dimension_milli": dimensions,
                "coverage_ppm": known * PPM // self.may_miss if self.may_miss else PPM}


def main():
    check = sys.argv[1:] == ["--check"]
    models = {}
    lines = differences = 0
    for text in sys.stdin:
        line = json.loads(text)
        if isinstance(line["model"], str):
            line["model"] = models[line["model"]]
        elif "name" in line:
            models[line["name"]] = line["model"]
            if "subject" not in line:
                continue
        result = Case(line).result()
        lines += 1
        if not check:
            print(json.dumps(result))
        elif result != line["result"]:
            differences += 1
            print("line %d: expected %s, found %s" % (lines, result, line["result"]))
    if check:
        print("%d cases, %d differences" % (lines, differences))
        sys.exit(1 if differences or lines == 0 else 0)


if __name__ == "__main__":
    main()
