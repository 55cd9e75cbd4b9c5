# SPDX-License-Identifier: GPL-3.0-or-later
"""Both verifiers on good, unrevealed and changed bundles: they must give the expected exit code, and
for an invalid bundle name the same file.

usage: tampered_bundles.py HENG FOLDER
FOLDER holds PLAN.committed, PLAN.drawn and PLAN.revealed for each plan of test_draw.sh.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from forge import (add, cell, drop, each, flip, put, redraw, remove, repeat, replace, rows, seal,
                   seal_logs, seal_tables, swap, swap_cells, write)
from verify_bundle import FILES, load, verdict

VALID, INVALID, NOT_REVEALED = 0, 20, 21
OTHER = "0123456789abcdef" * 4
VISIT = 4 + 4  # the first line of result.tsv that is a visit, with four strata


def upper(old):
    return old.upper()


def plus_one(old):
    return b"%d" % (int(old) + 1)


def other_than(a, b):
    """a, where it is not there yet, else b."""
    return lambda old: a if old != a else b


def second_name(files):
    """The place in frame.tsv of an entity of the first visit's stratum that was not drawn."""
    frame = [line.split(b"\t") for line in files["frame.tsv"].split(b"\n")[:-1]]
    result = files["result.tsv"]
    stratum = result.split(b"\n")[VISIT].split(b"\t")[2]
    return next(row[0] for row in frame if row[1] == stratum and row[0] not in result)


def another_entity(files):
    cell("result.tsv", VISIT, 1, second_name(files))(files)


def entity_of_another_stratum(files):
    last = files["result.tsv"].split(b"\n")[-2].split(b"\t")[1]
    cell("result.tsv", VISIT, 1, last)(files)


def link(folder, name):
    shutil.move(f"{folder}/{name}", f"{folder}.elsewhere")
    os.symlink(f"{folder}.elsewhere", f"{folder}/{name}")


def directory(folder, name):
    os.remove(f"{folder}/{name}")
    os.mkdir(f"{folder}/{name}")


