# SPDX-License-Identifier: GPL-3.0-or-later
# A second implementation of the format of etl/backup/manifest.h, for the tests of backups.
#   backup.py check DIR              recomputes every hash, count and checksum
#   backup.py older DIR ROOT NAME    makes the database NAME with the first 8 migrations only and a
#                                    few rows, and a backup of it, as an older program would have
#   backup.py newer DIR              adds a migration that this program does not have
#   backup.py misfit DIR             adds a row that its table cannot take, with sums that agree
#   backup.py flip DIR COUNT SEED    prints COUNT lines "file offset bit", over all files
#   backup.py damage DIR FILE OFFSET BIT
import gzip
import hashlib
import json
import os
import random
import subprocess
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


def newer(folder):
    manifest = json.loads(read(folder, "manifest.json"))
    table = next(table for table in manifest["tables"] if table["name"] == "schema_migration")
    lines = gzip.decompress(read(folder, table_file(table))).splitlines(keepends=True)
    manifest["migrations"].append({"version": 9000, "name": "9000_later.sql", "sha256": "00"})
    lines.append(lines[-1].replace(lines[-1].split(b"\t")[0], b"9000", 1))
    write(folder, table_file(table), gzip.compress(b"".join(lines)))
    table.update(tally(b"".join(lines)))
    seal(folder, manifest)


OLD_ROWS = """
INSERT INTO load_source (source, record_kind, jurisdiction, created_at) VALUES ('old', 'entity', 'CN-50', '2025-01-01T00:00:00Z');
INSERT INTO load_batch SELECT nextval('load_batch_id'), 1, 'f', decode(repeat('00', 32), 'hex'), 1, decode(repeat('01', 32), 'hex'),
    1, 1, true, 2, 2, 0, 0, 0, 0, '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z';
INSERT INTO entity (entity_id, scheme, code, registered, jurisdiction, name, licence_tags, batch_id, line, known_at)
SELECT n, 'uscc', 'c' || n, true, 'CN-50', E'tab\\t, line\\n, 衡, back\\\\slash ' || n, '{a,"b c"}', 1, n, '2025-01-01T00:00:00.123456Z'
  FROM generate_series(1, 300) n;
"""


def psql(database, text):
    done = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", database], input=text.encode(),
                          capture_output=True, env={**os.environ, "PGOPTIONS": "-c timezone=UTC -c client_min_messages=warning"})
    if done.returncode != 0:
        sys.exit("psql: " + done.stderr.decode())
    return done.stdout


def make_old(database, root):
    psql(database, "CREATE TABLE schema_migration (version integer PRIMARY KEY, name text NOT NULL,"
                   " sha256 text NOT NULL, applied_at timestamptz NOT NULL);")
    steps = []
    for name in sorted(os.listdir(os.path.join(root, "etl/sql/migrations")))[:8]:
        text = read(root, "etl/sql/migrations/" + name)
        steps.append({"version": int(name[:4]), "name": name, "sha256": hashlib.sha256(text).hexdigest()})
        psql(database, text.decode() + ";\nINSERT INTO schema_migration VALUES "
             f"({steps[-1]['version']}, '{name}', '{steps[-1]['sha256']}', now());")
    psql(database, OLD_ROWS)
    return steps


def older(folder, root, database):
    steps = make_old(database, root)
    there = psql(database, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace").decode().split()
    order = [line.split(",")[0] for line in read(root, "etl/sql/tables.csv").decode().splitlines()]
    manifest = {"backup": "heng-backup-1", "program": "0.0.1", "made_at": "2025-01-02T00:00:00Z", "server": "15.1",
                "database": database, "identity": "1/" + database, "database_bytes": 1, "audit_head": "0:00",
                "migrations": steps, "sequences": [], "tables": []}
    for line in psql(database, "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL").decode().splitlines():
        name, last = line.split("|")
        manifest["sequences"].append({"name": name, "last": int(last)})
    os.mkdir(folder)
    for name in sorted(there, key=order.index):
        content = psql(database, f"COPY {name} TO STDOUT (HEADER)")
        table = {"name": name, **tally(content)}
        write(folder, table_file(table), gzip.compress(content))
        manifest["tables"].append(table)
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
elif verb == "older":
    older(place, *rest)
elif verb == "newer":
    newer(place)
elif verb == "misfit":
    misfit(place)
elif verb == "flip":
    flips(place, int(rest[0]), int(rest[1]))
else:
    damage(place, rest[0], int(rest[1]), int(rest[2]))
