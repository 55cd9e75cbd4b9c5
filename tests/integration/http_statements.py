# SPDX-License-Identifier: GPL-3.0-or-later
# The texts of the statements that the server of the database gets from heng, read from its log
# (CLUSTER_LOG), with every value a parameter and so not part of a text.
import os
import re
import time

from http_client import sql

LOG = os.environ["CLUSTER_LOG"]
place = 0


def start():
    sql("ALTER SYSTEM SET log_statement = 'all';\nALTER SYSTEM SET log_line_prefix = '<<%a>>';\n"
        "ALTER SYSTEM SET log_parameter_max_length = 0;\nALTER SYSTEM SET log_parameter_max_length_on_error = 0;\n"
        "SELECT pg_reload_conf();")
    time.sleep(0.5)
    taken()


def taken():
    """Texts since the last call, in order."""
    global place
    sql("SELECT 'mark'")  # by now everything answered before is in the log
    with open(LOG, errors="surrogateescape") as log:
        log.seek(place)
        text = log.read()
        place = log.tell()
    entries = re.split(r"^<<(.*?)>>", text, flags=re.M)[1:]
    texts = []
    for name, entry in zip(entries[::2], entries[1::2]):
        found = re.match(r"LOG:  (?:execute [^:]*|statement): (.*)", entry, re.S)
        if name == "heng" and found:
            texts.append(re.sub(r"\s+", " ", found[1]).strip())
    return texts