# Changes that anyone with the files can make: (what, file that must be named, change).
CHANGED = [
    ("one bit of README.txt", "README.txt", flip("README.txt", 40)),
    ("authority", "commit.txt", put("commit.txt", "authority", "other")),
    ("number", "commit.txt", put("commit.txt", "number", "9")),
    ("number with a zero before it", "commit.txt", put("commit.txt", "number", "01")),
    ("plan", "commit.txt", put("commit.txt", "plan", "other")),
    ("plan_hash", "commit.txt", put("commit.txt", "plan_hash", OTHER)),
    ("plan_hash in capitals", "commit.txt", rows("commit.txt", lambda r: r.__setitem__(
        5, r[5][:10] + r[5][10:].upper()))),
    ("redraw without a reason", "commit.txt", put("commit.txt", "redraw_of", "1")),
    ("as_of", "commit.txt", put("commit.txt", "as_of", "2026-06-29")),
    ("as_of that does not exist", "commit.txt", put("commit.txt", "as_of", "2026-06-31")),
    ("reveal_by", "commit.txt", put("commit.txt", "reveal_by", "2099-01-01")),
    ("hash function", "log.txt", put("commit.txt", "alg", "sm3")),
    ("hash function unknown", "commit.txt", put("commit.txt", "alg", "md5")),
    ("quota rule", "commit.txt", put("commit.txt", "quota_rule", "controlled")),
    ("frame_count", "commit.txt", put("commit.txt", "frame_count", "1")),
    ("frame_root", "commit.txt", put("commit.txt", "frame_root", OTHER)),
    ("strata_hash", "commit.txt", put("commit.txt", "strata_hash", OTHER)),
    ("region_tiers", "commit.txt", put("commit.txt", "region_tiers", "6,0")),
    ("per_visit", "commit.txt", put("commit.txt", "per_visit", "1")),
    ("slack", "commit.txt", put("commit.txt", "slack", "7")),
    ("secret_hash", "commit.txt", put("commit.txt", "secret_hash", OTHER)),
    ("committed_at_s", "commit.txt", put("commit.txt", "committed_at_s", "1800000000")),
    ("log_previous of the commit", "commit.txt", put("commit.txt", "log_previous", OTHER)),
    ("rehearsal hidden", "commit.txt", put("commit.txt", "rehearsal", "no")),
    ("a key away", "commit.txt", drop("commit.txt", 12)),
    ("two keys changed places", "commit.txt", swap("commit.txt", 1, 2)),
    ("an exclusion away", "commit.txt", drop("commit.txt", -1)),
    ("an exclusion smaller", "commit.txt", cell("commit.txt", -1, 1, b"0")),
    ("an exclusion twice", "commit.txt", repeat("commit.txt", -1)),
    ("a line after the end", "commit.txt", add("commit.txt", b"more=1")),
    ("CR LF", "commit.txt", replace("commit.txt", b"\n", b"\r\n")),
    ("log hash of the commit", "log.txt", flip("log.txt", 10)),
    ("log hash of the draw", "log.txt", put("log.txt", "draw", OTHER)),
    ("log hash of the reveal", "log.txt", put("log.txt", "reveal", OTHER)),
    ("check of the log", "log.txt", put("log.txt", "check", OTHER)),
    ("a log line away", "log.txt", drop("log.txt", 1)),
    ("a log line more", "log.txt", add("log.txt", b"check=" + OTHER.encode())),
    ("salt key", "salt.txt", put("salt.txt", "salt_key", OTHER)),
    ("salt key in capitals", "salt.txt", rows("salt.txt", lambda r: r.__setitem__(
        1, b"salt_key=" + r[1][9:].upper() + b"F"))),
    ("a line after the salt", "salt.txt", add("salt.txt", b"more=1")),
    ("a rate", "strata.tsv", cell("strata.tsv", 0, 1, plus_one)),
    ("a rate above one", "strata.tsv", cell("strata.tsv", 0, 1, b"1000001")),
    ("a stratum away", "strata.tsv", drop("strata.tsv", 3)),
    ("strata in another order", "strata.tsv", swap("strata.tsv", 0, 1)),
    ("a stratum's name", "strata.tsv", cell("strata.tsv", 3, 0, b"E")),
    ("a field too many", "strata.tsv", cell("strata.tsv", 0, 4, b"1\t2")),
    ("an entity's class", "frame.tsv", cell("frame.tsv", 10, 1, other_than(b"D", b"A"))),
    ("an entity's region", "frame.tsv", cell("frame.tsv", 10, 2, b"500999")),
    ("an entity's licence", "frame.tsv", cell("frame.tsv", 10, 3, b"other")),
    ("an entity away", "frame.tsv", drop("frame.tsv", 100)),
    ("an entity twice", "frame.tsv", repeat("frame.tsv", 100)),
    ("an entity more", "frame.tsv", add("frame.tsv", b"99\tA\t500103\t")),
    ("two entities in another order", "frame.tsv", swap("frame.tsv", 7, 8)),
    ("a comma in an id", "frame.tsv", cell("frame.tsv", 10, 2, b"5,1")),
    ("bytes that are not UTF-8", "frame.tsv", cell("frame.tsv", 10, 2, b"\xc3\x28")),
    ("a blank for a TAB", "frame.tsv", replace("frame.tsv", b"\t", b" ")),
    ("no LF at the end", "frame.tsv", lambda files: files.__setitem__(
        "frame.tsv", files["frame.tsv"][:-1])),
    ("an inspector's speciality", "inspectors.tsv", cell("inspectors.tsv", 3, 4, b"food,wine")),
    ("specialities out of order", "inspectors.tsv", cell("inspectors.tsv", 3, 4, b"wine,food")),
    ("an inspector's region", "inspectors.tsv", cell("inspectors.tsv", 3, 2, b"500999")),
    ("an inspector's cap", "inspectors.tsv", cell("inspectors.tsv", 3, 3, b"1")),
    ("an inspector away", "inspectors.tsv", drop("inspectors.tsv", 3)),
    ("a recusal away", "recusals.tsv", drop("recusals.tsv", 0)),
    ("a recusal more", "recusals.tsv", add("recusals.tsv", b"x\t99")),
    ("two recusals in another order", "recusals.tsv", swap("recusals.tsv", 0, 1)),
    ("the beacon", "draw.txt", put("draw.txt", "beacon", OTHER)),
    ("evidence of the beacon", "draw.txt", put("draw.txt", "beacon_evidence", "00")),
    ("evidence that is no hexadecimal", "draw.txt", put("draw.txt", "beacon_evidence", "0g")),
    ("key_hash", "draw.txt", put("draw.txt", "key_hash", OTHER)),
    ("result_hash", "draw.txt", put("draw.txt", "result_hash", OTHER)),
    ("selected_count", "draw.txt", put("draw.txt", "selected_count", "1")),
    ("log_previous of the draw", "draw.txt", put("draw.txt", "log_previous", OTHER)),
    ("the head of the result", "result.tsv", cell("result.tsv", 2, 1, OTHER.encode())),
    ("least_load", "result.tsv", cell("result.tsv", 3, 1, plus_one)),
    ("a quota", "result.tsv", cell("result.tsv", 4, 3, plus_one)),
    ("a threshold", "result.tsv", cell("result.tsv", 4, 4, OTHER.encode())),
    ("another entity", "result.tsv", another_entity),
    ("an entity of another stratum", "result.tsv", entity_of_another_stratum),
    ("a ticket", "result.tsv", cell("result.tsv", VISIT, 4, OTHER.encode())),
    ("a rank", "result.tsv", cell("result.tsv", VISIT, 3, b"2")),
    ("two visits in another order", "result.tsv", swap("result.tsv", VISIT, VISIT + 1)),
    ("a tier", "result.tsv", cell("result.tsv", VISIT, 5, other_than(b"3", b"1"))),
    ("the slots of two inspectors", "result.tsv", swap_cells("result.tsv", VISIT, 6, 7)),
    ("an inspector and a reserve", "result.tsv", swap_cells("result.tsv", VISIT, 7, 8)),
    ("the inspector of another visit", "result.tsv", cell("result.tsv", VISIT, 6, b"nobody")),
    ("a reserve", "result.tsv", cell("result.tsv", VISIT, 8, other_than(b"-", b"nobody"))),
    ("a visit away", "result.tsv", drop("result.tsv", -1)),
    ("a visit twice", "result.tsv", repeat("result.tsv", -1)),
    ("an empty line at the end", "result.tsv", add("result.tsv", b"")),
    ("the secret", "reveal.txt", put("reveal.txt", "secret", OTHER)),
    ("the key", "reveal.txt", put("reveal.txt", "key", OTHER)),
    ("commit_hash of the reveal", "reveal.txt", put("reveal.txt", "commit_hash", OTHER)),
    ("a line after the reveal", "reveal.txt", add("reveal.txt", b"more=1")),
    ("an unknown file", "notes.txt", write("notes.txt", b"")),
]
CHANGED += [(f"{name} missing", name, remove(name)) for name in FILES if name != "reveal.txt"]
CHANGED += [(f"{name} empty", name, write(name, b"")) for name in FILES]
CHANGED += [(f"the last bit of {name}", "log.txt" if name == "log.txt" else name, flip(name, -2))
            for name in FILES]

