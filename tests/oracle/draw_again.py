# SPDX-License-Identifier: GPL-3.0-or-later
"""The draw itself, computed again from the tables and the key: FORMAT.md, sections 3 to 6 and 10."""
from collections import deque

from bundle_form import need

PPM = 1000000


def quotas_of(commit, strata, offset):
    """Per stratum; offset is V of section 4, for the rule controlled."""
    if commit["quota_rule"] == b"ceil":
        return [ceil(*row) for row in strata]
    if commit["quota_rule"] == b"hamilton":
        return hamilton(commit["quota_total"], strata)
    quotas, below = [], offset
    for _, rate, _, _, size in strata:
        above = below + size * rate
        quotas.append(above // PPM - below // PPM)
        below = above
    return quotas


def ceil(_, rate, low, high, size):
    n = max((size * rate + PPM - 1) // PPM, low)
    return min(n, high if high > 0 else n, size)


def hamilton(total, strata):
    mass = sum(row[1] * row[4] for row in strata)
    need(mass > 0, "strata.tsv", "nobody can be drawn")
    shares = [divmod(total * row[1] * row[4], mass) for row in strata]
    quotas = [share for share, _ in shares]
    order = sorted(range(len(shares)), key=lambda h: (-shares[h][1], h))
    for h in order[:total - sum(quotas)]:
        quotas[h] += 1
    need(all(quota <= row[4] for quota, row in zip(quotas, strata)), "strata.tsv",
         "a quota above the entities of its stratum")
    return quotas


def head_of(commit, commit_hash):
    return [[b"format", b"SR-DRAW-RESULT-v1"], [b"rehearsal", commit["rehearsal"]],
            [b"commit_hash", commit_hash.hex().encode()]]


class Draw:
    def __init__(self, bundle, key):
        self.commit, self.commit_hash = bundle.commit, bundle.commit_hash
        self.strata, self.frame, self.tiers = bundle.strata, bundle.frame, bundle.tiers
        self.inspectors, self.caps, self.recused = bundle.inspectors, bundle.caps, bundle.recused
        self.hash, self.key = bundle.hash, key

    def ticket(self, domain, *parts):
        return self.hash(self.key, bytes([domain]), *parts)

    def select(self):
        ticket = self.ticket(2, b"quota")
        offset = int.from_bytes(ticket[:8], "big") * 1000000 >> 64
        self.quota = quotas_of(self.commit, self.strata, offset)
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
        k = self.commit["per_visit"]
        load_cap = self.commit["load_cap"]
        everyone = len(self.visits)
        caps = [min(cap or everyone, load_cap or everyone, everyone) for cap in self.caps]
        tier = [0] * len(self.visits)
        while True:
            edges = [self.eligible(visit[0], t) for visit, t in zip(self.visits, tier)]
            flow = Flow(edges, [k] * len(edges), [k - 1] * len(edges), caps)
            if flow.full():
                break
            short = [v for v in flow.shortage() if tier[v] + 1 < len(self.tiers)]
            need(short, "inspectors", "too few inspectors for a complete assignment")
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
        limits = [min(cap, high + self.commit["slack"]) for cap in
                  [min(cap or everyone + 1000001, load_cap or everyone + 1000001)
                   for cap in self.caps]]
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
            for slot in range(self.commit["reserves"]):
                pick = next((i for i in left if slot > 0 or licences[i]), None)
                reserves.append(pick)
                if pick is not None:
                    left.remove(pick)
            self.assigned[v], self.reserved[v] = chosen, reserves

    def result(self):
        """The lines of result.tsv."""
        self.select()
        drawn = self.commit["per_visit"] > 0 and len(self.visits) > 0
        if drawn:
            self.assign()
        rows = [*head_of(self.commit, self.commit_hash), [b"least_load", b"%d" % (self.least_load if drawn else 0)]]
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
