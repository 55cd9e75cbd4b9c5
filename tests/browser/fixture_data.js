// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up answers in the API's form, for working on the pages without a server. Everything comes
// from the number of a row, so two runs give the same bytes.
import { readFileSync } from 'node:fs';

const catalogue = new URL('../../models/catalog/region/chongqing.json', import.meta.url);
const grid = {
    500229: [1, 7], 500238: [1, 8], 500154: [2, 6], 500235: [2, 7], 500236: [2, 8], 500237: [2, 9], 500231: [3, 5], 500155: [3, 6],
    500101: [3, 7], 500152: [4, 1], 500117: [4, 2], 500109: [4, 3], 500115: [4, 5], 500233: [4, 6], 500111: [5, 1], 500151: [5, 2],
    500106: [5, 3], 500102: [5, 5], 500230: [5, 6], 500240: [5, 7], 500153: [6, 1], 500120: [6, 2], 500107: [6, 3], 500103: [6, 4],
    500108: [6, 5], 500156: [6, 6], 500243: [6, 7], 500114: [6, 8], 500118: [7, 1], 500116: [7, 2], 500104: [7, 3], 500113: [7, 4],
    500119: [7, 5], 500242: [7, 8], 500110: [8, 4], 500241: [8, 8], 500157: [4, 4, 2], 500112: [4, 4], 500105: [5, 4],
};

export const stamp = { as_of: '2026-06-30', data_version: '812.7.44', model: { scheme: 'cn_enterprise_example', version: '2026.1', run: 7 } };

export function regionsOn(day) {
    const { region } = JSON.parse(readFileSync(catalogue, 'utf8'));
    return region.filter(({ code, valid_from: from, valid_to: to }) => grid[code] && from <= day && (!to || day <= to))
        .map(({ code, name, kind, valid_from, valid_to }) => {
            const [row, column, rows = 1] = grid[code];
            return { region_code: code, name, region_kind: kind, valid_from, valid_to: valid_to ?? null, row, column, rows };
        });
}

const regions = regionsOn(stamp.as_of);
const letters = ['A', 'A', 'A', 'A', 'B', 'B', 'B', 'C', 'C', 'D'];
const trades = [['F', '5211', '百货零售'], ['H', '6210', '正餐服务'], ['O', '8113', '汽车修理与维护'], ['C', '1411', '糕点、面包制造'], ['L', '7299', '其他未列明商务服务业']];
const pick = (list, index) => list[(index * 7919 + 13) % list.length];
const pad = (value, size) => String(value).padStart(size, '0');

/** Names that would be markup, a script or a turned line if anything took them for it. */
export const oddNames = ['<img src=x onerror=alert(1)>"示例"&企业', '"><script>alert(2)</script>', 'javascript:alert(3)', '示例\u202e司公限有示展\u202d'];

export function entity(index) {
    const region = pick(regions, index);
    const [, code, trade] = pick(trades, index);
    const letter = pick(letters, index);
    return {
        scheme: 'demo', code: `DEMO${pad(index, 14)}`,
        name: index % 6 === 3 ? oddNames[((index - 3) / 6) % oddNames.length] : `示例${trade.slice(0, 2)}第${index}经营部（个人独资）有限公司`.slice(0, 18 + (index % 6)),
        region_code: region.region_code, region_name: region.name, industry_code: code, industry_name: trade,
        status: index % 17 === 0 ? 'deregistered' : 'active', class: letter,
        score_milli: { A: 120000, B: 290000, C: 480000, D: 730000 }[letter] + (index * 977) % 60000,
        class_changed_on: index % 4 === 0 ? '2026-03-31' : '2025-12-31',
    };
}
export const entities = Array.from({ length: 137 }, (_, index) => entity(index + 1));

const origin = (index, source, file) => ({ known_at: `2026-0${1 + (index % 6)}-1${index % 10}T09:1${index % 6}:00+08:00`, source, file, line: 2 + index * 37 });

