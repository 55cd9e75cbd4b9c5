# SPDX-License-Identifier: GPL-3.0-or-later
"""A second verifier of draw bundles, from models/draw/FORMAT.md alone and the standard library.

usage: verify_bundle.py FOLDER
exit:  0 valid, 20 invalid, 21 not revealed, 77 this Python has no SM3

The draw itself is computed again in draw_again.py, with a maximum flow that is computed anew for
every question: slow, simple, and no relation of the program's own. Meant for bundles with up to a
few hundred visits.
"""
import hashlib
import os
import re
import sys

from bundle_form import (Invalid, NotRevealed, Unable, day, digest, ident, is_id, lines, need,
                         number, one_of, record, same, table, text, upto)
from draw_again import Draw, head_of, quotas_of

FILES = {"README.txt": 0, "commit.txt": 0, "salt.txt": 0, "strata.tsv": 0, "frame.tsv": 0,
         "inspectors.tsv": 0, "recusals.tsv": 0, "log.txt": 0, "draw.txt": 1, "result.tsv": 1,
         "reveal.txt": 2}

README = b"""\
A double-random draw, for auditors. Not for publication: strata.tsv, frame.tsv, salt.txt and
result.tsv show what the public bundle hides.

commit.txt      what was fixed before any randomness was known
salt.txt        the key of the salts in the commit's digests
strata.tsv      name, rate in parts per million, minimum, maximum, entities in the frame
frame.tsv       every entity that could be drawn: id, stratum, region, licence needed
inspectors.tsv  id, department, region, most visits (0 = no cap), specialities
recusals.tsv    inspector, entity he or she must not visit
draw.txt        the beacon and the digests of the key and the result
result.tsv      the entities drawn, with their inspectors and reserves
reveal.txt      the secret and the key, after the visits; without it the draw cannot be
                verified to the end
log.txt         the log hashes to compare with the authority's published log

Every byte is defined in models/draw/FORMAT.md. To verify: heng verify FOLDER
"""

SOURCES = (b"rehearsal", b"drand-quicknet", b"declared-text")

COMMIT = {"format": one_of(b"SR-DRAW-COMMIT-v1"), "rehearsal": one_of(b"no", b"yes"),
          "authority": ident, "number": number, "plan": ident, "plan_hash": digest,
          "redraw_of": number, "redraw_reason": text, "as_of": day, "reveal_by": day,
          "alg": one_of(b"sha256", b"sm3"), "method": one_of(b"equal-probability"),
          "quota_rule": one_of(b"ceil", b"controlled", b"hamilton"), "quota_total": number,
          "frame_count": number, "frame_root": digest, "strata_hash": digest,
          "inspector_count": number, "inspectors_hash": digest, "recusal_count": number,
          "recusals_hash": digest, "region_tiers": text, "per_visit": upto(16),
          "reserves": upto(8), "slack": upto(1000000), "load_cap": upto(1000000),
          "salt_key_hash": digest, "secret_hash": digest, "beacon_source": one_of(*SOURCES),
          "committed_at_s": number, "beacon_delay_s": number, "beacon_round": number,
          "beacon_rule": text, "log_previous": digest}
DRAW = {"format": one_of(b"SR-DRAW-RECORD-v1"), "rehearsal": one_of(b"no", b"yes"),
        "commit_hash": digest, "beacon_source": one_of(*SOURCES), "beacon_evidence": text,
        "beacon": digest, "key_hash": digest, "result_hash": digest, "selected_count": number,
        "log_previous": digest}
REVEAL = {"format": one_of(b"SR-DRAW-REVEAL-v1"), "commit_hash": digest, "secret": digest,
          "key": digest, "log_previous": digest}
SALT = {"format": one_of(b"SR-DRAW-SALT-v1"), "salt_key": digest}


def load(folder):
    """Name -> bytes."""
    files = {}
    for name in sorted(os.listdir(folder)):
        path = f"{folder}/{name}"
        need(name in FILES, name, "not a file of a bundle")
        need(os.path.isfile(path) and not os.path.islink(path), name, "not a plain file")
        with open(path, "rb") as file:
            files[name] = file.read()
    return files


