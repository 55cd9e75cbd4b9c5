# SPDX-License-Identifier: GPL-3.0-or-later
"""A second verifier of draw bundles, from models/draw/FORMAT.md alone and the standard library.

usage: verify_bundle.py FOLDER
exit:  0 valid, 20 invalid, 21 not revealed, 77 this Python has no SM3

The maximum flow here is computed anew for every question: slow, simple, and no relation of the
program's own. Meant for bundles with up to a few hundred visits.
"""
import hashlib
import os
import re
import sys
from collections import deque

FILES = {"README.txt": 0, "commit.txt": 0, "salt.txt": 0, "strata.tsv": 0, "frame.tsv": 0,
         "inspectors.tsv": 0, "recusals.tsv": 0, "log.txt": 0, "draw.txt": 1, "result.tsv": 1,
         "reveal.txt": 2}
COMMIT_KEYS = """format rehearsal authority number plan plan_hash redraw_of redraw_reason as_of
 reveal_by alg method quota_rule quota_total frame_count frame_root strata_hash inspector_count
 inspectors_hash recusal_count recusals_hash region_tiers per_visit reserves slack load_cap
 salt_key_hash secret_hash beacon_source committed_at_s beacon_delay_s beacon_round beacon_rule
 log_previous""".split()
DRAW_KEYS = """format rehearsal commit_hash beacon_source beacon_evidence beacon key_hash
 result_hash selected_count log_previous""".split()
REVEAL_KEYS = "format commit_hash secret key log_previous".split()


class Invalid(Exception):
    pass


class NotRevealed(Exception):
    pass


def need(condition, where, message):
    if not condition:
        raise Invalid(f"{where}: {message}")


def same(where, expected, found):
    need(expected == found, where, f"expected {expected!r}, found {found!r}")


def number(where, field):
    need(re.fullmatch(rb"0|[1-9][0-9]*", field), where, f"expected a number, found {field!r}")
    return int(field)


def is_id(field):
    try:
        field.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return 1 <= len(field) <= 128 and not re.search(rb"[\x00-\x1f\x7f,]", field)


def lines(where, content):
    need(content == b"" or content.endswith(b"\n"), where, "the last line does not end with LF")
    return content.split(b"\n")[:-1]


def record(where, content, keys):
    rows = lines(where, content)
    need(len(rows) >= len(keys), where, f"expected {len(keys)} lines, found {len(rows)}")
    values = {}
    for key, row in zip(keys, rows):
        name, found, value = row.partition(b"=")
        need(found and name == key.encode(), where, f"expected {key}=, found {row!r}")
        values[key] = value
    return values, rows[len(keys):]


def table(where, content, count, order):
    rows = [row.split(b"\t") for row in lines(where, content)]
    for i, row in enumerate(rows):
        need(len(row) == count, f"{where} line {i + 1}", f"expected {count} fields")
        need(i == 0 or order(rows[i - 1]) < order(row), f"{where} line {i + 1}", "not in order")
    return rows