export function entityFile(key) {
    const row = entities.find(({ code }) => code === key);
    if (!row)
        return null;
    const parts = [
        [15000, '成立年限 4 年', 'registered 4 years ago', 'attribute', null], [30000, '注册资本 50 万元', 'registered capital 500,000 yuan', 'attribute', null],
        [row.score_milli - 145000, '行政处罚：罚款 20,000.00 元，一年内，系数 100 %', 'administrative penalty: fine of 20,000.00 yuan, within a year, at 100 %', 'record', '中华人民共和国行政处罚法'],
        [60000, '检查发现问题 2 次', '2 inspections with findings', 'record', null], [60000, '投诉 6 件，其中属实 4 件', '6 complaints, 4 upheld', 'record', null],
        [-20000, '社会维度上限调整', 'limit of the dimension society', 'cap', null], [0, '保底规则：在经营异常名录，不优于 C', 'floor rule: on the abnormal list, not better than C', 'rule', '企业信息公示暂行条例'],
    ];
    return {
        ...stamp,
        entity: { ...row, entity_type: 'enterprise', registered_on: '2021-11-04', ended_on: null, capital_fen: 50000000, employees: 12, address: '示例路 100 号附 3 号', licence_tags: ['food', 'catering'], registered: true, aliases: [{ scheme: 'regno', code: '5001000009' }], ...origin(3, 'demo_market', 'market_entity.csv') },
        score: {
            class: row.class, class_by_score: row.class === 'D' ? 'C' : row.class, score_milli: row.score_milli, coverage_ppm: 823000, direct_rule: row.class === 'D' ? 'serious_list' : null, floor_rule: null,
            dimensions: [['basic', '企业基础属性', 'basic attributes', 45000, 100000], ['dynamic', '企业动态', 'business dynamics', 0, 200000], ['supervision', '监管信息', 'supervision', row.score_milli - 85000, 450000], ['society', '社会评价', 'society', 40000, 150000]]
                .map(([id, zh, en, milli, max_milli]) => ({ id, title: { zh, en }, milli, max_milli })),
        },
        reasons: parts.map(([points_milli, zh, en, role, basis], index) => ({ points_milli, zh, en, role, basis, record: role === 'record' ? { id: String(index), key: `P-${index}`, ...origin(index, 'demo_penalty', 'penalty.csv') } : null })),
        history: [['2025-03-31', null, 'A', 'first', 150000], ['2025-09-30', 'A', 'B', 'records', 260000], ['2025-12-31', 'B', 'C', 'records', 430000], ['2026-03-31', 'C', row.class, 'records', row.score_milli]]
            .map(([changed_on, from, to, cause, score_milli]) => ({ changed_on, from, to, cause, score_milli })),
        inspections: [0, 1, 2].map((index) => ({ occurred_on: `2026-0${2 + index}-11`, check_kind: ['random', 'daily', 'special'][index], matter_id: 'FOOD-01', outcome: ['corrected', 'passed', 'failed'][index], severity: index === 2 ? 'general' : null, violation_count: index, department_id: 'SAMR-03', notice_no: `渝示检〔2026〕${index + 7}号`, ...origin(index, 'demo_inspection', 'inspection.csv') })),
        complaints: [0, 1].map((index) => ({ received_on: `2026-05-2${index}`, accepted_on: index ? null : '2026-05-27', refused_on: null, ended_on: null, complaint_kind: index ? 'report' : 'complaint', issue: 'food_safety', channel: '12315', outcome: index ? 'pending' : 'upheld', ...origin(index, 'demo_complaint', 'complaint.csv') })),
        records: [{ occurred_on: '2026-01-08', record_kind: 'administrative_penalty', severity: 'general', amount_fen: 2000000, grade: null, document_no: '渝示市监处罚〔2026〕11号', agency: '示例区市场监管局', publicity_until: '2027-01-07', repaired_on: null, ended_on: null, ...origin(1, 'demo_penalty', 'penalty.csv') },
            { occurred_on: '2025-04-20', record_kind: 'tax_grade', severity: null, amount_fen: null, grade: 'B', document_no: null, agency: null, publicity_until: null, repaired_on: null, ended_on: null, ...origin(2, 'demo_tax', 'tax_grade.csv') }],
        relations: [4, 5].map((index) => ({ relation_kind: index === 4 ? 'branch' : 'same_address', scheme: 'demo', code: entities[index].code, name: entities[index].name, class: entities[index].class, ...origin(index, 'demo_relation', 'relation.csv') })),
        alerts: [{ id: 2, rule: 'class_downgrade', state: 'firing', severity: 'general', first_as_of: '2026-03-31' }],
        draws: [{ authority: 'chongqing-demo', number: 1, as_of: '2026-06-30', rank: 3 }],
    };
}

