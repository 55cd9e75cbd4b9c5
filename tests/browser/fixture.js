// SPDX-License-Identifier: GPL-3.0-or-later
// node fixture.js FOLDER [PORT]: serves built pages with the strict content security policy and
// answers the API with made-up data. For working on the pages only: what the tests prove, they
// prove against `heng serve`.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import * as data from './fixture_data.js';

export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8' };
const roles = ['regulator', 'planner', 'leader', 'auditor', 'admin'];
const ACROSS = 50;

let role = null;
const alerts = Array.from({ length: 73 }, (_, index) => data.alert(index + 1));
const draws = [data.draw(1, 'revealed')];
const jobs = [];
const openStates = ['firing', 'acknowledged', 'assigned', 'in_progress'];
const to = { acknowledge: 'acknowledged', assign: 'assigned', start: 'in_progress', resolve: 'resolved', close: 'closed' };
const possible = {
    firing: [['acknowledge', []], ['assign', ['assignee']], ['resolve', ['verdict', 'reason']]], acknowledged: [['assign', ['assignee']], ['start', []], ['resolve', ['verdict', 'reason']]],
    assigned: [['assign', ['assignee', 'reason']], ['start', []], ['resolve', ['verdict', 'reason']]], in_progress: [['assign', ['assignee', 'reason']], ['resolve', ['verdict', 'reason']]], resolved: [['close', []]], closed: [],
};

function problem(status, kind, zh, en, detail, pointer) {
    return (request) => ({ status, type: 'application/problem+json', body: { type: `urn:heng:problem:${kind}`, title: /^en/.test(request.headers['accept-language'] ?? '') ? en : zh, status, detail, request_id: 'r-000001', ...(pointer ? { errors: [{ pointer, detail }] } : {}) } });
}
const ok = (body, status = 200) => () => ({ status, type: 'application/json', body });
const missing = problem(404, 'not-found', '没有找到', 'Not found', '');

// The planner is bound to a district; its name comes from the server or from the list of districts.
const session = () => ({ user: { name: `demo-${role}`, role, department_id: null, region_code: role === 'planner' ? '500157' : null }, token: 't'.repeat(32), expires_at: '2026-07-01T08:00:00+08:00' });
const seen = (alert) => ({ ...alert, ...data.stamp, allowed: role === 'leader' || role === 'auditor' ? [] : possible[alert.state].map(([event, needs]) => ({ event, needs })) });

function page(items, query) {
    const from = Number(Buffer.from(query.get('cursor') ?? '', 'base64url').toString() || 0);
    const across = Number(query.get('limit') ?? ACROSS);
    const next = from + across < items.length ? Buffer.from(String(from + across)).toString('base64url') : null;
    return { ...data.stamp, items: items.slice(from, from + across), next };
}

function step(alert, { event, reason, assignee, verdict }) {
    const allowed = possible[alert.state].find(([name]) => name === event);
    if (!allowed)
        return `${event} is not possible in state ${alert.state}`;
    alert.transitions.push({ step: alert.transitions.length + 1, event, from: alert.state, to: to[event], actor: `demo-${role}`, reason: reason ?? null, assignee: assignee ?? null, verdict: verdict ?? null, at: '2026-07-01T09:00:00+08:00', hash: String(alert.version % 10).repeat(64) });
    alert.state = to[event];
    alert.assignee = assignee ?? alert.assignee;
    alert.version += 1;
    return null;
}

function job(kind, result, end) {
    const one = { id: jobs.length + 1, kind, state: 'running', percent: 5, detail: null, result, error: null, end };
    jobs.push(one);
    return ok({ ...one, end: undefined }, 202);
}

function advance(one) {
    if (one.state === 'running' && (one.percent += 45) >= 100) {
        one.percent = 100;
        one.state = 'done';
        one.end();
    }
    return { ...one, end: undefined };
}

function drawOf(number, name, body) {
    const index = number - 1;
    const here = `/api/v1/draws/chongqing-demo/${number}`;
    if (!draws[index])
        return missing;
    if (name === 'verify')
        return ok({ verdict: { revealed: 'valid' }[draws[index].state] ?? 'not-revealed', detail: null });
    if (name === 'run')
        return draws[index].beacon.source === 'rehearsal' || body.beacon
            ? job('draw_run', here, () => { draws[index] = data.draw(number, 'drawn', draws[index].beacon); })
            : problem(422, 'input', '内容不符合要求', 'Input is not what it must be', 'expected the text that the plan names', '/beacon');
    if (name === 'reveal')
        return job('draw_reveal', here, () => { draws[index] = data.draw(number, 'revealed', draws[index].beacon); });
    if (name === 'abandon') {
        draws[index] = { ...draws[index], state: 'abandoned', abandon_reason: body.reason };
        return ok(draws[index]);
    }
    return name ? missing : ok(draws[index]);
}

