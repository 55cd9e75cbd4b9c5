// SPDX-License-Identifier: GPL-3.0-or-later
// Facts as tables: what happened, when it became known, and the file and line it stands in.
import type { ComponentChildren } from 'preact';
import type { Fact, Origin } from '../api/contract';
import { fenText, momentText, NONE } from '../format';
import { t, word, type Key } from '../state/language';
import { EntityName } from './name';
import { Table, type Column } from './table';

/** Fields of a fact in the order of their columns; a family means that the value is a code word. */
export type Field = [key: string, family?: string];

export const inspectionFields: Field[] = [
    ['occurred_on'], ['check_kind', 'check_kind'], ['matter_id'], ['outcome', 'outcome'], ['severity', 'severity'],
    ['violation_count'], ['department_id'], ['notice_no'],
];
export const complaintFields: Field[] = [
    ['received_on'], ['complaint_kind', 'complaint_kind'], ['issue', 'issue'], ['channel'], ['outcome', 'complaint_outcome'],
    ['accepted_on'], ['refused_on'], ['ended_on'],
];
export const recordFields: Field[] = [
    ['occurred_on'], ['record_kind', 'record_kind'], ['severity', 'severity'], ['amount_fen'], ['grade'], ['document_no'],
    ['agency'], ['publicity_until'], ['repaired_on'], ['ended_on'],
];

interface FactsProps { caption: string; facts: Fact[]; fields: Field[]; named?: boolean }

export function Facts({ caption, facts, fields, named }: FactsProps) {
    // A column in which nothing is recorded would only take room.
    const used = fields.filter(([key]) => facts.some((fact) => fact[key] !== null && fact[key] !== undefined && fact[key] !== ''));
    const columns: Column<Fact>[] = used.map(([key, family]) => ({
        title: word('field', key),
        number: key === 'amount_fen' || key === 'violation_count',
        short: !!family,
        cell: (fact) => valueOf(key, fact[key], family),
    }));
    const object: Column<Fact>[] = named && facts.some(({ code }) => code) ? [{ title: word('column', 'object'), cell: (fact) => <EntityName of={fact} /> }] : [];
    return <Table caption={caption} rows={facts} columns={[...object, ...columns, ...originColumns()]} />;
}

/** What facts of a kind are called, and their columns. */
const kinds: { kind: string; title: Key; fields: Field[] }[] = [
    { kind: 'complaint', title: 'entity.complaints', fields: complaintFields },
    { kind: 'inspection', title: 'entity.inspections', fields: inspectionFields },
    { kind: 'credit_record', title: 'entity.records', fields: recordFields },
];

/** Facts of any kind, as behind an alert: a table for each kind that is there. */
export function MixedFacts({ caption, facts }: { caption: string; facts: Fact[] }) {
    const present = kinds.filter(({ kind }) => facts.some((fact) => fact.fact_kind === kind));
    if (present.length === 0)
        return <Facts caption={caption} facts={[]} fields={[]} />;
    return (
        <>
            {present.map(({ kind, title, fields }) => (
                <Facts key={kind} caption={`${caption} · ${t(title)}`} facts={facts.filter((fact) => fact.fact_kind === kind)} fields={fields} named />
            ))}
        </>
    );
}

export function originColumns<Row extends Partial<Origin>>(): Column<Row>[] {
    return [
        { title: t('origin.known'), cell: (row) => momentText(row.known_at) },
        { title: t('origin.place'), cell: (row) => <OriginOf of={row} /> },
    ];
}

/** Both in one column, for lists that are wide already. */
export function originColumn<Row extends Partial<Origin>>(): Column<Row> {
    return { title: t('origin.both'), cell: (row) => <><OriginOf of={row} /> <span class="origin">{momentText(row.known_at)}</span></> };
}

export function OriginOf({ of: { source, file, line } }: { of: Partial<Origin> }) {
    if (!source)
        return <>{NONE}</>;
    return <span class="origin">{source} · {file} · {t('origin.line', { line: line ?? NONE })}</span>;
}

function valueOf(key: string, value: unknown, family?: string): ComponentChildren {
    if (value === null || value === undefined || value === '')
        return NONE;
    if (key.endsWith('_fen'))
        return fenText(Number(value));
    if (key.endsWith('_on') || key.endsWith('_until'))
        return <span class="day">{String(value)}</span>;
    return family ? word(family, String(value)) : Array.isArray(value) ? value.join(' ') : String(value);
}