const rules = [
    ['complaint_surge', 'count_surge', 'general', '投诉激增(区县、行业)', 'Surge of complaints in a district and industry'],
    ['class_downgrade', 'class_downgrade', 'general', '信用风险分类下降', 'Credit-risk class fell'],
    ['complaint_not_accepted', 'complaint_not_accepted', 'serious', '投诉逾期未受理', 'Complaint not accepted or refused in time'],
];

export function alert(id) {
    const [rule_id, rule_kind, severity, zh, en] = rules[id % 3];
    const row = entities[(id * 5) % entities.length];
    const surge = rule_kind === 'count_surge';
    const series = Array.from({ length: 10 }, (_, week) => ({ week: new Date(Date.UTC(2026, 3, 20 + 7 * week)).toISOString().slice(0, 10), count: week === 9 ? 31 : 6 + ((week * id) % 5) }));
    const rule = { id: rule_id, kind: rule_kind, severity, title: { zh, en }, legal_basis: rule_kind === 'complaint_not_accepted' ? '市场监督管理投诉举报处理暂行办法第十四条' : null, example: rule_kind !== 'complaint_not_accepted' };
    const evidence = surge
        ? { rule, jurisdiction: 'CN-50', week: series[9].week, observed: 31, bound_milli: 17431, mean_milli: 8200, sigma_milli: 2987, series, detector: 'ears_c2', alpha_ppm: 1000, min_sigma_milli: 500, min_count: 3 }
        : rule_kind === 'class_downgrade'
            ? { rule, run: 7, changed_on: '2026-03-31', scheme: stamp.model.scheme, model_version: '2026.1', from_class: 'B', to_class: 'C', score_milli: 480977, cause: 'records', min_steps: 1 }
            : { rule, source: 'demo_complaint', record_key: `TS-${id}`, received_on: '2026-06-08', due_on: '2026-06-17', over_working_days: 9, provisional: false, limit_working_days: 7 };
    return {
        id, rule_id, rule_title: { zh, en }, rule_kind, state: 'firing', severity, region_code: row.region_code, region_name: row.region_name,
        industry: surge ? 'H' : null, entity: surge ? null : { scheme: row.scheme, code: row.code, name: row.name }, first_as_of: '2026-06-22', last_as_of: '2026-06-30', hits: 1 + (id % 4),
        assignee: null, due_on: rule_kind === 'complaint_not_accepted' ? '2026-06-17' : null, version: 1,
        labels: { region_code: row.region_code }, evidence, previous: id === 7 ? 4 : null,
        records: surge ? [0, 1, 2].map((index) => ({ fact_kind: 'complaint', received_on: `2026-06-2${index}`, complaint_kind: 'complaint', issue: 'food_safety', channel: '12315', outcome: 'pending', ...origin(index, 'demo_complaint', 'complaint.csv') })) : entityFile(row.code).inspections.slice(0, 2).map((fact) => ({ fact_kind: 'inspection', ...fact })),
        transitions: [{ step: 1, event: 'fire', from: null, to: 'firing', actor: 'system', reason: null, assignee: null, verdict: null, at: '2026-06-30T18:00:04+08:00', hash: '9f'.repeat(32) }],
    };
}