function entitiesOf(query) {
    const wanted = (query.get('query') ?? '').toUpperCase();
    return data.entities.filter((row) => (!wanted || row.name.toUpperCase().includes(wanted) || row.code.startsWith(wanted)) &&
        (!query.get('class') || row.class === query.get('class')) && (!query.get('region_code') || row.region_code === query.get('region_code')) &&
        (!query.get('status') || row.status === query.get('status')))
        .sort((one, other) => query.get('sort') === 'code' ? one.code.localeCompare(other.code) : other.score_milli - one.score_milli);
}

function alertsOf(query) {
    const state = query.get('state') ?? 'open';
    return alerts.filter((one) => (state === 'all' || (state === 'open' ? openStates.includes(one.state) : one.state === state)) &&
        ['severity', 'region_code', 'assignee'].every((key) => !query.get(key) || one[key] === query.get(key)) && (!query.get('rule') || one.rule_id === query.get('rule')) && (!query.get('overdue') || (one.due_on && one.due_on < data.stamp.as_of)))
        .sort((one, other) => query.get('sort') === 'age' ? one.id - other.id : other.severity.localeCompare(one.severity) || one.id - other.id);
}

/** Rows that have what the query names; "from" and "to" are days of `day`. */
function rowsOf(rows, query, day, ...keys) {
    return rows.filter((row) => keys.every((key) => !query.get(key) || String(row[key]) === query.get(key)) &&
        (!query.get('from') || row[day] >= query.get('from')) && (!query.get('to') || row[day] <= query.get('to')));
}

function alertCounts(query) {
    const only = (more) => alertsOf(new URLSearchParams({ region_code: query.get('region_code') ?? '', ...more })).length;
    return { open: only({}), by_severity: Object.fromEntries(['serious', 'general', 'minor'].map((severity) => [severity, only({ severity })])), overdue: only({ overdue: 'true' }) };
}

function register(by) {
    const key = { class: 'class', region: 'region_code', industry: 'industry_code' }[by];
    const groups = new Map();
    for (const row of data.entities) {
        const name = by === 'industry' ? { 52: 'F', 62: 'H', 81: 'O', 14: 'C', 72: 'L' }[row[key].slice(0, 2)] : row[key];
        groups.set(name, [...(groups.get(name) ?? []), row]);
    }
    return { ...data.stamp, rows: [...groups].sort(([one], [other]) => one.localeCompare(other)).map(([name, rows]) => ({ key: name, name: by === 'region' ? rows[0].region_name : null, count: rows.length, by_class: data.byClass(rows) })) };
}

const counts = () => Object.fromEntries(Object.keys(possible).map((state) => [state, alerts.filter((one) => one.state === state).length]));
const batches = data.sources.map(({ source }, index) => ({ batch: index + 1, source, file: `${source}.csv`, rows_in: 20000, inserted: 19000, updated: 700, identical: 279, rejected: 21, known_at: '2026-06-30T20:15:00+08:00', loaded_at: '2026-06-30T20:15:00+08:00' }));
const rejects = Array.from({ length: 21 }, (_, index) => ({ source: 'demo_inspection', file: 'inspection.csv', line: 40 + index * 11, field: 'occurred_on', reason: 'day', message: '应为 YYYY-MM-DD，实为 2026/13/5', raw: `DEMO${index},2026/13/5,双随机,未发现问题` }));
const audit = Array.from({ length: 30 }, (_, index) => ({ sequence: 30 - index, at: '2026-06-30T09:00:00Z', actor: 'demo-regulator', action: 'entity.open', subject: data.entities[index].code, detail: '', request_id: 'r-1', hash: 'c4'.repeat(32) }));