class Bundle:
    def __init__(self, folder):
        names = sorted(os.listdir(folder))
        for name in names:
            need(name in FILES, name, "not a file of a bundle")
            need(os.path.isfile(f"{folder}/{name}") and not os.path.islink(f"{folder}/{name}"),
                 name, "not a plain file")
        self.files = {}
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:
                self.files[name] = file.read()
        self.state = max((FILES[name] for name in names), default=0)
        for name, since in FILES.items():
            need(since > self.state or name in self.files, name, "missing")

    def hash(self, *parts):
        return hashlib.new(self.alg, b"".join(parts)).digest()

    def ticket(self, domain, *parts):
        return self.hash(self.key, bytes([domain]), *parts)

    def read_commit(self):
        content = self.files["commit.txt"]
        self.commit, rest = record("commit.txt", content, COMMIT_KEYS)
        commit = self.commit
        same("commit.txt format", b"SR-DRAW-COMMIT-v1", commit["format"])
        same("commit.txt method", b"equal-probability", commit["method"])
        need(commit["alg"] in (b"sha256", b"sm3"), "commit.txt alg", commit["alg"])
        self.alg = commit["alg"].decode()
        if self.alg == "sm3":
            try:
                hashlib.new("sm3")
            except ValueError:
                print("skipped: this Python has no SM3")
                sys.exit(77)
        reasons = []
        for row in rest:
            reason, tab, count = row.partition(b"\t")
            need(reason.startswith(b"exclusion=") and tab, "commit.txt", f"found {row!r}")
            number("commit.txt exclusion", count)
            reasons.append(reason[10:])
        need(all(map(is_id, reasons)) and reasons == sorted(set(reasons)), "commit.txt",
             "exclusions not in order")
        rehearsal = commit["beacon_source"] == b"rehearsal"
        same("commit.txt rehearsal", b"yes" if rehearsal else b"no", commit["rehearsal"])
        wait = (number("commit.txt", commit["committed_at_s"]) +
                number("commit.txt", commit["beacon_delay_s"]) - 1692803367)
        drand = commit["beacon_source"] == b"drand-quicknet"
        same("commit.txt beacon_round", 1 + -(-wait // 3) if drand else 0,
             number("commit.txt beacon_round", commit["beacon_round"]))
        self.tiers = [number("commit.txt region_tiers", part)
                      for part in commit["region_tiers"].split(b",")]
        need(self.tiers == sorted(set(self.tiers), reverse=True), "commit.txt region_tiers",
             "not falling")
        self.commit_hash = self.hash(content)

    def read_log(self):
        keys = ["commit", "draw", "reveal"][:self.state + 1]
        self.log, rest = record("log.txt", self.files["log.txt"], keys)
        before = b"".join(b"%s=%s\n" % (key.encode(), self.log[key]) for key in keys)
        same("log.txt", [b"check=" + self.hash(before).hex().encode()], rest)

    def check_log(self, name, values, file):
        found = self.hash(b"\0", bytes.fromhex(values["log_previous"].decode()), self.files[file])
        same(f"{file} log hash", self.log[name], found.hex().encode())

    def salted(self, file):
        salt = self.hash(b"SR-DRAW-TABLE-v1\0", self.salt_key, file.encode())
        return self.hash(salt, self.files[file]).hex().encode()

    def frame_root(self):
        level = []
        for entity, stratum, region, licence in self.frame:
            salt = self.hash(b"SR-DRAW-SALT-v1\0", self.salt_key, entity)
            seal = self.hash(b"\2", salt, stratum, b"\t", region, b"\t", licence)
            level.append(self.hash(b"\0", seal, entity))
        while len(level) > 1:
            pairs = [self.hash(b"\1", level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
            level = pairs + level[len(level) // 2 * 2:]
        return level[0].hex().encode()

    def read_tables(self):
        salt, rest = record("salt.txt", self.files["salt.txt"], ["format", "salt_key"])
        same("salt.txt", (b"SR-DRAW-SALT-v1", []), (salt["format"], rest))
        need(re.fullmatch(rb"[0-9a-f]{64}", salt["salt_key"]), "salt.txt", "not a digest")
        self.salt_key = bytes.fromhex(salt["salt_key"].decode())
        same("salt.txt digest", self.commit["salt_key_hash"],
             self.hash(self.salt_key).hex().encode())
        files = self.files
        self.strata = [(row[0], *(number("strata.tsv", field) for field in row[1:]))
                       for row in table("strata.tsv", files["strata.tsv"], 5, lambda row: row[0])]
        self.frame = table("frame.tsv", files["frame.tsv"], 4, lambda row: row[0])
        need(self.frame, "frame.tsv", "empty")
        self.inspectors = table("inspectors.tsv", files["inspectors.tsv"], 5, lambda row: row[0])
        recusals = table("recusals.tsv", files["recusals.tsv"], 2, lambda row: (row[1], row[0]))
        self.recused = {(inspector, entity) for inspector, entity in recusals}
        for where, rows in (("frame.tsv", self.frame), ("inspectors.tsv", self.inspectors)):
            need(all(is_id(field) for row in rows for field in row[:3]), where, "a bad id")
        commit = self.commit
        same("strata.tsv salted digest", commit["strata_hash"], self.salted("strata.tsv"))
        same("frame.tsv rows", int(commit["frame_count"]), len(self.frame))
        same("frame.tsv root", commit["frame_root"], self.frame_root())
        same("inspectors.tsv rows", int(commit["inspector_count"]), len(self.inspectors))
        same("inspectors.tsv salted digest", commit["inspectors_hash"],
             self.salted("inspectors.tsv"))
        same("recusals.tsv rows", int(commit["recusal_count"]), len(recusals))
        same("recusals.tsv salted digest", commit["recusals_hash"], self.salted("recusals.tsv"))
        sizes = {row[0]: 0 for row in self.strata}
        for row in self.frame:
            need(row[1] in sizes, "frame.tsv", f"unknown stratum {row[1]!r}")
            sizes[row[1]] += 1
        for row in self.strata:
            same(f"strata.tsv {row[0]!r}", sizes[row[0]], row[4])

    def read_draw(self):
        self.draw, rest = record("draw.txt", self.files["draw.txt"], DRAW_KEYS)
        same("draw.txt", [], rest)
        self.check_log("draw", self.draw, "draw.txt")
        draw, source = self.draw, self.commit["beacon_source"]
        same("draw.txt commit_hash", self.commit_hash.hex().encode(), draw["commit_hash"])
        same("draw.txt", (source, self.commit["rehearsal"]),
             (draw["beacon_source"], draw["rehearsal"]))
        evidence = bytes.fromhex(draw["beacon_evidence"].decode())
        if source == b"rehearsal":
            same("draw.txt beacon_evidence", b"", evidence)
            beacon = self.hash(b"SR-DRAW-REHEARSAL-v1\0", self.commit_hash)
        elif source == b"drand-quicknet":
            same("draw.txt beacon_evidence size", 48, len(evidence))
            beacon = hashlib.sha256(evidence).digest()
        else:
            beacon = self.hash(evidence)
        same("draw.txt beacon", beacon.hex().encode(), draw["beacon"])
        self.beacon = beacon

    def read_reveal(self):
        reveal, rest = record("reveal.txt", self.files["reveal.txt"], REVEAL_KEYS)
        same("reveal.txt", [], rest)
        self.check_log("reveal", reveal, "reveal.txt")
        same("reveal.txt commit_hash", self.commit_hash.hex().encode(), reveal["commit_hash"])
        secret = bytes.fromhex(reveal["secret"].decode())
        same("reveal.txt secret", self.commit["secret_hash"], self.hash(secret).hex().encode())
        self.key = self.hash(b"SR-DRAW-KEY-v1\0\0", self.commit_hash, self.beacon, secret)
        same("reveal.txt key", self.key.hex().encode(), reveal["key"])
        same("draw.txt key_hash", self.hash(self.key).hex().encode(), self.draw["key_hash"])

    def quotas(self):
        rule = self.commit["quota_rule"]
        if rule == b"ceil":
            for name, rate, low, high, size in self.strata:
                n = max((size * rate + 999999) // 1000000, low)
                yield min(n, high if high > 0 else n, size)
        elif rule == b"controlled":
            ticket = self.ticket(2, b"quota")
            below = int.from_bytes(ticket[:8], "big") * 1000000 >> 64
            for name, rate, low, high, size in self.strata:
                above = below + size * rate
                yield above // 1000000 - below // 1000000
                below = above
        else:
            total = int(self.commit["quota_total"])
            mass = sum(row[1] * row[4] for row in self.strata)
            shares = [divmod(total * row[1] * row[4], mass) for row in self.strata]
            quotas = [share for share, _ in shares]
            order = sorted(range(len(shares)), key=lambda h: (-shares[h][1], h))
            for h in order[:total - sum(quotas)]:
                quotas[h] += 1
            yield from quotas

    def select(self):
        self.quota = list(self.quotas())
        self.visits = []
        for row, quota in zip(self.strata, self.quota):
            order = sorted((self.ticket(1, entity[0]), entity[0], entity)
                           for entity in self.frame if entity[1] == row[0])
            self.visits += [(entity, rank + 1, ticket)
                            for rank, (ticket, _, entity) in enumerate(order[:quota])]

    def eligible(self, entity, tier):
        """Index -> licensed, of the inspectors eligible at this tier."""
        width = self.tiers[tier]
        return {i: entity[3] == b"" or entity[3] in inspector[4].split(b",")
                for i, inspector in enumerate(self.inspectors)
                if inspector[2][:width] == entity[2][:width]
                and (inspector[0], entity[0]) not in self.recused}

    def assign(self):
        k = int(self.commit["per_visit"])
        load_cap = int(self.commit["load_cap"])
        roster_caps = [number("inspectors.tsv", row[3]) for row in self.inspectors]
        everyone = len(self.visits)
        caps = [min(cap or everyone, load_cap or everyone, everyone) for cap in roster_caps]
        tier = [0] * len(self.visits)
        while True:
            edges = [self.eligible(visit[0], t) for visit, t in zip(self.visits, tier)]
            flow = Flow(edges, [k] * len(edges), [k - 1] * len(edges), caps)
            if flow.full():
                break
            short = [v for v in flow.shortage() if tier[v] + 1 < len(self.tiers)]
            need(short, "inspectors.tsv", "too few inspectors for a complete assignment")
            for v in short:
                tier[v] += 1
        low, high = 0, everyone
        while low < high:
            middle = (low + high) // 2
            limits = [min(cap, middle) for cap in caps]
            if Flow(edges, [k] * len(edges), [k - 1] * len(edges), limits).full():
                high = middle
            else:
                low = middle + 1
        limits = [min(cap, high + int(self.commit["slack"])) for cap in
                  [min(cap or everyone + 1000001, load_cap or everyone + 1000001)
                   for cap in roster_caps]]
        self.tier, self.least_load = tier, high
        self.serial_draw(edges, k, limits)

    def serial_draw(self, edges, k, limits):
        edges = [dict(edge) for edge in edges]
        needs, rooms = [k] * len(edges), [k - 1] * len(edges)
        self.assigned = [None] * len(edges)
        self.reserved = [None] * len(edges)
        order = sorted(range(len(edges)),
                       key=lambda v: (self.visits[v][2], self.visits[v][0][0]))
        for v in order:
            entity = self.visits[v][0][0]
            licences = dict(edges[v])
            queue = sorted(licences, key=lambda i: (
                self.ticket(3, self.inspectors[i][0], b"\0", entity), self.inspectors[i][0]))
            chosen = []
            for slot in range(k):
                for i in queue:
                    if i in chosen or limits[i] == 0 or (slot == 0 and not licences[i]):
                        continue
                    unlicensed = not licences[i]
                    if unlicensed and rooms[v] == 0:
                        continue
                    limits[i] -= 1
                    needs[v] -= 1
                    rooms[v] -= unlicensed
                    del edges[v][i]
                    if Flow(edges, needs, rooms, limits).full():
                        chosen.append(i)
                        break
                    limits[i] += 1
                    needs[v] += 1
                    rooms[v] += unlicensed
                    edges[v][i] = licences[i]
                else:
                    raise AssertionError("the serial draw came to a dead end")
            left = [i for i in queue if i not in chosen]
            reserves = []
            for slot in range(int(self.commit["reserves"])):
                pick = next((i for i in left if slot > 0 or licences[i]), None)
                reserves.append(pick)
                if pick is not None:
                    left.remove(pick)
            self.assigned[v], self.reserved[v] = chosen, reserves

    def result(self):
        drawn = int(self.commit["per_visit"]) > 0 and len(self.visits) > 0
        if drawn:
            self.assign()
        rows = [[b"format", b"SR-DRAW-RESULT-v1"], [b"rehearsal", self.commit["rehearsal"]],
                [b"commit_hash", self.commit_hash.hex().encode()],
                [b"least_load", b"%d" % (self.least_load if drawn else 0)]]
        end = 0
        for row, quota in zip(self.strata, self.quota):
            end += quota
            threshold = self.visits[end - 1][2].hex().encode() if quota else b"-"
            rows.append([b"stratum", row[0], b"%d" % row[4], b"%d" % quota, threshold])
        for v, (entity, rank, ticket) in enumerate(self.visits):
            row = [b"visit", entity[0], entity[1], b"%d" % rank, ticket.hex().encode()]
            if drawn:
                row.append(b"%d" % (self.tier[v] + 1))
                row += [self.inspectors[i][0] for i in self.assigned[v]]
                row += [b"-" if i is None else self.inspectors[i][0] for i in self.reserved[v]]
            rows.append(row)
        return [b"\t".join(row) for row in rows]

    def check_result(self):
        found = lines("result.tsv", self.files["result.tsv"])
        self.select()
        expected = self.result()
        for i, (a, b) in enumerate(zip(expected, found)):
            same(f"result.tsv line {i + 1}", a, b)
        same("result.tsv lines", len(expected), len(found))
        same("draw.txt result_hash", self.draw["result_hash"],
             self.ticket(6, self.files["result.tsv"]).hex().encode())
        same("draw.txt selected_count", len(self.visits), int(self.draw["selected_count"]))

    def verify(self):
        self.read_commit()
        self.read_log()
        self.check_log("commit", self.commit, "commit.txt")
        self.read_tables()
        if self.state < 1:
            raise NotRevealed("committed, not drawn")
        self.read_draw()
        if self.state < 2:
            raise NotRevealed("drawn, not revealed")
        self.read_reveal()
        self.check_result()


class Flow:
    """Maximum flow by shortest augmenting paths over an explicit residual graph."""

    def __init__(self, edges, needs, rooms, limits):
        self.graph = {}
        self.wanted = sum(needs)
        for i, limit in enumerate(limits):
            self.edge("s", ("i", i), limit)
        for v, edge in enumerate(edges):
            self.edge(("v", v), "t", needs[v])
            self.edge(("u", v), ("v", v), rooms[v])
            for i, licensed in edge.items():
                self.edge(("i", i), ("v" if licensed else "u", v), 1)
        self.visits = len(edges)
        self.value = 0
        while self.augment():
            self.value += 1

    def edge(self, a, b, capacity):
        self.graph.setdefault(a, {})[b] = capacity
        self.graph.setdefault(b, {}).setdefault(a, 0)

    def augment(self):
        if "s" not in self.graph:
            return False
        parent, queue = {"s": None}, deque(["s"])
        while queue:
            a = queue.popleft()
            for b, left in self.graph[a].items():
                if left > 0 and b not in parent:
                    parent[b] = a
                    if b == "t":
                        while parent[b] is not None:
                            self.graph[parent[b]][b] -= 1
                            self.graph[b][parent[b]] += 1
                            b = parent[b]
                        return True
                    queue.append(b)
        return False

    def full(self):
        return self.value == self.wanted

    def shortage(self):
        """The visits that can still reach the sink, directly or from their side node."""
        seen, queue = {"t"}, deque(["t"])
        while queue:
            b = queue.popleft()
            for a in self.graph[b]:
                if a not in seen and self.graph[a].get(b, 0) > 0:
                    seen.add(a)
                    queue.append(a)
        return [v for v in range(self.visits) if ("v", v) in seen or ("u", v) in seen]


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    try:
        bundle = Bundle(sys.argv[1])
        bundle.verify()
    except Invalid as problem:
        print(f"invalid: {problem}")
        return 20
    except NotRevealed as problem:
        print(f"not revealed: {problem}")
        return 21
    print(f"valid: {len(bundle.visits)} of {len(bundle.frame)} entities"
          f"{' (REHEARSAL)' if bundle.commit['rehearsal'] == b'yes' else ''}")
    return 0


sys.exit(main())
