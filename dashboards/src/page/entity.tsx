// SPDX-License-Identifier: GPL-3.0-or-later
// The file of one entity: its class and why, how it changed, and every fact with its origin.
import type { ClassChange, EntityFile } from '../api/contract';
import { countAxis, grid, TEXT_SIZE } from '../part/axes';
import { ClassBadge, Severity, State } from '../part/badge';
import { Chart } from '../part/chart';
import { complaintFields, Facts, inspectionFields, OriginOf, originColumns, recordFields } from '../part/facts';
import { Link } from '../part/link';
import { EntityName } from '../part/name';
import { PageFrame } from '../part/page';
import { Reasons } from '../part/reasons';
import { Table } from '../part/table';
import { countText, dayText, fenText, milliText, NONE, ppmText, momentText } from '../format';
import type { Address } from '../state/address';
import { t, titled, word } from '../state/language';
import { useLoaded } from '../state/load';

export function EntityPage({ address: { values } }: { address: Address }) {
    const path = `/entities/${encodeURIComponent(values.scheme!)}/${encodeURIComponent(values.code!)}`;
    const loaded = useLoaded<EntityFile>(path);
    const file = loaded.answer;
    return (
        <PageFrame title={file ? file.entity.name ?? file.entity.code : t('entity.title')} loaded={loaded} class="file"
            actions={<button type="button" class="quiet" onClick={() => print()}>{t('action.print')}</button>}>
            {file && (
                <>
                    <Particulars file={file} />
                    <Score file={file} />
                    <History history={file.history} />
                    <Facts caption={t('entity.inspections')} facts={file.inspections} fields={inspectionFields} />
                    <Facts caption={t('entity.complaints')} facts={file.complaints} fields={complaintFields} />
                    <Facts caption={t('entity.records')} facts={file.records} fields={recordFields} />
                    <Relations file={file} />
                    <Elsewhere file={file} />
                </>
            )}
        </PageFrame>
    );
}

function Particulars({ file: { entity } }: { file: EntityFile }) {
    const fields: [string, string][] = [
        ['code', `${entity.scheme} ${entity.code}`],
        ['entity_type', word('entity_type', entity.entity_type)],
        ['status', word('status', entity.status)],
        ['region', entity.region_name ?? entity.region_code ?? NONE],
        ['industry', entity.industry_name ?? entity.industry_code ?? NONE],
        ['registered_on', dayText(entity.registered_on)],
        ['capital_fen', fenText(entity.capital_fen)],
        ['employees', countText(entity.employees)],
        ['address', entity.address ?? NONE],
        ['licence_tags', entity.licence_tags?.join(' ') || NONE],
        ['aliases', entity.aliases?.map(({ scheme, code }) => `${scheme} ${code}`).join('; ') || NONE],
    ];
    return (
        <dl class="fields">
            {fields.map(([key, value]) => <div key={key}><dt>{word('field', key)}</dt><dd>{value}</dd></div>)}
            {entity.known_at && <div><dt>{t('origin.known')}</dt><dd>{momentText(entity.known_at)} · <OriginOf of={entity} /></dd></div>}
        </dl>
    );
}

function Score({ file: { score, reasons } }: { file: EntityFile }) {
    if (!score)
        return <p class="empty">{t('entity.no_class')}</p>;
    return (
        <section>
            <h2>{t('entity.class')}</h2>
            <div class="verdict">
                <ClassBadge of={score.class} large />
                <p>
                    <strong class="score">{milliText(score.score_milli)}</strong> {t('entity.points')}
                    {score.class !== score.class_by_score && <> · {t('entity.by_score')} <ClassBadge of={score.class_by_score} /></>}
                    {score.direct_rule && <> · {t('entity.direct', { rule: score.direct_rule })}</>}
                    {score.floor_rule && <> · {t('entity.floor', { rule: score.floor_rule })}</>}
                    {' '}· {t('entity.coverage', { share: ppmText(score.coverage_ppm) })}
                </p>
            </div>
            <p class="muted">{t('entity.working_reference')}</p>
            <h3>{t('entity.reasons')}</h3>
            <Reasons reasons={reasons} score={score.score_milli} />
            <Table caption={t('entity.dimensions')} rows={score.dimensions} columns={[
                { title: t('dimension.title'), cell: ({ title }) => titled(title) },
                { title: t('dimension.points'), number: true, cell: ({ milli }) => milliText(milli) },
                { title: t('dimension.most'), number: true, cell: (dimension) => milliText(dimension.max_milli) },
            ]} />
        </section>
    );
}

