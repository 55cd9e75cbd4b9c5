// SPDX-License-Identifier: GPL-3.0-or-later
// The one door to the HTTP API. Every failure is a Problem (RFC 9457) with the server's own words;
// an answer 401 ends the session, so that the login form takes the page's place.
import type { List, Session } from './contract';
import { language, t } from '../state/language';
import { session } from '../state/session';

const BASE = '/api/v1';

export class Problem extends Error {
    constructor(
        readonly status: number,
        readonly title: string,
        readonly detail: string,
        readonly errors: { pointer: string; detail: string }[],
        readonly requestId: string,
    ) {
        super(title);
    }
}

export interface Change {
    method: 'POST' | 'DELETE';
    body?: unknown;
    headers?: Record<string, string>;
}

export function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
    // no-cache asks the server each time; unchanged data costs a 304.
    return send<Answer>(path, { method: 'GET', cache: 'no-cache', signal });
}

export function change<Answer>(path: string, { method, body, headers }: Change): Promise<Answer> {
    return send<Answer>(path, {
        method,
        body: body === undefined ? undefined : JSON.stringify(body),
        headers: {
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...(session.value ? { 'X-Heng-Token': session.value.token } : {}),
            ...headers,
        },
    });
}

export function open(name: string, password: string): Promise<Session> {
    return change<Session>('/session', { method: 'POST', body: { name, password } });
}

/** The rows of a list, which comes bare or beside its stamp. */
export function rows<Row>(list: List<Row> | null): Row[] {
    return list === null ? [] : Array.isArray(list) ? list : list.items;
}

/** An address below the API, for links that the browser follows itself. */
export function address(path: string): string {
    return BASE + path;
}

async function send<Answer>(path: string, options: RequestInit): Promise<Answer> {
    const headers = { 'Accept-Language': language.value, ...options.headers };
    let response: Response;
    try {
        response = await fetch(BASE + path, { ...options, headers, credentials: 'same-origin' });
    } catch (cause) {
        if (options.signal?.aborted)
            throw cause;
        throw new Problem(0, t('problem.unreachable'), '', [], '');
    }
    if (!response.ok)
        throw await problemOf(response);
    return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function problemOf(response: Response): Promise<Problem> {
    if (response.status === 401)
        session.value = null;
    const known = /json/.test(response.headers.get('Content-Type') ?? '');
    const body = known ? await response.json() : {};
    return new Problem(response.status, body.title ?? t('problem.status', { status: response.status }),
        body.detail ?? '', body.errors ?? [], body.request_id ?? '');
}
