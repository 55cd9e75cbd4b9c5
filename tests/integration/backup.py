# SPDX-License-Identifier: GPL-3.0-or-later
# A second implementation of the format of etl/backup/manifest.h, for the tests of backups.
#   backup.py check DIR              recomputes every hash, count and checksum
#   backup.py older DIR              takes the newest migration out, as an older program would have it
#   backup.py newer DIR              adds a migration that this program does not have
#   backup.py misfit DIR             adds a row that its table cannot take, with sums that agree
#   backup.py flip DIR COUNT SEED    prints COUNT lines "file offset bit", over all files
#   backup.py damage DIR FILE OFFSET BIT
import gzip
import hashlib
import json
import os
import random
import sys


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def write(folder, name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def tally(content):
    lines = content.split(b"\n")
    if lines.pop() != b"":
        sys.exit("the last line has no end")
    total = sum(int.from_bytes(hashlib.sha256(line + b"\n").digest(), "big") for line in lines)
    return {"rows": len(lines) - 1, "bytes": len(content),
            "checksum": (total % 2 ** 256).to_bytes(32, "big").hex()}


def table_file(table):
    return table["name"] + ".copy.gz"


def sums(folder, manifest):
    names = [table_file(table) for table in manifest["tables"]] + ["manifest.json"]
    return "".join(f"{hashlib.sha256(read(folder, name)).hexdigest()}  {name}\n" for name in names)


def check(folder):
    manifest = json.loads(read(folder, "manifest.json"))
    for table in manifest["tables"]:
        found = tally(gzip.decompress(read(folder, table_file(table))))
        for key, value in found.items():
            if table[key] != value:
                sys.exit(f"{table['name']}: {key} is {value}, the manifest says {table[key]}")
    if sums(folder, manifest).encode() != read(folder, "SHA256SUMS"):
        sys.exit("SHA256SUMS differs")
    expected = {"manifest.json", "SHA256SUMS"} | {table_file(table) for table in manifest["tables"]}
    if set(os.listdir(folder)) != expected:
        sys.exit(f"other files: {set(os.listdir(folder)) ^ expected}")
    print(len(manifest["tables"]), sum(table["rows"] for table in manifest["tables"]))


def seal(folder, manifest):
    write(folder, "manifest.json", json.dumps(manifest, indent=1).encode())
    write(folder, "SHA256SUMS", sums(folder, manifest).encode())


def change_migrations(folder, newer):
    manifest = json.loads(read(folder, "manifest.json"))
    table = next(table for table in manifest["tables"] if table["name"] == "schema_migration")
    lines = gzip.decompress(read(folder, table_file(table))).splitlines(keepends=True)
    if newer:
        manifest["migrations"].append({"version": 9000, "name": "9000_later.sql", "sha256": "00"})
        lines.append(lines[-1].replace(lines[-1].split(b"\t")[0], b"9000", 1))
    else:
        last = str(manifest["migrations"].pop()["version"]).encode()
        lines = [line for line in lines if line.split(b"\t")[0] != last]
    write(folder, table_file(table), gzip.compress(b"".join(lines)))
    table.update(tally(b"".join(lines)))
    seal(folder, manifest)


def misfit(folder):
    manifest = json.loads(read(folder, "manifest.json"))
    table = next(table for table in manifest["tables"] if table["name"] == "draw_log")
    content = gzip.decompress(read(folder, table_file(table))) + b"nobody\tx\n"
    write(folder, table_file(table), gzip.compress(content))
    table.update(tally(content))
    seal(folder, manifest)


def flips(folder, count, seed):
    chance = random.Random(seed)
    names = sorted(os.listdir(folder))
    for index in range(count):
        # Every file in turn, then anywhere by size; the ends of files first.
        name = names[index] if index < len(names) else chance.choices(
            names, [os.path.getsize(os.path.join(folder, name)) for name in names])[0]
        size = os.path.getsize(os.path.join(folder, name))
        offset = [chance.randrange(size), 0, size - 1][index % 3]
        print(name, offset, chance.randrange(8))


def damage(folder, name, offset, bit):
    data = bytearray(read(folder, name))
    data[offset] ^= 1 << bit
    write(folder, name, data)


verb, place, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
if verb == "check":
    check(place)
elif verb in ("older", "newer"):
    change_migrations(place, verb == "newer")
elif verb == "misfit":
    misfit(place)
elif verb == "flip":
    flips(place, int(rest[0]), int(rest[1]))
else:
    damage(place, rest[0], int(rest[1]), int(rest[2]))
