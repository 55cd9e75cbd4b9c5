// SPDX-License-Identifier: GPL-3.0-or-later
// What waits and what was done: alerts, complaints, inspections, and the freshness of the sources.
import type { Summary } from '../api/contract';
import { countText, momentText, ppmText, shareText } from '../format';
import type { Values } from '../state/address';
import { t, word } from '../state/language';
import { countAxis, grid, nameAxis } from './axes';
import { Severity } from './badge';
import { Chart } from './chart';
import { Link } from './link';
import { Table } from './table';

interface Props { summary: Summary; values: Values }

export function AlertsPanel({ summary: { alerts }, values }: Props) {
    const region = { region_code: values.region_code! };
    return (
        <section class="panel alerts">
            <h2>{t('board.alerts')}</h2>
            <ul class="figures">
                <li><span>{t('board.open')}</span><Link page="alerts" values={region} class="figure">{countText(alerts.open)}</Link></li>
                <li><span>{t('board.overdue')}</span><Link page="alerts" values={{ ...region, overdue: 'true', sort: 'age' }} class="figure">{countText(alerts.overdue)}</Link></li>
            </ul>
            <ul class="figures small">
                {['serious', 'general', 'minor'].map((severity) => (
                    <li key={severity}>
                        <Severity of={severity} />
                        <Link page="alerts" values={{ ...region, severity }} class="figure">{countText(alerts.by_severity[severity] ?? 0)}</Link>
                    </li>
                ))}
            </ul>
        </section>
    );
}

export function ComplaintsPanel({ summary: { complaints }, values }: Props) {
    const parts = ['accepted_in_limit', 'accepted_late', 'overdue', 'open'] as const;
    const colours = { accepted_in_limit: '--class-A', accepted_late: '--class-C', overdue: '--class-D', open: '--class-B' };
    const option = {
        grid: { ...grid, top: 8 }, xAxis: countAxis(), yAxis: nameAxis([...parts].reverse().map((part) => word('handling', part))),
        series: [{ type: 'bar', name: t('board.complaints'), barMaxWidth: 22, data: [...parts].reverse().map((part) => ({ value: complaints[part], itemStyle: { color: colours[part] } })) }],
    };
    const rows = ['received', ...parts, 'no_limit'] as const;
    const behind = (row: (typeof rows)[number]): Values => ({ region_code: values.region_code!, handling: row === 'received' ? '' : row });
    return (
        <section class="panel complaints">
            <h2>{t('board.complaints')}</h2>
            <ul class="figures">
                <li><span>{word('handling', 'received')}</span><Link page="complaints" values={behind('received')} class="figure">{countText(complaints.received)}</Link></li>
                <li><span>{t('board.in_limit')}</span>
                    <Link page="complaints" values={behind('accepted_in_limit')} class="figure">
                        {shareText(complaints.accepted_in_limit, complaints.accepted_in_limit + complaints.accepted_late + complaints.overdue)}
                    </Link>
                </li>
                <li><span>{word('handling', 'overdue')}</span><Link page="complaints" values={behind('overdue')} class="figure">{countText(complaints.overdue)}</Link></li>
                <li><span>{word('handling', 'open')}</span><Link page="complaints" values={behind('open')} class="figure">{countText(complaints.open)}</Link></li>
            </ul>
            <Chart title={t('board.complaints')} option={option} class="low">
                <Table caption={t('board.complaints')} captionHidden rows={[...rows]} columns={[
                    { title: t('board.step'), cell: (row) => word('handling', row) },
                    { title: t('register.count'), number: true, cell: (row) => <Link page="complaints" values={behind(row)}>{countText(complaints[row])}</Link> },
                ]} />
            </Chart>
        </section>
    );
}

export function InspectionsPanel({ summary: { inspections }, values }: Props) {
    const region = { region_code: values.region_code! };
    const adverse = { ...region, adverse: 'true' };
    return (
        <section class="panel inspections">
            <h2>{t('board.inspections')}</h2>
            <ul class="figures">
                <li><span>{t('board.inspected')}</span><Link page="inspections" values={region} class="figure">{countText(inspections.count)}</Link></li>
                <li><span>{t('board.adverse')}</span><Link page="inspections" values={adverse} class="figure">{countText(inspections.adverse)}</Link></li>
                <li><span>{t('board.adverse_share')}</span><Link page="inspections" values={adverse} class="figure">{ppmText(inspections.adverse_ppm)}</Link></li>
            </ul>
            <p><Link page="draws">{t('board.draws')}</Link></p>
        </section>
    );
}

export function SourcesPanel({ summary: { sources } }: { summary: Summary }) {
    return (
        <section class="panel sources">
            <h2>{t('board.sources')}</h2>
            <Table caption={t('board.sources')} captionHidden rows={sources} columns={[
                { title: word('column', 'source'), cell: ({ source }) => <Link page="loads" values={{ source }}>{source}</Link> },
                { title: t('sources.last'), cell: (source) => momentText(source.last_loaded_at) },
                { title: t('sources.silent'), number: true, cell: ({ source, days_silent: days }) => <Link page="loads" values={{ source }}>{countText(days)}</Link> },
                { title: t('sources.rows'), number: true, cell: ({ source, rows }) => <Link page="loads" values={{ source }}>{countText(rows)}</Link> },
                { title: t('sources.rejected'), number: true, cell: ({ source, rejected }) => <Link page="rejects" values={{ source }}>{countText(rejected)}</Link> },
            ]} />
        </section>
    );
}