# Changes by an authority that computes every digest again: (what, code, file, change).
FORGED = [
    ("nothing", VALID, None, seal),
    ("a recusal away, all drawn anew", VALID, None, each(drop("recusals.tsv", 0), redraw)),
    ("another log before the draw", VALID, None,
     each(put("draw.txt", "log_previous", OTHER), seal)),
    ("a recusal away", INVALID, "result.tsv", each(drop("recusals.tsv", 0), seal)),
    ("a region", INVALID, "result.tsv", each(cell("frame.tsv", 10, 2, b"500999"), seal)),
    ("a rate", INVALID, "result.tsv", each(cell("strata.tsv", 0, 1, b"999999"), seal)),
    ("the slots of two inspectors", INVALID, "result.tsv",
     each(swap_cells("result.tsv", VISIT, 6, 7), seal)),
    ("a reserve", INVALID, "result.tsv",
     each(cell("result.tsv", VISIT, 9, other_than(b"-", b"nobody")), seal)),
    ("another entity", INVALID, "result.tsv", each(another_entity, seal)),
    ("least_load", INVALID, "result.tsv", each(cell("result.tsv", 3, 1, plus_one), seal)),
    ("another secret", INVALID, "reveal.txt", each(put("reveal.txt", "secret", OTHER), seal)),
    ("another beacon", INVALID, "draw.txt", each(seal, put("draw.txt", "beacon", OTHER), seal_logs)),
    ("result_hash", INVALID, "draw.txt",
     each(seal, put("draw.txt", "result_hash", OTHER), seal_logs)),
    ("key_hash", INVALID, "draw.txt", each(seal, put("draw.txt", "key_hash", OTHER), seal_logs)),
    ("selected_count", INVALID, "draw.txt", each(put("draw.txt", "selected_count", "3"), seal)),
    ("commit_hash of the draw", INVALID, "draw.txt",
     each(put("draw.txt", "commit_hash", OTHER), seal_logs)),
    ("commit_hash of the reveal", INVALID, "reveal.txt",
     each(put("reveal.txt", "commit_hash", OTHER), seal_logs)),
    ("the key", INVALID, "reveal.txt", each(put("reveal.txt", "key", OTHER), seal_logs)),
    ("another salt", INVALID, "salt.txt", each(put("salt.txt", "salt_key", OTHER), seal_logs)),
    ("a count of the strata", INVALID, "strata.tsv", each(cell("strata.tsv", 0, 4, b"1"), seal)),
    ("an unknown stratum", INVALID, "frame.tsv", each(cell("frame.tsv", 10, 1, b"Z"), seal)),
    ("min above max", INVALID, "strata.tsv",
     each(cell("strata.tsv", 0, 2, b"9"), cell("strata.tsv", 0, 3, b"8"), seal)),
    ("a total without its rule", INVALID, "strata.tsv",
     each(put("commit.txt", "quota_total", "5"), seal)),
    ("a total that cannot be", INVALID, "strata.tsv",
     each(put("commit.txt", "quota_rule", "hamilton"), put("commit.txt", "quota_total", "99999"),
          seal)),
    ("one inspector", INVALID, "inspectors",
     each(rows("inspectors.tsv", lambda r: r.__delitem__(slice(1, None))), seal)),
    ("a redraw of a later draw", INVALID, "commit.txt",
     each(put("commit.txt", "redraw_of", "999"), put("commit.txt", "redraw_reason", "x"))),
    ("reveal_by before as_of", INVALID, "commit.txt",
     put("commit.txt", "reveal_by", "2000-01-01")),
    ("beacon_round", INVALID, "commit.txt", put("commit.txt", "beacon_round", "7")),
    ("region_tiers that rise", INVALID, "commit.txt", put("commit.txt", "region_tiers", "0,6")),
    ("per_visit of 17", INVALID, "commit.txt", put("commit.txt", "per_visit", "17")),
]

