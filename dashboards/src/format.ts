// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, money, days and moments as text. Everything is exact: the integers of the API are cut
// into digits, never divided.

export const NONE = '—';
type Maybe<Value> = Value | null | undefined;

export function countText(value: Maybe<number>): string {
    return value === null || value === undefined ? NONE : grouped(String(value));
}

/** Milli-points as points: 123450 → 123.45. */
export function milliText(value: Maybe<number>): string {
    return scaled(value, 3, 0);
}

/** With its sign, for parts of a sum: +12.5, −3. */
export function signedMilliText(value: number): string {
    return value > 0 ? `+${milliText(value)}` : milliText(value);
}

/** Parts per million as per cent, at most two digits: 51234 → 5.12 %. */
export function ppmText(value: Maybe<number>): string {
    if (value === null || value === undefined)
        return NONE;
    return `${scaled(Math.round(value / 100), 2, 0)} %`;
}

/** A share of two counts as per cent, two digits; nothing when there is nothing to share. */
export function shareText(part: number, whole: number): string {
    return whole > 0 ? `${scaled(Math.round((part * 10000) / whole), 2, 2)} %` : NONE;
}

export function fenText(value: Maybe<number>): string {
    return value === null || value === undefined ? NONE : `¥${scaled(value, 2, 2)}`;
}

export function dayText(value: Maybe<string>): string {
    return value || NONE;
}

/** A moment by the reader's own clock, with its zone: 2026-06-30 08:00:00 +08:00. */
export function momentText(value: Maybe<string>): string {
    if (!value)
        return NONE;
    const moment = new Date(value.replace(' ', 'T'));
    if (!/[T ]\d\d:\d\d/.test(value) || Number.isNaN(moment.getTime()))
        return value;
    const minutes = -moment.getTimezoneOffset();
    const local = new Date(moment.getTime() + minutes * 60000).toISOString();
    return `${local.slice(0, 10)} ${local.slice(11, 19)} ${zoneText(minutes)}`;
}

function zoneText(minutes: number): string {
    const two = (part: number) => String(part).padStart(2, '0');
    const size = Math.abs(minutes);
    return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** A digest in full for machines, in groups for eyes. */
export function digestText(value: Maybe<string>): string {
    return value ? value.replace(/(.{8})(?=.)/g, '$1 ') : NONE;
}

function scaled(value: Maybe<number>, digits: number, least: number): string {
    if (value === null || value === undefined)
        return NONE;
    const padded = String(Math.abs(value)).padStart(digits + 1, '0');
    let fraction = padded.slice(-digits);
    while (fraction.length > least && fraction.endsWith('0'))
        fraction = fraction.slice(0, -1);
    const sign = value < 0 ? '−' : '';
    return `${sign}${grouped(padded.slice(0, -digits))}${fraction ? `.${fraction}` : ''}`;
}

function grouped(digits: string): string {
    return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
