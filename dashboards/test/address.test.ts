// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { decode, encode, filterOf, query, type PageName } from '../src/state/address';

test('what was encoded is decoded again', () => {
    const cases: [PageName, Record<string, string>][] = [
        ['alerts', { state: 'all', severity: 'serious', region_code: '500103', assignee: '张三 & 李四', sort: 'age', cursor: 'a-_=9' }],
        ['entities', { query: '两江 ?#%+', class: 'D', industry_section: 'H', status: 'active' }],
        ['entity', { scheme: 'uscc', code: '91500000MA00000000' }],
        ['draw', { authority: 'chongqing-demo', number: '12', job: '7' }],
        ['board', { region_code: '500157', tiles: 'adverse', districts: '38', mode: 'wall' }],
    ];
    for (const [page, values] of cases) {
        const read = decode(encode(page, values).slice(1));
        assert.equal(read.page, page);
        assert.deepEqual(read.errors, []);
        for (const [key, value] of Object.entries(values))
            assert.equal(read.values[key], value, `${page}.${key}`);
        assert.equal(encode(read.page, read.values), encode(page, values));
    }
});

test('defaults are left out and come back', () => {
    assert.equal(encode('alerts', { state: 'open', sort: 'severity' }), '/?page=alerts');
    assert.equal(decode('?page=alerts').values.state, 'open');
    assert.equal(encode('home'), '/');
    assert.equal(decode('').page, 'home');
});

test('unknown keys are ignored, bad values are named and replaced', () => {
    const read = decode('?page=alerts&colour=red&severity=awful&region_code=50x&sort=age');
    assert.deepEqual(read.errors, [{ key: 'severity', value: 'awful' }, { key: 'region_code', value: '50x' }]);
    assert.equal(read.values.severity, '');
    assert.equal(read.values.sort, 'age');
    assert.equal('colour' in read.values, false);
});

test('a page that does not exist is an error, not a page', () => {
    for (const name of ['nothing', 'constructor', '__proto__'])
        assert.deepEqual(decode(`?page=${name}`).errors, [{ key: 'page', value: name }]);
});

test('a list and its export ask the same', () => {
    const { values } = decode('?page=entities&class=C&query=%E7%A4%BA%E4%BE%8B&cursor=abc');
    assert.equal(query(values), '?query=%E7%A4%BA%E4%BE%8B&class=C&sort=score&cursor=abc');
    assert.equal(query(values, 'cursor'), '?query=%E7%A4%BA%E4%BE%8B&class=C&sort=score');
    assert.deepEqual(filterOf(values).map(([key]) => key), ['query', 'class', 'sort']);
    assert.equal(query({}), '');
});
