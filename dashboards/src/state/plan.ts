// SPDX-License-Identifier: GPL-3.0-or-later
// A plan document (heng-draw-plan-1) from the fields of its form. Rates are typed in per cent and
// stored in parts per million.

export type Fields = Record<string, string>;

const strata = ['A', 'B', 'C', 'D'];

/** 3 → 30000, 0.25 → 2500; null when it is not a per cent with at most four decimals. */
export function ppmOf(text: string): number | null {
    const parts = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(text.trim());
    if (!parts)
        return null;
    const ppm = Number(parts[1]) * 10000 + Number((parts[2] ?? '').padEnd(4, '0') || 0);
    return ppm <= 1000000 ? ppm : null;
}

export function planOf(fields: Fields) {
    const list = (text: string | undefined) => (text ?? '').split(/[\s,，、]+/).filter(Boolean);
    const regions = list(fields.region_codes);
    const sections = list(fields.industry_sections);
    const cap = Number(fields.visits_per_year_cap);
    return {
        plan_format: 'heng-draw-plan-1',
        plan: fields.plan,
        authority: fields.authority,
        title: { zh: fields.title_zh, en: fields.title_en },
        jurisdiction: fields.jurisdiction,
        alg: fields.alg,
        strata: strata.map((one) => ({ class: one, rate_ppm: ppmOf(fields[`rate_${one}`] ?? '') })),
        quota: { rule: 'ceil' },
        population: {
            ...(regions.length > 0 ? { region_codes: regions } : {}),
            ...(sections.length > 0 ? { industry_sections: sections } : {}),
            ...(cap > 0 ? { visits_per_year_cap: cap } : {}),
        },
        inspectors: {
            per_visit: Number(fields.per_visit),
            reserves: Number(fields.reserves),
            slack: Number(fields.slack),
            region_tiers: '6,2,0',
            speciality: fields.speciality,
        },
        beacon: {
            source: fields.beacon_source,
            delay_s: Number(fields.delay_s),
            ...(fields.beacon_rule ? { rule: fields.beacon_rule } : {}),
        },
        reveal_within_days: Number(fields.reveal_within_days),
    };
}
