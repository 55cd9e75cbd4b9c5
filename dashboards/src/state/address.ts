// SPDX-License-Identifier: GPL-3.0-or-later
// The address of a page: /?page=alerts&severity=serious. Everything that a reader has chosen is in
// it, so a copied address shows the same rows. One table names each page's keys; unknown keys are
// ignored, bad values are reported and replaced by the default, defaults are left out.
import { signal } from '@preact/signals';

type Check = (value: string) => boolean;
interface Rule { key: string; check: Check; otherwise: string }

const oneOf = (...values: string[]): Check => (value) => values.includes(value);
const matching = (pattern: RegExp): Check => (value) => pattern.test(value);

const text: Check = (value) => value.length <= 200;
const word = matching(/^[A-Za-z0-9_.:-]{1,128}$/);
const code = matching(/^[^\s/]{1,128}$/);
const number = matching(/^[1-9]\d{0,17}$/);
const region = matching(/^\d{6}$/);
const day = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const letter = oneOf('A', 'B', 'C', 'D');
const cursor = matching(/^[A-Za-z0-9_=-]{1,1024}$/);

const rule = (key: string, check: Check, otherwise = ''): Rule => ({ key, check, otherwise });

const alertFilter = [
    rule('state', oneOf('open', 'resolved', 'closed', 'all'), 'open'),
    rule('rule', word),
    rule('severity', oneOf('minor', 'general', 'serious')),
    rule('region_code', region),
    rule('assignee', text),
    rule('sort', oneOf('severity', 'age'), 'severity'),
    rule('overdue', oneOf('true')),
    rule('cursor', cursor),
];
const drawKey = [rule('authority', code), rule('number', number)];

const pages = {
    home: [],
    board: [
        rule('region_code', region),
        rule('tiles', oneOf('high', 'adverse', 'alerts'), 'high'),
        rule('districts', oneOf('37', '38')),
        rule('mode', oneOf('wall')),
    ],
    alerts: [...alertFilter, rule('at', number)],
    alert: [rule('id', number), ...alertFilter],
    entities: [
        rule('query', text),
        rule('class', letter),
        rule('region_code', region),
        rule('industry_section', matching(/^[A-T]$/)),
        rule('status', oneOf('active', 'suspended', 'deregistered', 'revoked', 'moved_out')),
        rule('sort', oneOf('score', 'code'), 'score'),
        rule('cursor', cursor),
    ],
    entity: [rule('scheme', word), rule('code', code)],
    register: [rule('by', oneOf('class', 'region', 'industry'), 'class')],
    complaints: [
        rule('handling', oneOf('accepted_in_limit', 'accepted_late', 'overdue', 'open', 'no_limit')),
        rule('region_code', region),
        rule('from', day),
        rule('to', day),
        rule('cursor', cursor),
    ],
    inspections: [
        rule('adverse', oneOf('true', 'false')),
        rule('outcome', word),
        rule('region_code', region),
        rule('from', day),
        rule('to', day),
        rule('cursor', cursor),
    ],
    'class-changes': [rule('from_class', oneOf('none', 'A', 'B', 'C', 'D')), rule('to_class', letter), rule('region_code', region), rule('cursor', cursor)],
    draws: [rule('cursor', cursor)],
    draw: [...drawKey, rule('job', word), rule('cursor', cursor)],
    voucher: drawKey,
    commit: [rule('plan', code), rule('redraw_of', number), rule('job', word)],
    plan: [],
    sources: [],
    loads: [rule('source', code), rule('cursor', cursor)],
    rejects: [rule('source', code), rule('reason', word), rule('cursor', cursor)],
    audit: [rule('cursor', cursor)],
} satisfies Record<string, Rule[]>;

export type PageName = keyof typeof pages;
export type Values = Record<string, string>;
export interface Address { page: PageName; values: Values; errors: { key: string; value: string }[] }

export function decode(search: string): Address {
    const given = new URLSearchParams(search);
    const errors: Address['errors'] = [];
    const name = given.get('page') ?? 'home';
    const known = Object.prototype.hasOwnProperty.call(pages, name);
    if (!known)
        errors.push({ key: 'page', value: name });
    const page = (known ? name : 'home') as PageName;
    const values: Values = {};
    for (const { key, check, otherwise } of pages[page] as Rule[]) {
        const value = given.get(key);
        const good = value !== null && value !== '' && check(value);
        if (value && !good)
            errors.push({ key, value });
        values[key] = good ? value : otherwise;
    }
    return { page, values, errors };
}

export function encode(page: PageName, values: Values = {}): string {
    const out = new URLSearchParams();
    if (page !== 'home')
        out.set('page', page);
    for (const { key, otherwise } of pages[page] as Rule[]) {
        const value = values[key];
        if (value && value !== otherwise)
            out.set(key, value);
    }
    const query = out.toString();
    return query ? `/?${query}` : '/';
}

/** The chosen values as the query of an API path, defaults included; "" or "?…". */
export function query(values: Values, ...leftOut: string[]): string {
    const out = new URLSearchParams();
    for (const [key, value] of Object.entries(values)) {
        if (value && !leftOut.includes(key))
            out.set(key, value);
    }
    const whole = out.toString();
    return whole ? `?${whole}` : '';
}

/** The keys that narrow a list, for the filter's summary in print. */
export function filterOf(values: Values): [string, string][] {
    return Object.entries(values).filter(([key, value]) => value && key !== 'cursor');
}

export const current = signal<Address>({ page: 'home', values: {}, errors: [] });

export function go(page: PageName, values: Values = {}, replace = false): void {
    const to = encode(page, values);
    if (replace)
        history.replaceState(null, '', to);
    else
        history.pushState(null, '', to);
    current.value = decode(location.search);
}

export function listen(): void {
    const read = () => { current.value = decode(location.search); };
    addEventListener('popstate', read);
    read();
}
