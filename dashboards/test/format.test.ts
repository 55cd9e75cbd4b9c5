// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { countText, digestText, fenText, milliText, momentText, ppmText, shareText, signedMilliText } from '../src/format';

test('milli-points are cut, not divided', () => {
    assert.equal(milliText(123450), '123.45');
    assert.equal(milliText(600000), '600');
    assert.equal(milliText(7), '0.007');
    assert.equal(milliText(-20500), '−20.5');
    assert.equal(milliText(0), '0');
    assert.equal(milliText(null), '—');
    assert.equal(milliText(9007199254740991), '9,007,199,254,740.991');
    assert.equal(signedMilliText(12500), '+12.5');
    assert.equal(signedMilliText(-3000), '−3');
});

test('shares', () => {
    assert.equal(ppmText(51234), '5.12 %');
    assert.equal(ppmText(30000), '3 %');
    assert.equal(ppmText(1000000), '100 %');
    assert.equal(ppmText(null), '—');
    assert.equal(shareText(1, 3), '33.33 %');
    assert.equal(shareText(0, 3), '0.00 %');
    assert.equal(shareText(0, 0), '—');
});

test('money and counts', () => {
    assert.equal(fenText(2000000), '¥20,000.00');
    assert.equal(fenText(5), '¥0.05');
    assert.equal(fenText(-150), '¥−1.50');
    assert.equal(countText(1234567), '1,234,567');
    assert.equal(countText(999), '999');
    assert.equal(countText(undefined), '—');
});

test('a moment is told by the reader\'s clock, with its zone', () => {
    process.env.TZ = 'Asia/Shanghai';
    assert.equal(momentText('2026-06-30T08:00:00+08:00'), '2026-06-30 08:00:00 +08:00');
    assert.equal(momentText('2026-06-29T16:00:00.27927+00:00'), '2026-06-30 00:00:00 +08:00');
    assert.equal(momentText('2026-06-30T00:00:00Z'), '2026-06-30 08:00:00 +08:00');
    process.env.TZ = 'America/St_Johns';
    assert.equal(momentText('2026-06-30T00:00:00Z'), '2026-06-29 21:30:00 -02:30');
    assert.equal(momentText('2026-06-30'), '2026-06-30');
    assert.equal(momentText('yesterday, 10:30'), 'yesterday, 10:30');
    assert.equal(momentText(null), '—');
});

test('a digest in groups of eight', () => {
    assert.equal(digestText('a1b2c3d4e5f60718'), 'a1b2c3d4 e5f60718');
    assert.equal(digestText(''), '—');
});
