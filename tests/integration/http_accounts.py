# SPDX-License-Identifier: GPL-3.0-or-later
# One account of every role, for all districts and for one; sessions for them; what the description
# of the API says about routes and lists.
import json
import re

from http_client import new_session, request, session_sql, sql

ROLES = ["regulator", "planner", "leader", "auditor", "admin", "feeder"]
DISTRICT = "500112"

description = json.loads(request("GET", "/openapi.json").data)
operations = [(method.upper(), path, operation) for path, item in description["paths"].items()
              for method, operation in item.items() if method != "parameters"]


def make_accounts():
    rows = [f"('{role}_{where}', '{role}', {region}, NULL, 'x', false, now(), now())"
            for role in ROLES for where, region in (("all", "NULL"), ("own", f"'{DISTRICT}'"))]
    sql("INSERT INTO account (name, role, region_code, department_id, password_hash, disabled,"
        " created_at, password_at) VALUES " + ",".join(rows))


def login(name):
    session = new_session()
    sql(session_sql(session, name))
    return session


def query_parameters(operation):
    return [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]


def required_parameters(operation):
    return [p["name"] for p in operation.get("parameters", []) if p["in"] == "query" and p.get("required")]


def lists(cookie):
    """Name to operation of every list: a path without values that has an export."""
    found = {}
    for method, path, operation in operations:
        if method == "GET" and re.fullmatch(r"/api/v1/[a-z-]+", path):
            name = path.rpartition("/")[2]
            if request("HEAD", f"/api/v1/export/{name}.csv", cookie=cookie).status != 404:
                found[name] = operation
    return found