class Bundle:
    def __init__(self, files):
        self.files = files
        self.state = max((FILES[name] for name in files), default=0)
        for name, since in FILES.items():
            need(since > self.state or name in files, name, "missing")

    def hash(self, *parts):
        return hashlib.new(self.alg, b"".join(parts)).digest()

    def read_commit(self):
        content = self.files["commit.txt"]
        self.commit, rest = record("commit.txt", content, COMMIT)
        self.alg = self.commit["alg"].decode()
        if self.alg not in hashlib.algorithms_available:
            raise Unable(f"this Python has no {self.alg}")
        self.commit_hash = self.hash(content)
        self.check_exclusions(rest)
        self.check_redraw()
        self.check_beacon_rule()
        tiers = [number("commit.txt region_tiers", part, 128)
                 for part in self.commit["region_tiers"].split(b",")]
        need(tiers == sorted(set(tiers), reverse=True) and len(tiers) <= 8,
             "commit.txt region_tiers", "not falling or more than 8")
        self.tiers = tiers

    def check_exclusions(self, rows):
        reasons = []
        for row in rows:
            reason, tab, count = row.partition(b"\t")
            need(reason.startswith(b"exclusion=") and tab, "commit.txt", f"found {row!r}")
            number("commit.txt exclusion", count)
            reasons.append(ident("commit.txt exclusion", reason[10:]))
        need(reasons == sorted(set(reasons)), "commit.txt", "exclusions not in order")

    def check_redraw(self):
        commit = self.commit
        need(commit["number"] >= 1, "commit.txt number", "expected 1 or more")
        need(commit["redraw_of"] < commit["number"], "commit.txt redraw_of", "not an earlier draw")
        same("commit.txt redraw_reason", commit["redraw_of"] > 0, commit["redraw_reason"] != b"")
        need(commit["as_of"] <= commit["reveal_by"], "commit.txt reveal_by", "before as_of")

    def check_beacon_rule(self):
        commit, source = self.commit, self.commit["beacon_source"]
        same("commit.txt rehearsal", b"yes" if source == b"rehearsal" else b"no",
             commit["rehearsal"])
        wait = commit["committed_at_s"] + commit["beacon_delay_s"] - 1692803367
        drand = source == b"drand-quicknet"
        need(not drand or wait >= 0, "commit.txt committed_at_s", "before the chain began")
        same("commit.txt beacon_round", 1 + -(-wait // 3) if drand else 0, commit["beacon_round"])
        same("commit.txt beacon_rule", source == b"declared-text", commit["beacon_rule"] != b"")

    def read_log(self):
        keys = ["commit", "draw", "reveal"][:self.state + 1]
        self.log, rest = record("log.txt", self.files["log.txt"], {key: digest for key in keys})
        before = b"".join(b"%s=%s\n" % (key.encode(), self.log[key].hex().encode())
                          for key in keys)
        same("log.txt", [b"check=" + self.hash(before).hex().encode()], rest)

    def check_log(self, name, values, file):
        same(f"{file} log hash", self.log[name].hex(),
             self.hash(b"\0", values["log_previous"], self.files[file]).hex())

    def salted(self, file):
        salt = self.hash(b"SR-DRAW-TABLE-v1\0", self.salt_key, file.encode())
        return self.hash(salt, self.files[file])

    def frame_root(self):
        level = []
        for entity, stratum, region, licence in self.frame:
            salt = self.hash(b"SR-DRAW-SALT-v1\0", self.salt_key, entity)
            seal = self.hash(b"\2", salt, stratum, b"\t", region, b"\t", licence)
            level.append(self.hash(b"\0", seal, entity))
        while len(level) > 1:
            pairs = [self.hash(b"\1", level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
            level = pairs + level[len(level) // 2 * 2:]
        return level[0]

    def read_salt(self):
        salt, rest = record("salt.txt", self.files["salt.txt"], SALT)
        same("salt.txt", [], rest)
        self.salt_key = salt["salt_key"]
        same("salt.txt digest", self.commit["salt_key_hash"], self.hash(self.salt_key))

    def read_tables(self):
        files = self.files
        self.strata = [(ident("strata.tsv", row[0]), number("strata.tsv", row[1], 1000000),
                        *(number("strata.tsv", field) for field in row[2:]))
                       for row in table("strata.tsv", files["strata.tsv"], 5, lambda row: row[0])]
        self.frame = table("frame.tsv", files["frame.tsv"], 4, lambda row: row[0])
        need(self.frame, "frame.tsv", "empty")
        for row in self.frame:
            need(all(map(is_id, row[:3])) and (row[3] == b"" or is_id(row[3])), "frame.tsv",
                 f"a bad id in {row!r}")
        self.inspectors = table("inspectors.tsv", files["inspectors.tsv"], 5, lambda row: row[0])
        self.caps = [number("inspectors.tsv", row[3], 1000000) for row in self.inspectors]
        for row in self.inspectors:
            skills = row[4].split(b",") if row[4] else []
            need(all(map(is_id, row[:3] + skills)) and skills == sorted(set(skills))
                 and len(skills) <= 32, "inspectors.tsv", f"bad ids in {row!r}")
        recusals = table("recusals.tsv", files["recusals.tsv"], 2, lambda row: (row[1], row[0]))
        need(all(map(is_id, sum(recusals, []))), "recusals.tsv", "a bad id")
        self.recused = {(inspector, entity) for inspector, entity in recusals}

    def check_tables(self):
        commit = self.commit
        same("strata.tsv salted digest", commit["strata_hash"], self.salted("strata.tsv"))
        same("frame.tsv rows", commit["frame_count"], len(self.frame))
        same("frame.tsv root", commit["frame_root"], self.frame_root())
        same("inspectors.tsv rows", commit["inspector_count"], len(self.inspectors))
        same("inspectors.tsv salted digest", commit["inspectors_hash"],
             self.salted("inspectors.tsv"))
        same("recusals.tsv rows", commit["recusal_count"], len(self.recused))
        same("recusals.tsv salted digest", commit["recusals_hash"], self.salted("recusals.tsv"))

    def check_strata(self):
        rule, total = self.commit["quota_rule"], self.commit["quota_total"]
        need(self.strata, "strata.tsv", "empty")
        need(rule == b"hamilton" or total == 0, "strata.tsv", "a total needs the rule hamilton")
        for name, _, low, high, _ in self.strata:
            need(high == 0 or low <= high, "strata.tsv", f"{name!r}: min above max")
            need(rule == b"ceil" or low == high == 0, "strata.tsv", f"{name!r}: min or max")
        sizes = {row[0]: 0 for row in self.strata}
        for row in self.frame:
            need(row[1] in sizes, "frame.tsv", f"unknown stratum {row[1]!r}")
            sizes[row[1]] += 1
        for row in self.strata:
            same(f"strata.tsv {row[0]!r}", sizes[row[0]], row[4])

    def read_beacon(self):
        source, evidence = self.commit["beacon_source"], self.draw["beacon_evidence"]
        need(re.fullmatch(rb"([0-9a-f]{2})*", evidence), "draw.txt beacon_evidence", "not hex")
        evidence = bytes.fromhex(evidence.decode())
        if source == b"rehearsal":
            same("draw.txt beacon_evidence", b"", evidence)
            return self.hash(b"SR-DRAW-REHEARSAL-v1\0", self.commit_hash)
        if source == b"drand-quicknet":
            same("draw.txt beacon_evidence size", 48, len(evidence))
            return hashlib.sha256(evidence).digest()
        try:
            evidence.decode("utf-8")
        except UnicodeDecodeError:
            raise Invalid("draw.txt beacon_evidence: not UTF-8") from None
        need(1 <= len(evidence) <= 512, "draw.txt beacon_evidence", "not 1 to 512 bytes")
        return self.hash(evidence)

    def read_draw(self):
        self.draw, rest = record("draw.txt", self.files["draw.txt"], DRAW)
        same("draw.txt", [], rest)
        self.check_log("draw", self.draw, "draw.txt")
        draw = self.draw
        same("draw.txt commit_hash", self.commit_hash, draw["commit_hash"])
        same("draw.txt", (self.commit["beacon_source"], self.commit["rehearsal"]),
             (draw["beacon_source"], draw["rehearsal"]))
        self.beacon = self.read_beacon()
        same("draw.txt beacon", self.beacon, draw["beacon"])

    def check_without_key(self):
        """What section 11, step 6 asks of result.tsv."""
        rows = [row.split(b"\t") for row in lines("result.tsv", self.files["result.tsv"])]
        need(len(rows) >= 4 + len(self.strata), "result.tsv", "too short")
        same("result.tsv head", head_of(self.commit, self.commit_hash), rows[:3])
        need(len(rows[3]) == 2 and rows[3][0] == b"least_load", "result.tsv line 4", "least_load")
        number("result.tsv line 4", rows[3][1])
        expected = []
        fixed = self.commit["quota_rule"] != b"controlled"
        quotas = quotas_of(self.commit, self.strata, 0)
        for stratum, quota, row in zip(self.strata, quotas, rows[4:]):
            need(len(row) == 5, "result.tsv", f"not a stratum: {row!r}")
            same("result.tsv", [b"stratum", stratum[0], b"%d" % stratum[4]], row[:3])
            found = number("result.tsv quota", row[3], stratum[4])
            need(not fixed or found == quota, "result.tsv", f"expected {quota}, found {found}")
            expected += [(stratum[0], rank + 1) for rank in range(found)]
        self.check_visits(expected, rows[4 + len(self.strata):])
        same("draw.txt selected_count", len(expected), self.draw["selected_count"])

    def check_visits(self, expected, rows):
        k = self.commit["per_visit"]
        fields = 5 + (1 + k + self.commit["reserves"] if k else 0)
        stratum_of = {row[0]: row[1] for row in self.frame}
        same("result.tsv visits", len(expected), len(rows))
        for (stratum, rank), row in zip(expected, rows):
            need(len(row) == fields and row[0] == b"visit", "result.tsv", f"not a visit: {row!r}")
            same(f"result.tsv {row[1]!r}", (stratum, stratum, b"%d" % rank),
                 (stratum_of.get(row[1]), row[2], row[3]))

    def read_reveal(self):
        reveal, rest = record("reveal.txt", self.files["reveal.txt"], REVEAL)
        same("reveal.txt", [], rest)
        self.check_log("reveal", reveal, "reveal.txt")
        same("reveal.txt commit_hash", self.commit_hash, reveal["commit_hash"])
        secret = reveal["secret"]
        same("reveal.txt secret", self.commit["secret_hash"], self.hash(secret))
        self.key = self.hash(b"SR-DRAW-KEY-v1\0\0", self.commit_hash, self.beacon, secret)
        same("reveal.txt key", self.key, reveal["key"])
        same("draw.txt key_hash", self.hash(self.key), self.draw["key_hash"])

    def check_result(self):
        found = lines("result.tsv", self.files["result.tsv"])
        expected = Draw(self, self.key).result()
        for i, (a, b) in enumerate(zip(expected, found)):
            same(f"result.tsv line {i + 1}", a, b)
        same("result.tsv lines", len(expected), len(found))
        same("draw.txt result_hash", self.draw["result_hash"],
             self.hash(self.key, b"\6", self.files["result.tsv"]))

    def verify(self):
        same("README.txt", README, self.files["README.txt"])
        self.read_commit()
        self.read_log()
        self.check_log("commit", self.commit, "commit.txt")
        self.read_salt()
        self.read_tables()
        self.check_tables()
        self.check_strata()
        if self.state < 1:
            raise NotRevealed("committed, not drawn")
        self.read_draw()
        self.check_without_key()
        if self.state < 2:
            raise NotRevealed("drawn, not revealed")
        self.read_reveal()
        self.check_result()


def verdict(folder):
    """Exit code and text."""
    try:
        bundle = Bundle(load(folder))
        bundle.verify()
    except Invalid as problem:
        return 20, f"invalid: {problem}"
    except NotRevealed as problem:
        return 21, f"not revealed: {problem}"
    except Unable as problem:
        return 77, f"skipped: {problem}"
    rehearsal = " (REHEARSAL)" if bundle.commit["rehearsal"] == b"yes" else ""
    selected = bundle.draw["selected_count"]
    return 0, f"valid: {selected} of {len(bundle.frame)} entities{rehearsal}"


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    code, text_of_verdict = verdict(sys.argv[1])
    print(text_of_verdict)
    return code


if __name__ == "__main__":
    sys.exit(main())
