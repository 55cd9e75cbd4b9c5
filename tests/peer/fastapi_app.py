# SPDX-License-Identifier: GPL-3.0-or-later
# A job and the list of batches as fastapi and psycopg answer them: the same statements on eight
# asynchronous connections, one worker. usage: python3 fastapi_app.py LIST-STATEMENT STAMP-STATEMENT
# JOB-STATEMENT; prints "port N".
import os
import re
import socket
import sys
from asyncio import Queue

import psycopg
import uvicorn
from fastapi import FastAPI
from psycopg.rows import dict_row, tuple_row

CONNECTIONS = 8
# psycopg's own form of parameters
LIST, STAMP, JOB = (re.sub(r"\$(\d)", r"%(p\1)s", open(path, encoding="utf-8").read().replace("%", "%%"))
               for path in sys.argv[1:4])
app = FastAPI()
pool = Queue()


@app.on_event("startup")
async def connect():
    for _ in range(CONNECTIONS):
        connection = await psycopg.AsyncConnection.connect(
            host=os.environ["PGHOST"], user=os.environ["PGUSER"], dbname=os.environ["PGDATABASE"],
            autocommit=True, row_factory=dict_row)
        connection.prepare_threshold = 0
        pool.put_nowait(connection)


@app.get("/api/v1/loads")
async def loads(source: str, limit: int):
    connection = await pool.get()
    try:
        rows = await (await connection.execute(
            LIST, {"p1": source, "p2": None, "p3": limit + 1})).fetchall()
        run = await (await connection.execute(STAMP)).fetchone()
    finally:
        pool.put_nowait(connection)
    items = [{name: value for name, value in row.items() if name != "key_1"} for row in rows[:limit]]
    return {"as_of": run and run["as_of"], "data_version": "1",
            "model": run and {"scheme": run["scheme"], "version": run["model_version"],
                              "run": run["run_id"]},
            "items": items, "next": str(items[-1]["batch"]) if len(rows) > limit else None}


MEMBERS = ("id", "kind", "state", "percent", "detail", "result", "error", "created_at", "started_at",
           "finished_at")


@app.get("/api/v1/jobs/{job_id}")
async def job(job_id: int):
    connection = await pool.get()
    try:
        cursor = connection.cursor(row_factory=tuple_row)
        row = await (await cursor.execute(JOB, {"p1": job_id, "p2": None})).fetchone()
    finally:
        pool.put_nowait(connection)
    return dict(zip(MEMBERS, row))


door = socket.socket()
door.bind(("127.0.0.1", 0))
print("port", door.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[door])