# Changes of a bundle that is not revealed.
UNREVEALED = [
    ("drawn", "the slots of two inspectors, not to be seen yet", NOT_REVEALED, None,
     swap_cells("result.tsv", VISIT, 6, 7)),
    ("drawn", "another entity, not to be seen yet", NOT_REVEALED, None, another_entity),
    ("drawn", "an entity of another stratum", INVALID, "result.tsv", entity_of_another_stratum),
    ("drawn", "a quota", INVALID, "result.tsv", cell("result.tsv", 4, 3, plus_one)),
    ("drawn", "a visit away", INVALID, "result.tsv", drop("result.tsv", -1)),
    ("drawn", "selected_count", INVALID, "draw.txt",
     each(put("draw.txt", "selected_count", "1"), seal_logs)),
    ("drawn", "an entity away", INVALID, "frame.tsv", drop("frame.tsv", 3)),
    ("drawn", "result.tsv missing", INVALID, "result.tsv", remove("result.tsv")),
    ("committed", "a recusal away", INVALID, "recusals.tsv", drop("recusals.tsv", 0)),
    ("committed", "a recusal away, sealed", NOT_REVEALED, None,
     each(drop("recusals.tsv", 0), seal_tables, seal_logs)),
    ("committed", "an inspector's region", INVALID, "inspectors.tsv",
     cell("inspectors.tsv", 3, 2, b"500999")),
    ("committed", "frame_count", INVALID, "commit.txt", put("commit.txt", "frame_count", "1")),
    ("committed", "a file of a later state", INVALID, "draw.txt", write("result.tsv", b"")),
]


