// SPDX-License-Identifier: GPL-3.0-or-later
// A job and the list of batches as fastify and pg answer them: the same statements, prepared under
// names, eight connections. usage: node fastify.js LIST-STATEMENT STAMP-STATEMENT JOB-STATEMENT;
// prints "port N".
import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import pg from 'pg';

const CONNECTIONS = 8;
const [listText, stampText, jobText] = process.argv.slice(2).map((file) => readFileSync(file, 'utf8'));
pg.types.setTypeParser(20, Number); // bigint
const pool = new pg.Pool({ host: process.env.PGHOST, user: process.env.PGUSER, database: process.env.PGDATABASE, max: CONNECTIONS });
const server = fastify();
server.get('/api/v1/loads', async (request) => {
    const limit = Number(request.query.limit);
    const [list, stamp] = await Promise.all([
        pool.query({ name: 'list', text: listText, values: [request.query.source, null, limit + 1] }),
        pool.query({ name: 'stamp', text: stampText }),
    ]);
    const items = list.rows.slice(0, limit).map(({ key_1, ...item }) => item);
    const run = stamp.rows[0];
    return {
        as_of: run?.as_of ?? null, data_version: '1',
        model: run ? { scheme: run.scheme, version: run.model_version, run: run.run_id } : null,
        items, next: list.rows.length > limit ? String(items.at(-1).batch) : null,
    };
});
const jobMembers = ['id', 'kind', 'state', 'percent', 'detail', 'result', 'error', 'created_at', 'started_at', 'finished_at'];
server.get('/api/v1/jobs/:id', async (request) => {
    const job = await pool.query({ name: 'job', text: jobText, values: [request.params.id, null], rowMode: 'array' });
    return Object.fromEntries(jobMembers.map((name, i) => [name, job.rows[0][i]]));
});
await server.listen({ host: '127.0.0.1', port: 0 });
console.log('port', server.server.address().port);