function route(method, path, query, body, request) {
    if (path === '/session' && method === 'POST') {
        role = roles.find((one) => body.name === `demo-${one}` && body.password === one) ?? null;
        return role ? () => ({ status: 200, type: 'application/json', body: session(), cookie: role }) : problem(401, 'login', '用户名或密码不正确', 'Wrong name or password', '');
    }
    if (!role)
        return problem(401, 'session', '请登录', 'Please log in', '');
    if (method !== 'GET' && request.headers['x-heng-token'] !== session().token)
        return problem(403, 'token', '请求令牌不符', 'Wrong token', '');
    if (path === '/session') {
        return () => ({ status: 204, type: 'application/json', body: '', cookie: 'none' });
    }
    const parts = path.slice(1).split('/').map(decodeURIComponent);
    const lists = {
        '/me': () => session(), '/summary': () => ({ ...data.summary(query.get('region_code')), alerts: alertCounts(query) }), '/regions': () => data.regionsOn(query.get('on') ?? data.stamp.as_of), '/sources': () => page(data.sources, query), '/plans': () => page(data.plans, query),
        '/complaints': () => page(rowsOf(data.complaints, query, 'received_on', 'handling', 'region_code'), query),
        '/inspections': () => page(rowsOf(data.inspections, query, 'occurred_on', 'adverse', 'outcome', 'region_code'), query),
        '/class-changes': () => page(data.changes.filter((one) => ['from', 'to'].every((key) => !query.get(`${key}_class`) || (one[key] ?? 'none') === query.get(`${key}_class`)) && (!query.get('region_code') || one.region_code === query.get('region_code'))), query),
        '/visits': () => page(data.visits, query),
        '/entities': () => page(entitiesOf(query), query), '/alerts': () => ({ ...page(alertsOf(query), query), counts: counts() }), '/register': () => register(query.get('by')),
        '/draws': () => page([...draws].reverse(), query), '/loads': () => page(batches, query), '/rejects': () => page(rejects, query), '/audit': () => page(audit, query), '/audit/verify': () => ({ verdict: 'valid', detail: null }),
    };
    if (method === 'GET' && lists[path])
        return ok(lists[path]());
    if (parts[0] === 'entities') {
        const file = data.entityFile(parts[2]);
        return file ? ok(file) : missing;
    }
    if (path === '/alerts/transitions') {
        const failed = body.ids.map(({ id, version }) => ({ id, detail: alerts[id - 1].version === version ? step(alerts[id - 1], body) : 'somebody else changed this alert' })).filter(({ detail }) => detail);
        return ok({ done: body.ids.map(({ id }) => id).filter((id) => !failed.some((one) => one.id === id)), failed });
    }
    if (parts[0] === 'alerts') {
        const one = alerts[Number(parts[1]) - 1];
        if (!one)
            return missing;
        if (method === 'POST' && request.headers['if-match'] !== `"${one.version}"`)
            return problem(412, 'version', '预警已被他人更改', 'Somebody else changed this alert', '');
        const wrong = method === 'POST' && step(one, body);
        return wrong ? problem(409, 'conflict', '当前状态不允许', 'Not possible in this state', wrong) : ok(seen(one));
    }
    if (parts[0] === 'jobs')
        return ok(advance(jobs[Number(parts[1]) - 1]));
    if (path === '/plans') {
        if (typeof body.document !== 'string')
            return problem(422, 'input', '内容不符合要求', 'Input is not what it must be', 'expected a text', '/document');
        const { plan, authority, title } = JSON.parse(body.document);
        if (!authority)
            return problem(422, 'input', '内容不符合要求', 'Input is not what it must be', 'expected a text', '/document/authority');
        data.plans.push({ plan, authority, title, created_at: '2026-07-01T09:00:00+08:00', draws: 0, own: true });
        return ok(data.plans[data.plans.length - 1], 201);
    }
    if (path === '/draws') {
        const number = draws.length + 1;
        return job('draw_commit', `/api/v1/draws/chongqing-demo/${number}`, () => { draws.push(data.draw(number, 'committed', body.plan === 'demo-declared' ? data.declared : data.rehearsal)); });
    }
    return parts[0] === 'draws' ? drawOf(Number(parts[2]), parts[3], body) : missing;
}

function serve(folder) {
    return createServer(async (request, response) => {
        const { pathname, searchParams } = new URL(request.url, 'http://localhost');
        if (!pathname.startsWith('/api/v1')) {
            try {
                const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
                const content = readFileSync(file);
                response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY }).end(content);
            } catch {
                response.writeHead(404).end();
            }
            return;
        }
        const chunks = [];
        for await (const chunk of request)
            chunks.push(chunk);
        const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : null;
        role = roles.find((one) => `heng_session=${one}` === request.headers.cookie) ?? null;
        const answer = route(request.method, pathname.slice('/api/v1'.length), searchParams, body, request)(request);
        response.writeHead(answer.status, {
            'Content-Type': answer.type, ...(answer.cookie ? { 'Set-Cookie': `heng_session=${answer.cookie}; HttpOnly; SameSite=Strict; Path=/` } : {}),
        }).end(answer.body === '' ? '' : JSON.stringify(answer.body));
    });
}

const [folder, port = '8399'] = process.argv.slice(2);
const server = serve(folder).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
