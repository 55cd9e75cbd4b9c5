// SPDX-License-Identifier: GPL-3.0-or-later
// node routes.js URL LOGINS PAGES: asks every page of the folder PAGES and every route of the API
// description that the service at URL gives. LOGINS has a line "name TAB password" per role. A read
// must be answered with 200 to each role that may read it and with 403 to the others. A change is
// asked for without what it needs, so that nothing changes: it must be refused with a problem
// document that says what is missing. Names in paths come from the lists of the same service.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [url, loginsFile, pages] = process.argv.slice(2);
const api = '/api/v1';
let asked = 0;
let failed = 0;

function expect(good, what) {
    asked++;
    if (good) return;
    failed++;
    console.error(`  FAILED: ${what}`);
}

async function ask(method, path, login, body) {
    const headers = { 'Accept-Language': 'en', 'Origin': url };
    if (login) Object.assign(headers, { 'Cookie': login.cookie, 'X-Heng-Token': login.token });
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const answer = await fetch(url + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', cookie: answer.headers.get('set-cookie'), bytes };
}

const json = (answer) => JSON.parse(answer.bytes.toString('utf8'));

async function logIn(name, password) {
    const answer = await ask('POST', `${api}/session`, undefined, { name, password });
    if (answer.status !== 200) throw new Error(`${name} cannot log in: ${answer.status} ${answer.bytes}`);
    return { role: name, cookie: answer.cookie.split(';')[0], token: json(answer).token };
}

// What stands for {name} in a path: the first row of a list, as a role that may read it sees it.
async function examples(logins) {
    const first = async (list) => {
        for (const login of logins) {
            const answer = await ask('GET', `${api}/${list}?limit=1`, login);
            if (answer.status === 200) return json(answer).items[0] ?? {};
        }
        return {};
    };
    const entity = await first('entities');
    const draw = await first('draws');
    return {
        '/entities/': { scheme: entity.scheme, code: entity.code },
        '/alerts/': { id: (await first('alerts')).id },
        '/rejects/': { id: (await first('rejects')).batch },
        '/plans/': { plan: (await first('plans')).plan },
        '/draws/': { authority: draw.authority, number: draw.number },
    };
}

function fill(path, values) {
    const family = Object.keys(values).find((name) => path.startsWith(api + name)) ?? '';
    return path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[family]?.[name] ?? `{${name}}`));
}

const isProblem = (answer) => answer.type.startsWith('application/problem+json') && typeof json(answer).title === 'string';

async function readRoute(path, roles, logins) {
    for (const login of logins) {
        const answer = await ask('GET', path, login);
        const wanted = roles.length === 0 || roles.includes(login.role) ? 200 : 403;
        expect(answer.status === wanted, `GET ${path} for ${login.role}: expected ${wanted}, found ${answer.status} ${answer.bytes.subarray(0, 300)}`);
    }
}

// A change that needs no body begins at once; the only one is a check that changes nothing.
async function changeRoute(method, path, operation, logins) {
    const roles = operation['x-roles'];
    for (const login of logins) {
        const answer = await ask(method, path, login, operation.requestBody ? {} : undefined);
        if (!operation.requestBody && path.endsWith('/verify') && roles.includes(login.role)) {
            expect(answer.status === 202, `${method} ${path} for ${login.role}: expected 202, found ${answer.status}`);
            continue;
        }
        const refused = roles.includes(login.role) ? [400, 404, 409, 412, 422, 428] : [403];
        expect(refused.includes(answer.status) && isProblem(answer),
            `${method} ${path} for ${login.role}: expected a refusal ${refused.join(', ')}, found ${answer.status} ${answer.bytes.subarray(0, 300)}`);
    }
}

// The paths that a description stands for, each with what is to be asked of it: a list of names
// stands for several paths, and an export has the query and the roles of its list.
function pathsOf(description, path, operation, values) {
    const choice = description.paths[path].parameters?.find((parameter) => parameter.in === 'path' && parameter.schema.enum);
    if (!choice) return [{ path: fill(path, values), operation }];
    return choice.schema.enum.map((name) => ({
        path: path.replace(`{${choice.name}}`, name),
        operation: description.paths[`${api}/${name}`].get,
    }));
}

// The parameters that must be given.
function withQuery(path, operation, values) {
    const known = { ...values['/draws/'], by: 'class' };
    const needed = operation.parameters?.filter((parameter) => parameter.in === 'query' && parameter.required) ?? [];
    const query = new URLSearchParams(needed.map(({ name }) => [name, known[name]])).toString();
    return query ? `${path}?${query}` : path;
}

async function routes(logins) {
    const description = json(await ask('GET', '/openapi.json'));
    const values = await examples(logins);
    // A job to look at: the audit chain is verified, which changes nothing.
    const admin = logins.find((login) => login.role === 'admin');
    const job = await ask('POST', `${api}/jobs`, admin, { kind: 'audit_verify' });
    expect(job.status === 202, `POST ${api}/jobs: expected 202, found ${job.status} ${job.bytes}`);
    values['/jobs/'] = { id: json(job).id };
    for (const [path, methods] of Object.entries(description.paths)) {
        if (!path.startsWith(api) || path === `${api}/session`) continue;
        for (const method of ['get', 'post', 'delete'].filter((name) => methods[name])) {
            for (const one of pathsOf(description, path, methods[method], values)) {
                // A job belongs to who queued it.
                const some = path.startsWith(`${api}/jobs/`) ? [admin] : logins;
                if (method === 'get') await readRoute(withQuery(one.path, one.operation, values), one.operation['x-roles'], some);
                else await changeRoute(method.toUpperCase(), one.path, one.operation, some);
            }
        }
    }
    const nobody = { role: 'nobody', cookie: '', token: '' };
    for (const path of ['/livez', '/readyz', '/metrics', '/openapi.json']) await readRoute(path, [], [nobody]);
}

async function pageFiles() {
    const files = readdirSync(pages, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name)
        .concat(readdirSync(join(pages, 'assets')).map((name) => `assets/${name}`)).filter((name) => !name.endsWith('.gz'));
    expect(files.includes('index.html'), `${pages} has no index.html`);
    for (const name of files) {
        const answer = await ask('GET', name === 'index.html' ? '/' : `/${name}`);
        expect(answer.status === 200 && answer.bytes.equals(readFileSync(join(pages, name))), `GET /${name}: expected the file's bytes, found ${answer.status}`);
    }
}

const logins = [];
for (const line of readFileSync(loginsFile, 'utf8').trim().split('\n')) logins.push(await logIn(...line.split('\t')));
await pageFiles();
await routes(logins);
for (const login of logins) {
    const answer = await ask('DELETE', `${api}/session`, login);
    expect(answer.status === 204, `log out of ${login.role}: expected 204, found ${answer.status}`);
}
console.log(`  ${asked} answers looked at, ${failed} not as expected`);
process.exit(failed ? 1 : 0);
