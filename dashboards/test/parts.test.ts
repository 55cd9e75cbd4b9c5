// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts compute before anything is drawn.
import assert from 'node:assert/strict';
import test from 'node:test';
import { planOf, ppmOf } from '../src/state/plan';
import { limitsOf, neighbourOf, shadeOf, valueOf } from '../src/state/tile';
import { barsOf } from '../src/state/reason';

test('bars of reasons begin where the one before ended, and reasons without points have none', () => {
    const reason = (points_milli: number) => ({ points_milli, zh: '', en: '', basis: null, role: 'record' });
    const bars = barsOf([reason(15000), reason(0), reason(30000), reason(-20000)]);
    assert.deepEqual(bars.map(({ from, to }) => [from, to]), [[0, 15000], [15000, 45000], [45000, 25000]]);
    assert.deepEqual(barsOf([]), []);
});

test('a rate is typed in per cent and stored in parts per million', () => {
    assert.equal(ppmOf('3'), 30000);
    assert.equal(ppmOf('0.25'), 2500);
    assert.equal(ppmOf('100'), 1000000);
    for (const wrong of ['', '101', '3,5', '-1', '0.00001', '1e2', 'x'])
        assert.equal(ppmOf(wrong), null, wrong);
});

test('a plan has what the form said, and leaves out what it left empty', () => {
    const fields = {
        plan: 'p', authority: 'a', title_zh: '计', title_en: 'P', jurisdiction: 'CN-50', region_codes: '500103，500105', industry_sections: '',
        visits_per_year_cap: '0', rate_A: '3', rate_B: '4', rate_C: '5', rate_D: '6', per_visit: '2', reserves: '2', slack: '1', speciality: 'none',
        beacon_source: 'rehearsal', delay_s: '0', alg: 'sm3', reveal_within_days: '92',
    };
    const plan = planOf(fields);
    assert.deepEqual(plan.population, { region_codes: ['500103', '500105'] });
    assert.deepEqual(plan.strata.map(({ rate_ppm: rate }) => rate), [30000, 40000, 50000, 60000]);
    assert.deepEqual(plan.beacon, { source: 'rehearsal', delay_s: 0 });
    assert.equal(plan.alg, 'sm3');
});

const tile = (region_code: string, row: number, column: number, rows = 1) => ({ region_code, name: region_code, row, column, rows });

test('arrows go to the neighbour on the grid', () => {
    const tiles = [tile('north', 3, 4), tile('tall', 4, 4, 2), tile('west', 5, 3), tile('east', 4, 5), tile('far', 4, 8)];
    const from = (code: string, key: string) => neighbourOf(tiles, tiles.find((one) => one.region_code === code)!, key)?.region_code;
    assert.equal(from('tall', 'ArrowUp'), 'north');
    assert.equal(from('tall', 'ArrowLeft'), 'west');
    assert.equal(from('tall', 'ArrowRight'), 'east');
    assert.equal(from('east', 'ArrowRight'), 'far');
    assert.equal(from('far', 'ArrowRight'), undefined);
    assert.equal(from('far', 'Enter'), undefined);
});

test('shades rise with the value', () => {
    const limits = limitsOf([0, 10, null, 50]);
    assert.deepEqual(limits, [10, 20, 30, 40, 50]);
    assert.deepEqual([0, 10, 11, 50, null].map((value) => shadeOf(value, limits)), ['1', '1', '2', '5', 'none']);
    assert.equal(shadeOf(0, limitsOf([0, 0])), '1');
});

test('the share of C and D needs entities to be a share', () => {
    const region = { ...tile('x', 1, 1), entities: 0, classes: {}, adverse_ppm: null, alerts_open: 0 };
    assert.equal(valueOf(region, 'high'), null);
    assert.equal(valueOf({ ...region, entities: 9, classes: { A: 6, C: 1, D: 1 } }, 'high'), 250000);
    assert.equal(valueOf(undefined, 'alerts'), null);
});
