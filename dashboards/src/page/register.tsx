// SPDX-License-Identifier: GPL-3.0-or-later
// How many entities the register has, by class, district or industry; each number leads to its rows.
import type { Register, RegisterRow } from '../api/contract';
import { countAxis, grid, legend, nameAxis } from '../part/axes';
import { classes, shapes } from '../part/badge';
import { Chart } from '../part/chart';
import { Choice, Filter, options } from '../part/filter';
import { Export, Link } from '../part/link';
import { PageFrame } from '../part/page';
import { Table } from '../part/table';
import { countText, shareText } from '../format';
import { query, type Address, type Values } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

const keys: Record<string, string> = { class: 'class', region: 'region_code', industry: 'industry_section' };

export function RegisterPage({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Register>(`/register${query(values)}`);
    const by = values.by!;
    const rows = loaded.answer?.rows ?? [];
    const total = rows.reduce((sum, { count }) => sum + count, 0);
    return (
        <PageFrame title={t('register.title')} loaded={loaded} actions={<Export list="register" values={values} />}>
            <Filter page="register" values={values}>
                <Choice name="by" value={by} options={options('by', 'class', 'region', 'industry')} />
            </Filter>
            {loaded.answer && (
                <Chart title={t('register.chart')} option={optionOf(rows, by)} class={rows.length > 12 ? 'tall' : ''} tableOpen>
                    <RegisterTable rows={rows} by={by} total={total} />
                </Chart>
            )}
        </PageFrame>
    );
}

function nameOf(row: RegisterRow, by: string): string {
    if (by === 'region')
        return row.name ?? row.key;
    return row.key === '' ? t('register.unknown') : by === 'class' ? word('class', row.key) : row.name ?? word('industry', row.key);
}

/** By class the one bar of a row has the row's class; else a row's bar is divided by class. */
function optionOf(rows: RegisterRow[], by: string) {
    const listed = [...rows].reverse();
    const series = by === 'class'
        ? [{ type: 'bar', name: t('register.count'), barMaxWidth: 28, data: listed.map(({ key, count }) => ({ value: count, itemStyle: { color: `--class-${key || 'none'}` } })) }]
        : classes.map((one) => ({
            type: 'bar', stack: 'all', barMaxWidth: 28, name: `${shapes[one]} ${one}`, color: `--class-${one}`,
            data: listed.map((row) => row.by_class[one] ?? 0),
        }));
    return {
        grid: { ...grid, top: by === 'class' ? 8 : grid.top }, legend: by === 'class' ? undefined : legend,
        xAxis: countAxis(), yAxis: nameAxis(listed.map((row) => nameOf(row, by))), series,
    };
}

function RegisterTable({ rows, by, total }: { rows: RegisterRow[]; by: string; total: number }) {
    const link = (row: RegisterRow, more: Values, count: number) => row.key === ''
        ? countText(count)
        : <Link page="entities" values={{ [keys[by]!]: row.key, ...more }}>{countText(count)}</Link>;
    const divided = by === 'class' ? [] : classes;
    return (
        <Table caption={t('register.title')} captionHidden rows={rows} columns={[
            { title: word('by', by), cell: (row) => nameOf(row, by) },
            { title: t('register.count'), number: true, cell: (row) => link(row, {}, row.count) },
            { title: t('register.share'), number: true, cell: (row) => shareText(row.count, total) },
            ...divided.map((one) => ({
                title: `${shapes[one]} ${one}`, number: true, cell: (row: RegisterRow) => link(row, { class: one }, row.by_class[one] ?? 0),
            })),
        ]} />
    );
}