const handlings = ['accepted_in_limit', 'accepted_in_limit', 'accepted_in_limit', 'accepted_late', 'overdue', 'open', 'no_limit'];
const object = (row) => ({ scheme: row.scheme, code: row.code, name: row.name, region_code: row.region_code, region_name: row.region_name });

export const complaints = Array.from({ length: 180 }, (_, index) => {
    const handling = pick(handlings, index);
    const day = `2026-0${1 + (index % 6)}-${pad(1 + (index * 7) % 28, 2)}`;
    return {
        received_on: day, accepted_on: handling.startsWith('accepted') ? day : null, refused_on: null, ended_on: null, due_on: day, handling, complaint_kind: index % 3 ? 'complaint' : 'report',
        channel: '12315', issue: 'food_safety', outcome: index % 2 ? 'upheld' : 'pending', ...object(entities[index % entities.length]), ...origin(index, 'demo_complaint', 'complaint.csv'),
    };
});
export const inspections = Array.from({ length: 120 }, (_, index) => ({
    occurred_on: `2026-0${1 + (index % 6)}-${pad(1 + (index * 5) % 28, 2)}`, check_kind: ['random', 'daily', 'special'][index % 3], matter_id: 'FOOD-01', matter_title: '食品经营许可与卫生状况检查', department_id: 'SAMR-03',
    outcome: ['passed', 'corrected', 'failed'][index % 3], severity: index % 3 === 2 ? 'general' : null, adverse: index % 3 > 0, violation_count: index % 3, ...object(entities[(index * 5) % entities.length]), ...origin(index, 'demo_inspection', 'inspection.csv'),
}));
export const changes = [['A', 'B', 61], ['B', 'C', 18], ['C', 'D', 9], ['B', 'A', 35], ['C', 'B', 7], ['D', 'C', 3], ['A', 'D', 1], [null, 'A', 12]]
    .flatMap(([from, to, count]) => Array.from({ length: count }, (_, index) => ({ changed_on: '2026-03-31', from, to, cause: 'records', score_milli: 300000 + index * 977, ...object(entities[(index * 5) % entities.length]) })));

export function byClass(rows) {
    return rows.reduce((counts, row) => ({ ...counts, [row.class]: (counts[row.class] ?? 0) + 1 }), {});
}

export function summary(only) {
    const rows = entities.filter(({ region_code: code }) => !only || code === only);
    const counts = byClass(rows);
    return {
        ...stamp, district_set: '37',
        classes: ['A', 'B', 'C', 'D'].map((letter, index) => ({ class: letter, count: (counts[letter] ?? 0) * 731, previous_count: (counts[letter] ?? 0) * 731 + [212, -97, -80, -35][index] })),
        class_moves: [null, 'A', 'B', 'C', 'D'].flatMap((from) => ['A', 'B', 'C', 'D'].map((to) => ({ from, to, count: changes.filter((one) => one.from === from && one.to === to).length }))).filter(({ count }) => count > 0),
        regions: regions.map((region, index) => {
            const inside = byClass(entities.filter(({ region_code: code }) => code === region.region_code));
            const times = Object.fromEntries(Object.entries(inside).map(([key, count]) => [key, count * 731]));
            return { ...region, entities: Object.values(times).reduce((sum, count) => sum + count, 0), classes: times, adverse_ppm: 90000 + ((index * 52711) % 160000), alerts_open: (index * 5) % 9 };
        }),
        complaints: Object.fromEntries(['received', 'accepted_in_limit', 'accepted_late', 'overdue', 'open', 'no_limit'].map((key) => [key, complaints.filter(({ handling }) => key === 'received' || handling === key).length])),
        inspections: { count: inspections.length, adverse: inspections.filter(({ adverse }) => adverse).length, adverse_ppm: 666667 },
        sources: sources.map(({ source, last_loaded_at, days_silent, rows_in, rejected }) => ({ source, last_loaded_at, days_silent, rows: rows_in, rejected })),
    };
}