function History({ history }: { history: ClassChange[] }) {
    const table = (
        <Table caption={t('entity.history')} captionHidden rows={history} columns={[
            { title: t('history.day'), cell: (change) => dayText(change.changed_on) },
            { title: t('history.from'), cell: ({ from }) => <ClassBadge of={from} /> },
            { title: t('history.to'), cell: ({ to }) => <ClassBadge of={to} /> },
            { title: word('column', 'score'), number: true, cell: (change) => milliText(change.score_milli) },
            { title: t('history.cause'), cell: ({ cause }) => word('cause', cause) },
        ]} />
    );
    const points = [...history].sort((one, other) => one.changed_on.localeCompare(other.changed_on));
    const option = {
        grid: { ...grid, top: 16 },
        xAxis: { type: 'time', axisLabel: { color: '--ink-soft', fontSize: TEXT_SIZE, formatter: '{yyyy}-{MM}', hideOverlap: true }, axisLine: { lineStyle: { color: '--ink-soft' } } },
        yAxis: countAxis(),
        series: [{
            name: word('column', 'score'), type: 'line', step: 'end', symbol: 'circle', symbolSize: 9,
            lineStyle: { color: '--ink-soft' },
            data: points.map((change) => ({ value: [change.changed_on, change.score_milli / 1000], itemStyle: { color: `--class-${change.to}` } })),
        }],
    };
    return (
        <section>
            <h2>{t('entity.history')}</h2>
            {points.length > 1 ? <Chart title={t('entity.history')} option={option} class="low" tableOpen>{table}</Chart> : table}
        </section>
    );
}

function Relations({ file: { relations } }: { file: EntityFile }) {
    return (
        <Table caption={t('entity.relations')} rows={relations} columns={[
            { title: word('field', 'relation_kind'), cell: (relation) => word('relation_kind', relation.relation_kind) },
            { title: word('column', 'name'), cell: (row) => <EntityName of={row} /> },
            { title: word('column', 'class'), cell: (relation) => <ClassBadge of={relation.class} /> },
            ...originColumns<(typeof relations)[number]>(),
        ]} />
    );
}

function Elsewhere({ file: { alerts, draws } }: { file: EntityFile }) {
    return (
        <>
            <Table caption={t('entity.alerts')} rows={alerts} columns={[
                { title: word('column', 'rule'), cell: ({ id, rule }) => <Link page="alert" values={{ id: String(id), state: 'all' }}>{word('rule', rule)} #{id}</Link> },
                { title: word('column', 'severity'), cell: ({ severity }) => <Severity of={severity} /> },
                { title: word('column', 'state'), cell: ({ state }) => <State of={state} family="state" /> },
                { title: word('column', 'first'), cell: (alert) => dayText(alert.first_as_of) },
            ]} />
            <Table caption={t('entity.draws')} rows={draws} columns={[
                { title: word('column', 'draw'), cell: ({ authority, number }) => <Link page="draw" values={{ authority, number: String(number) }}>{authority} №{number}</Link> },
                { title: word('column', 'as_of'), cell: (draw) => dayText(draw.as_of) },
                { title: word('column', 'rank'), number: true, cell: ({ rank }) => rank },
            ]} />
        </>
    );
}
