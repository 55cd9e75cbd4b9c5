// SPDX-License-Identifier: GPL-3.0-or-later
// One alert: what was found and by which rule, the facts behind it, what was done, what can be
// done next, and the neighbours in the queue it was opened from.
import { useState } from 'preact/hooks';
import { change } from '../api/client';
import type { Alert, AlertPage as AlertList, Allowed, Transition, Week } from '../api/contract';
import { countAxis, grid, legend, nameAxis } from '../part/axes';
import { Severity, State } from '../part/badge';
import { Chart } from '../part/chart';
import { MixedFacts } from '../part/facts';
import { useKeys } from '../part/keys';
import { Link } from '../part/link';
import { PageFrame } from '../part/page';
import { useRun } from '../part/run';
import { Table } from '../part/table';
import { TransitionDialog, type Step } from '../part/transition';
import { countText, dayText, milliText, momentText, NONE, ppmText } from '../format';
import { encode, go, type Address, type Values } from '../state/address';
import { t, titled, word } from '../state/language';
import { useLoaded } from '../state/load';
import { ObjectOf, queuePath } from './queue';

export function AlertPage({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Alert>(`/alerts/${values.id}`);
    const [asked, setAsked] = useState<Allowed | null>(null);
    const run = useRun();
    const alert = loaded.answer;
    const send = (step: Step) => run.start(async () => {
        await change(`/alerts/${values.id}/transitions`, {
            method: 'POST', body: step, headers: { 'If-Match': `"${alert!.version}"` },
        });
        setAsked(null);
        loaded.again();
    });
    const key = (event: string) => () => {
        const allowed = alert?.allowed.find((one) => one.event === event);
        if (allowed)
            setAsked(allowed);
    };
    useKeys([
        { key: 'a', title: 'keys.acknowledge', run: key('acknowledge') },
        { key: 'f', title: 'keys.assign', run: key('assign') },
        { key: 'r', title: 'keys.resolve', run: key('resolve') },
    ]);
    return (
        <PageFrame title={alert ? `${titled(alert.rule_title)} #${alert.id}` : t('alert.title')} loaded={loaded}
            actions={<Neighbours values={values} />}>
            {alert && (
                <>
                    <div class="bar no-print" role="group" aria-label={t('alert.actions')}>
                        <State of={alert.state} family="state" />
                        {alert.allowed.map((allowed) => (
                            <button type="button" key={allowed.event} onClick={() => setAsked(allowed)}>{word('event', allowed.event)}</button>
                        ))}
                        {alert.allowed.length === 0 && <span class="muted">{t('alert.nothing_allowed')}</span>}
                    </div>
                    <Head alert={alert} />
                    {alert.evidence.series && <Series alert={alert} series={alert.evidence.series} />}
                    <Evidence alert={alert} />
                    <MixedFacts caption={t('alert.records')} facts={alert.records} />
                    <Transitions steps={alert.transitions} />
                </>
            )}
            {asked && alert && (
                <TransitionDialog event={asked.event} needs={asked.needs} count={1} run={run} onSend={send} onClose={() => setAsked(null)} />
            )}
        </PageFrame>
    );
}

/** The queue is read again by the filter in the address, so the neighbours survive a reload. */
function Neighbours({ values }: { values: Values }) {
    const queue: Values = { ...values, id: '', at: values.id! };
    const { answer } = useLoaded<AlertList>(queuePath(values));
    const ids = (answer?.items ?? []).map(({ id }) => String(id));
    const at = ids.indexOf(values.id!);
    const previous = at > 0 ? ids[at - 1] : undefined;
    const next = at >= 0 ? ids[at + 1] : ids[0];
    const following = at === ids.length - 1 ? answer?.next : null;
    const turn = (id: string | undefined) => { if (id) go('alert', { ...values, id }); };
    useKeys([
        { key: 'j', title: 'keys.next', run: () => following ? go('alerts', { ...values, cursor: following }) : turn(next) },
        { key: 'k', title: 'keys.previous', run: () => turn(previous) },
        { key: 'q', title: 'keys.queue', run: () => go('alerts', queue) },
    ]);
    return (
        <>
            {previous && <Link page="alert" values={{ ...values, id: previous }} class="button quiet">{t('alert.previous')}</Link>}
            {next && <Link page="alert" values={{ ...values, id: next }} class="button quiet">{t('alert.next')}</Link>}
            {following && <Link page="alerts" values={{ ...values, cursor: following }} class="button quiet">{t('list.next')}</Link>}
            <Link page="alerts" values={queue} class="button quiet">{t('alert.queue')}</Link>
        </>
    );
}

function Head({ alert }: { alert: Alert }) {
    const rule = alert.evidence.rule as { legal_basis?: string | null; example?: boolean } | undefined;
    return (
        <dl class="fields">
            <div><dt>{word('column', 'severity')}</dt><dd><Severity of={alert.severity} /></dd></div>
            <div><dt>{word('column', 'object')}</dt><dd><ObjectOf alert={alert} /></dd></div>
            <div><dt>{word('column', 'region')}</dt><dd>{alert.region_name ?? alert.region_code ?? NONE}</dd></div>
            <div><dt>{word('column', 'rule')}</dt><dd><code>{alert.rule_id}</code>{rule?.example && ` ${t('alert.example')}`}</dd></div>
            {rule?.legal_basis && <div><dt>{word('field', 'legal_basis')}</dt><dd>{rule.legal_basis}</dd></div>}
            <div><dt>{word('column', 'first')}</dt><dd>{dayText(alert.first_as_of)}</dd></div>
            <div><dt>{word('column', 'last')}</dt><dd>{dayText(alert.last_as_of)}</dd></div>
            <div><dt>{word('column', 'hits')}</dt><dd>{countText(alert.hits)}</dd></div>
            <div><dt>{word('column', 'assignee')}</dt><dd>{alert.assignee ?? NONE}</dd></div>
            <div><dt>{word('column', 'due')}</dt><dd>{dayText(alert.due_on)}</dd></div>
            {alert.previous && (
                <div><dt>{t('alert.earlier')}</dt><dd><a href={encode('alert', { id: String(alert.previous), state: 'all' })}>#{alert.previous}</a></dd></div>
            )}
        </dl>
    );
}

/** The bound belongs to the week that was judged; a series may bring one for each week. */
function boundOf(alert: Alert, week: Week): number | null {
    const { bound_milli: bound, week: judged } = alert.evidence;
    return week.bound ?? (typeof bound === 'number' && week.week === judged ? bound / 1000 : null);
}

function Series({ alert, series }: { alert: Alert; series: Week[] }) {
    const bounds = series.map((week) => boundOf(alert, week));
    const single = bounds.filter((bound) => bound !== null).length === 1;
    const option = {
        grid, legend: { ...legend, icon: undefined },
        xAxis: nameAxis(series.map(({ week }) => week)),
        yAxis: countAxis(),
        series: [
            { name: t('series.count'), type: 'bar', barMaxWidth: 40, data: series.map(({ count }) => count), itemStyle: { color: '--class-A' } },
            {
                name: t('series.bound'), type: 'line', data: bounds, symbol: 'diamond', symbolSize: single ? 16 : 8,
                color: '--class-D', lineStyle: { color: '--class-D', type: 'dashed' },
            },
        ],
    };
    return (
        <section>
            <h2>{t('alert.series')}</h2>
            <Chart title={t('alert.series')} option={option}>
                <Table caption={t('alert.series')} captionHidden rows={series} columns={[
                    { title: t('series.week'), cell: ({ week }) => week },
                    { title: t('series.count'), number: true, cell: ({ count }) => countText(count) },
                    { title: t('series.bound'), number: true, cell: (week) => boundOf(alert, week) ?? NONE },
                ]} />
            </Chart>
        </section>
    );
}

const elsewhere = new Set(['rule', 'series', 'entity', 'region_code', 'industry_section']);

function Evidence({ alert }: { alert: Alert }) {
    const shown = Object.entries(alert.evidence).filter(([key, value]) => !elsewhere.has(key) && value !== null && typeof value !== 'object');
    return (
        <section>
            <h2>{t('alert.evidence')}</h2>
            <dl class="fields">
                {shown.map(([key, value]) => <div key={key}><dt>{word('evidence', key)}</dt><dd>{evidenceText(key, value)}</dd></div>)}
            </dl>
        </section>
    );
}

function evidenceText(key: string, value: unknown): string {
    if (key.endsWith('_milli'))
        return milliText(Number(value));
    if (key.endsWith('_ppm'))
        return ppmText(Number(value));
    return typeof value === 'boolean' ? word('boolean', String(value)) : key === 'cause' ? word('cause', String(value)) : String(value);
}

function Transitions({ steps }: { steps: Transition[] }) {
    return (
        <Table caption={t('alert.transitions')} rows={steps} columns={[
            { title: t('step.number'), number: true, cell: ({ step }) => step },
            { title: t('step.at'), cell: ({ at }) => momentText(at) },
            { title: t('step.event'), cell: ({ event }) => word('event', event) },
            { title: t('step.states'), cell: ({ from, to }) => `${from ? word('state', from) : NONE} → ${word('state', to)}` },
            { title: t('step.actor'), cell: ({ actor }) => actor },
            { title: t('step.words'), cell: (step) => wordsOf(step) },
            { title: t('step.hash'), cell: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}</code> },
        ]} />
    );
}

function wordsOf({ reason, assignee, verdict }: Transition): string {
    const parts = [
        assignee && `${word('column', 'assignee')}: ${assignee}`,
        verdict && verdict !== 'none' && `${t('transition.verdict')}: ${word('verdict', verdict)}`,
        reason,
    ];
    return parts.filter(Boolean).join(' · ') || NONE;
}
