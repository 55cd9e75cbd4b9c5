# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes bundles: bytes, lines and fields as anyone could, and whole bundles as only the authority
could, who knows the secret and can compute every digest again.

Each function takes the files (name -> bytes) and changes them in place.
"""
from bundle_form import record
from draw_again import Draw
from verify_bundle import COMMIT, DRAW, REVEAL, Bundle

RECORDS = {"commit.txt": COMMIT, "draw.txt": DRAW, "reveal.txt": REVEAL}


def flip(name, at):
    def change(files):
        content = bytearray(files[name])
        content[at] ^= 1
        files[name] = bytes(content)
    return change


def replace(name, old, new):
    def change(files):
        assert old in files[name], (name, old)
        files[name] = files[name].replace(old, new, 1)
    return change


def rows(name, edit):
    """edit changes the list of lines."""
    def change(files):
        lines = files[name].split(b"\n")[:-1]
        edit(lines)
        files[name] = b"".join(line + b"\n" for line in lines)
    return change


def drop(name, at):
    return rows(name, lambda lines: lines.pop(at))


def repeat(name, at):
    return rows(name, lambda lines: lines.insert(at, lines[at]))


def add(name, line):
    return rows(name, lambda lines: lines.append(line))


def swap(name, a, b):
    def edit(lines):
        lines[a], lines[b] = lines[b], lines[a]
    return rows(name, edit)


def cell(name, row, column, value):
    """value: bytes, or a function of the old ones."""
    def edit(lines):
        fields = lines[row].split(b"\t")
        fields[column] = value(fields[column]) if callable(value) else value
        lines[row] = b"\t".join(fields)
    return rows(name, edit)


def swap_cells(name, row, a, b):
    def edit(lines):
        fields = lines[row].split(b"\t")
        fields[a], fields[b] = fields[b], fields[a]
        lines[row] = b"\t".join(fields)
    return rows(name, edit)


def put(name, key, value):
    """A line key=value."""
    def edit(lines):
        at = next(i for i, line in enumerate(lines) if line.startswith(key.encode() + b"="))
        lines[at] = key.encode() + b"=" + (value if isinstance(value, bytes) else value.encode())
    return rows(name, edit)


def remove(name):
    return lambda files: files.pop(name)


def write(name, content):
    def change(files):
        files[name] = content
    return change


def seal_logs(files):
    """log.txt again, from the records as they are."""
    bundle = Bundle(files)
    bundle.read_commit()
    lines = b""
    for key, name in zip(("commit", "draw", "reveal"), RECORDS):
        if name in files:
            values, _ = record(name, files[name], RECORDS[name])
            entry = bundle.hash(b"\0", values["log_previous"], files[name])
            lines += b"%s=%s\n" % (key.encode(), entry.hex().encode())
    files["log.txt"] = lines + b"check=" + bundle.hash(lines).hex().encode() + b"\n"


def seal_tables(files):
    """The tables into the commit."""
    bundle = Bundle(files)
    bundle.read_commit()
    bundle.read_salt()
    bundle.read_tables()
    put("commit.txt", "strata_hash", bundle.salted("strata.tsv").hex())(files)
    put("commit.txt", "frame_count", str(len(bundle.frame)))(files)
    put("commit.txt", "frame_root", bundle.frame_root().hex())(files)
    put("commit.txt", "inspector_count", str(len(bundle.inspectors)))(files)
    put("commit.txt", "inspectors_hash", bundle.salted("inspectors.tsv").hex())(files)
    put("commit.txt", "recusal_count", str(len(bundle.recused)))(files)
    put("commit.txt", "recusals_hash", bundle.salted("recusals.tsv").hex())(files)


def seal_draw(files):
    """The commit into the later records, then the key; the result keeps its lines but the head."""
    bundle = Bundle(files)
    bundle.read_commit()
    commit_hash = bundle.commit_hash.hex()
    put("draw.txt", "commit_hash", commit_hash)(files)
    put("reveal.txt", "commit_hash", commit_hash)(files)
    cell("result.tsv", 2, 1, commit_hash.encode())(files)
    bundle.draw, _ = record("draw.txt", files["draw.txt"], DRAW)
    reveal, _ = record("reveal.txt", files["reveal.txt"], REVEAL)
    beacon = bundle.read_beacon()
    key = bundle.hash(b"SR-DRAW-KEY-v1\0\0", bundle.commit_hash, beacon, reveal["secret"])
    put("draw.txt", "beacon", beacon.hex())(files)
    put("draw.txt", "key_hash", bundle.hash(key).hex())(files)
    put("reveal.txt", "key", key.hex())(files)
    return key


def seal_result(files, key):
    bundle = Bundle(files)
    bundle.read_commit()
    put("draw.txt", "result_hash", bundle.hash(key, b"\6", files["result.tsv"]).hex())(files)


def seal(files):
    """Everything that stands on something else, except the result itself."""
    seal_tables(files)
    seal_result(files, seal_draw(files))
    seal_logs(files)


def redraw(files):
    """Like seal, and the result is what the changed commit gives."""
    seal_tables(files)
    key = seal_draw(files)
    bundle = Bundle(files)
    bundle.read_commit()
    bundle.read_salt()
    bundle.read_tables()
    lines = Draw(bundle, key).result()
    files["result.tsv"] = b"".join(line + b"\n" for line in lines)
    seal_result(files, key)
    seal_logs(files)


def each(*changes):
    def change(files):
        for one in changes:
            one(files)
    return change