export const sources = [['demo_market', 'entity'], ['demo_inspection', 'inspection'], ['demo_complaint', 'complaint'], ['demo_penalty', 'credit_record'], ['demo_tax', 'credit_record']]
    .map(([source, record_kind], index) => ({ source, record_kind, jurisdiction: 'CN-50', last_loaded_at: `2026-06-${pad(30 - index * 6, 2)}T20:15:00+08:00`, batches: 4 + index, rows_in: 100137 + index * 4111, rejected: index * 21, days_silent: index * 6 }));

export const plans = [
    { plan: 'demo-2026-07', authority: 'chongqing-demo', title: { zh: '示例计划：2026年第三季度双随机抽查', en: 'Example plan: double-random inspections, third quarter of 2026' }, created_at: '2026-06-30T17:00:00+08:00', draws: 1, own: true },
    { plan: 'demo-declared', authority: 'chongqing-demo', title: { zh: '示例计划：以公开结果为随机数', en: 'Example plan: a public result as the beacon' }, created_at: '2026-06-30T17:00:00+08:00', draws: 0, own: true },
];

export const visits = entities.filter((_, index) => index % 8 === 2).map((row, index) => ({
    rank: 1 + (index % 4), class: row.class, scheme: row.scheme, code: row.code, name: row.name, region: row.region_name, ticket: pad((index * 48271).toString(16), 8).repeat(8),
    inspectors: [`INS${pad(index * 3 + 1, 4)}`, `INS${pad(index * 3 + 2, 4)}`], reserves: [`INS${pad(index + 400, 4)}`, `INS${pad(index + 500, 4)}`],
})).sort((one, other) => one.class.localeCompare(other.class) || one.rank - other.rank);

export const rehearsal = { source: 'rehearsal', round: null, rule: null };
export const declared = { source: 'declared-text', round: null, rule: '承诺次日福彩双色球开奖号码，以空格分隔' };

export function draw(number, state, beacon = rehearsal) {
    const drawn = state !== 'committed';
    return {
        ...stamp, authority: 'chongqing-demo', number, plan: 'demo-2026-07', state, rehearsal: beacon.source === 'rehearsal', frame_count: 98211, selected_count: drawn ? visits.length : null, redraw_of: number > 1 ? number - 1 : null,
        committed_at: '2026-06-30T17:05:00+08:00', drawn_at: drawn ? '2026-06-30T17:06:10+08:00' : null, revealed_at: state === 'revealed' ? '2026-07-31T10:00:00+08:00' : null,
        strata: ['A', 'B', 'C', 'D'].map((letter, index) => ({ class: letter, rate_ppm: 30000 + index * 10000, frame: [41000, 33000, 19000, 5211][index], selected: drawn ? visits.filter((visit) => visit.class === letter).length : null })),
        title: plans[0].title, own: true, redraw_reason: number > 1 ? '示例理由' : null, abandon_reason: null, abandoned_at: null, reveal_by: '2026-09-30',
        exclusions: [{ reason: 'not_in_business', count: 5120 }, { reason: 'no_class', count: 41 }, { reason: 'visits_per_year_cap', count: 388 }],
        hashes: { commit: 'a1b2c3d4'.repeat(8), plan: '5e6f7a8b'.repeat(8), frame_root: '0f1e2d3c'.repeat(8), log: Array.from({ length: { committed: 1, drawn: 2, revealed: 3 }[state] ?? 2 }, (_, index) => ({ kind: 'entry', hash: pad((index + 1).toString(16), 2).repeat(32) })) },
        beacon, alg: 'sha256',
    };
}
