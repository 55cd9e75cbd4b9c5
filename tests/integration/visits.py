# SPDX-License-Identifier: GPL-3.0-or-later
"""The visits of a draw against the files that the departments sent, not against the bundle's own.

usage: visits.py BUNDLE AS_OF INSPECTORS.csv RECUSALS.csv...
Every visit has two inspectors and two reserves (or "-"), all different, none recused, none on leave or
without a certificate; the first of the inspectors has the speciality that the entity needs.
"""
import csv
import datetime
import sys


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def table(bundle, name):
    with open(f"{bundle}/{name}", encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def certificate_until(row):
    text = row["证件有效期至"]
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            pass
    raise ValueError(text)


def problems(visit, licence, inspectors, recused, as_of):
    entity, people = visit[1], visit[6:10]
    named = [person for person in people if person != "-"]
    if len(people) != 4 or "-" in people[:2] or len(set(named)) != len(named):
        yield f"expected two inspectors and two reserves, all different, found {people}"
    for person in named:
        row = inspectors[person]
        if (person, entity) in recused:
            yield f"{person} is recused"
        if row["是否请假"] == "是" or certificate_until(row) < as_of:
            yield f"{person} cannot take part"
    if licence and licence not in inspectors[people[0]]["专业领域"].split("|"):
        yield f"{people[0]} has not the speciality {licence}"


def main():
    bundle, as_of = sys.argv[1], datetime.date.fromisoformat(sys.argv[2])
    inspectors = {row["执法人员编号"]: row for row in rows(sys.argv[3])}
    recused = {(row["执法人员编号"], row["统一社会信用代码"])
               for path in sys.argv[4:] for row in rows(path)}
    licences = {row[0]: row[3] for row in table(bundle, "frame.tsv")}
    visits = [row for row in table(bundle, "result.tsv") if row[0] == "visit"]
    wrong = 0
    for visit in visits:
        for problem in problems(visit, licences[visit[1]], inspectors, recused, as_of):
            wrong += 1
            print(f"{visit[1]}: {problem}")
    visited = {visit[1] for visit in visits}
    touched = sum(entity in visited for _, entity in recused)
    licensed = sum(licences[entity] != "" for entity in visited)
    print(f"{len(visits)} visits, {licensed} need a speciality, {touched} recusals of visited "
          f"entities, {wrong} problems")
    return 1 if wrong or not visits or not licensed or 2 * touched < len(visits) else 0


if __name__ == "__main__":
    sys.exit(main())