class Comparison:
    def __init__(self, heng, scratch):
        self.heng, self.scratch = heng, scratch
        self.count = self.differences = 0
        self.codes = {}

    def check(self, what, folder, expected, file):
        run = subprocess.run([self.heng, "verify", folder], capture_output=True, check=False)
        said = run.stderr.decode("utf-8", "replace").strip()
        code, text = verdict(folder)
        found = {"heng": (run.returncode, re.sub("^heng verify: ", "", said)),
                 "verify_bundle.py": (code, re.sub("^invalid: ", "", text))}
        self.count += 1
        self.codes[expected] = self.codes.get(expected, 0) + 1
        for who, (answer, reason) in found.items():
            if answer != expected or (file and not re.match(re.escape(file) + "[: ]", reason)):
                self.differences += 1
                print(f"{what}: expected {expected} {file or ''}, {who}: {answer} {reason}")

    def changed(self, what, files, change, expected, file):
        folder = f"{self.scratch}/{self.count}"
        copy = dict(files)
        change(copy)
        assert copy != files or expected == VALID, f"{what}: nothing was changed"
        os.mkdir(folder)
        for name, content in copy.items():
            with open(f"{folder}/{name}", "wb") as out:
                out.write(content)
        self.check(what, folder, expected, file)


def compare(heng, bundles, scratch):
    comparison = Comparison(heng, scratch)
    plans = sorted(name[:-9] for name in os.listdir(bundles) if name.endswith(".revealed"))
    for plan in plans:
        for state, expected in (("committed", NOT_REVEALED), ("drawn", NOT_REVEALED),
                                ("revealed", VALID)):
            comparison.check(f"{plan} {state}", f"{bundles}/{plan}.{state}", expected, None)
        files = load(f"{bundles}/{plan}.revealed")
        for what, name in (("README.txt", "README.txt"), ("result.tsv", "result.tsv")):
            comparison.changed(f"{plan}: {what}", files, flip(name, -3), INVALID, name)
    revealed = load(f"{bundles}/full.revealed")
    for what, file, change in CHANGED:
        comparison.changed(what, revealed, change, INVALID, file)
    comparison.changed("reveal.txt missing", revealed, remove("reveal.txt"), INVALID, "log.txt")
    for what, code, file, change in FORGED:
        comparison.changed(f"forged: {what}", revealed, change, code, file)
    for state, what, code, file, change in UNREVEALED:
        comparison.changed(f"{state}: {what}", load(f"{bundles}/full.{state}"), change, code, file)
    for name, spoil in (("salt.txt", link), ("frame.tsv", directory)):
        folder = f"{scratch}/{spoil.__name__}"
        shutil.copytree(f"{bundles}/full.revealed", folder)
        spoil(folder, name)
        comparison.check(f"{name} as a {spoil.__name__}", folder, INVALID, name)
    return comparison


def main():
    with tempfile.TemporaryDirectory() as scratch:
        comparison = compare(sys.argv[1], sys.argv[2], scratch)
    codes = ", ".join(f"{n} with exit code {code}" for code, n in sorted(comparison.codes.items()))
    print(f"{comparison.count} bundles ({codes}), {comparison.differences} differences")
    return 1 if comparison.differences or comparison.codes.get(INVALID, 0) < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
