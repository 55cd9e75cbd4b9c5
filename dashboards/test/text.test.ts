// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogues against each other and against the sources: no key is missing and none is idle.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fill } from '../src/state/language';
import en from '../src/text/en.json';
import zh from '../src/text/zh.json';

declare const PAGES: string;
const catalogues: Record<string, Record<string, string>> = { zh, en };

function sources(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? sources(path) : /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
    });
}
const whole = sources(join(PAGES, 'src')).join('\n');
const facts = readFileSync(join(PAGES, 'src/part/facts.tsx'), 'utf8');
const families = new Set([
    ...[...whole.matchAll(/\b(?:word|options)\('([\w.]+)'|family="(\w+)"/g)].map((found) => found[1] ?? found[2]!),
    ...[...facts.matchAll(/\['\w+', '(\w+)'\]/g)].map((found) => found[1]!),
]);

test('both languages have the same keys and the same places to fill', () => {
    assert.deepEqual(Object.keys(en), Object.keys(zh));
    for (const [key, text] of Object.entries(zh)) {
        const places = (one: string) => [...one.matchAll(/\{\w+\}/g)].map(String).sort();
        assert.deepEqual(places(catalogues.en![key]!), places(text), key);
        assert.notEqual(text.trim(), '', key);
        assert.notEqual(catalogues.en![key]!.trim(), '', key);
    }
});

test('every text that the pages ask for is there', () => {
    const asked = [...whole.matchAll(/\bt\('([\w.]+)'/g)].map((found) => found[1]!);
    assert.ok(asked.length > 200);
    for (const key of asked)
        assert.ok(key in zh, key);
});

test('every family of code words that the pages ask for is there', () => {
    assert.ok(families.size > 20);
    for (const family of families)
        assert.ok(Object.keys(zh).some((key) => key.startsWith(`${family}.`)), family);
});

test('no text is idle', () => {
    const idle = Object.keys(zh).filter((key) => {
        const family = key.slice(0, key.lastIndexOf('.'));
        return !whole.includes(`'${key}'`) && !families.has(family) && !families.has(family.replace(/\.\w+$/, ''));
    });
    assert.deepEqual(idle, []);
});

test('a text is filled; a place without a value stays visible', () => {
    assert.equal(fill('{count} of {whole}', { count: 3 }), '3 of {whole}');
});
