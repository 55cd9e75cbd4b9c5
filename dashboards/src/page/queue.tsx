// SPDX-License-Identifier: GPL-3.0-or-later
// The regulator's queue of risk alerts: filtered, worked through by keyboard, many at once with one
// reason.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { change } from '../api/client';
import type { AlertPage, AlertRow, BulkOutcome } from '../api/contract';
import { Severity, State } from '../part/badge';
import { Choice, Entry, Filter, options, RegionChoice } from '../part/filter';
import { useKeys } from '../part/keys';
import { Export, isPlainClick, Pager } from '../part/link';
import { EntityName } from '../part/name';
import { PageFrame } from '../part/page';
import { useRun } from '../part/run';
import { needsOf, TransitionDialog, type Step } from '../part/transition';
import { countText, dayText, NONE } from '../format';
import { encode, go, query, type Address, type Values } from '../state/address';
import { t, titled, word } from '../state/language';
import { useLoaded } from '../state/load';
import { isRole } from '../state/session';

const events = ['acknowledge', 'assign', 'start', 'resolve', 'close'];
const stages = ['firing', 'acknowledged', 'assigned', 'in_progress', 'resolved', 'closed'];

const ACROSS = '100';

/** One screen of the queue: as many as one step may take at once. */
export function queuePath(values: Values): string {
    return `/alerts${query({ ...values, limit: ACROSS }, 'at', 'id')}`;
}

export function Queue({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<AlertPage>(queuePath(values));
    const items = loaded.answer?.items ?? [];
    const [marked, setActive] = useState<number | null>(null);
    const opened = items.findIndex(({ id }) => String(id) === values.at);
    // Rows go when they are done, so the mark may point beyond the last.
    const active = Math.max(0, Math.min(items.length - 1, marked ?? opened));
    const [chosen, setChosen] = useState<Set<number>>(new Set());
    const [asked, setAsked] = useState<string | null>(null);
    const [outcome, setOutcome] = useState<BulkOutcome | null>(null);
    const table = useRef<HTMLTableSectionElement>(null);
    const run = useRun();
    const works = isRole('regulator', 'admin');

    useEffect(() => { setActive(null); setChosen(new Set()); setOutcome(null); }, [queuePath(values)]);
    useEffect(() => { if (loaded.answer && (values.at || outcome)) focusRow(active); }, [loaded.answer]);
    const focusRow = (row: number) => table.current?.querySelectorAll('tr')[row]?.focus();
    const move = (to: number) => {
        const row = Math.max(0, Math.min(items.length - 1, to));
        setActive(row);
        focusRow(row);
    };
    const extend = (to: number) => {
        if (!works || !items[to])
            return;
        setChosen(new Set([...chosen, items[active]!.id, items[to]!.id]));
        move(to);
    };
    const chooseAll = () => setChosen(new Set(chosen.size === items.length ? [] : items.map(({ id }) => id)));
    const toggle = (id: number) => {
        const next = new Set(chosen);
        if (!next.delete(id))
            next.add(id);
        setChosen(next);
    };
    const choose = (row: number, range: boolean) => {
        if (!range)
            toggle(items[row]!.id);
        else
            setChosen(new Set([...chosen, ...items.slice(Math.min(active, row), Math.max(active, row) + 1).map(({ id }) => id)]));
        setActive(row);
    };
    const show = (item: AlertRow) => {
        // Going back comes to the row that was opened.
        go('alerts', { ...values, at: String(item.id) }, true);
        go('alert', { ...values, id: String(item.id) });
    };
    const targets = chosen.size > 0 ? items.filter(({ id }) => chosen.has(id)) : items.slice(active, active + 1);
    const ask = (event: string) => { if (works && targets.length > 0) setAsked(event); };
    const send = (step: Step) => run.start(async () => {
        setOutcome(await change<BulkOutcome>('/alerts/transitions', { method: 'POST', body: { ids: targets.map(({ id, version }) => ({ id, version })), ...step } }));
        setAsked(null);
        setChosen(new Set());
        loaded.again();
    });

    useKeys([
        { key: 'j', title: 'keys.down', run: () => move(active + 1) },
        { key: 'k', title: 'keys.up', run: () => move(active - 1) },
        { key: 'J', title: 'keys.extend_down', run: () => extend(active + 1) },
        { key: 'K', title: 'keys.extend_up', run: () => extend(active - 1) },
        { key: 'Enter', title: 'keys.open', run: () => { if (items[active]) show(items[active]!); } },
        { key: 'x', title: 'keys.choose', run: () => { if (works && items[active]) choose(active, false); } },
        { key: 'X', title: 'keys.choose_all', run: () => { if (works) chooseAll(); } },
        { key: 'a', title: 'keys.acknowledge', run: () => ask('acknowledge') },
        { key: 'r', title: 'keys.resolve', run: () => ask('resolve') },
        { key: 'f', title: 'keys.assign', run: () => ask('assign') },
        { key: '/', title: 'keys.search', run: () => document.querySelector<HTMLElement>('.filter select, .filter input')?.focus() },
    ]);

    return (
        <PageFrame title={t('queue.title')} loaded={loaded} class="wide" actions={<Export list="alerts" values={values} />}>
            <Counts counts={loaded.answer?.counts ?? {}} />
            <QueueFilter values={values} />
            {works && (
                <div class="bar no-print" role="group" aria-label={t('queue.bulk')}>
                    <span aria-live="polite">{chosen.size > 0 ? t('queue.chosen', { count: chosen.size }) : t('queue.active')}</span>
                    {events.map((event) => (
                        <button type="button" key={event} class="quiet" disabled={targets.length === 0} onClick={() => ask(event)}>{word('event', event)}</button>
                    ))}
                </div>
            )}
            {outcome && <Outcome outcome={outcome} />}
            {loaded.answer && items.length === 0 && <p class="empty">{t('queue.empty')}</p>}
            {items.length > 0 && (
                <table class="cards queue">
                    <caption class="hidden">{t('queue.title')}</caption>
                    <thead>
                        <tr>
                            {works && <th class="no-print"><input type="checkbox" checked={chosen.size === items.length} aria-label={t('queue.choose_all')} onClick={(event) => { event.preventDefault(); chooseAll(); }} /></th>}
                            {['severity', 'rule', 'object', 'region', 'state', 'first', 'last', 'hits', 'assignee', 'due'].map((name) => (
                                <th key={name} scope="col" class={name === 'hits' ? 'number' : undefined}>{word('column', name)}</th>
                            ))}
                        </tr>
                    </thead>
                    <tbody ref={table}>
                        {items.map((item, row) => (
                            <QueueRow key={item.id} item={item} values={values} active={row === active} chosen={chosen.has(item.id)} works={works}
                                onActive={() => setActive(row)} onShow={() => show(item)} onChoose={(range) => choose(row, range)} />
                        ))}
                    </tbody>
                </table>
            )}
            {loaded.answer && <Pager page="alerts" values={values} next={loaded.answer.next} />}
            {asked && (
                <TransitionDialog event={asked} needs={needsOf[asked] ?? []} count={targets.length} run={run} onSend={send} onClose={() => setAsked(null)} />
            )}
        </PageFrame>
    );
}

interface RowProps {
    item: AlertRow;
    values: Values;
    active: boolean;
    chosen: boolean;
    works: boolean;
    onActive: () => void;
    onShow: () => void;
    onChoose: (range: boolean) => void;
}

function QueueRow({ item, values, active, chosen, works, onActive, onShow, onChoose }: RowProps) {
    const follow = (event: JSX.TargetedMouseEvent<HTMLAnchorElement>) => {
        if (!isPlainClick(event))
            return;
        event.preventDefault();
        onShow();
    };
    return (
        <tr tabIndex={active ? 0 : -1} class={active ? 'active' : undefined} aria-selected={chosen} onFocus={onActive}>
            {works && (
                <td class="no-print" data-title={t('queue.choose')}>
                    <input type="checkbox" checked={chosen} aria-label={t('queue.choose_one', { id: item.id })}
                        onClick={(event) => { event.preventDefault(); onChoose(event.shiftKey); }} />
                </td>
            )}
            <td data-title={word('column', 'severity')}><Severity of={item.severity} /></td>
            <td data-title={word('column', 'rule')}>
                <a href={encode('alert', { ...values, id: String(item.id) })} onClick={follow}>{titled(item.rule_title)} #{item.id}</a>
            </td>
            <td data-title={word('column', 'object')}><ObjectOf alert={item} /></td>
            <td data-title={word('column', 'region')}>{item.region_name ?? item.region_code ?? NONE}</td>
            <td data-title={word('column', 'state')}><State of={item.state} family="state" /></td>
            <td data-title={word('column', 'first')} class="day">{dayText(item.first_as_of)}</td>
            <td data-title={word('column', 'last')} class="day">{dayText(item.last_as_of)}</td>
            <td data-title={word('column', 'hits')} class="number">{countText(item.hits)}</td>
            <td data-title={word('column', 'assignee')}>{item.assignee ?? NONE}</td>
            <td data-title={word('column', 'due')} class="day">{dayText(item.due_on)}</td>
        </tr>
    );
}

export function ObjectOf({ alert }: { alert: AlertRow }) {
    if (alert.entity)
        return <EntityName of={alert.entity} />;
    return <>{alert.industry ? word('industry', alert.industry) : t('queue.group')}</>;
}

function Counts({ counts }: { counts: Record<string, number> }) {
    return (
        <ul class="counts">
            {stages.map((stage) => (
                <li key={stage}><span>{word('state', stage)}</span> <strong>{countText(counts[stage] ?? 0)}</strong></li>
            ))}
        </ul>
    );
}

function QueueFilter({ values }: { values: Values }) {
    return (
        <Filter page="alerts" values={values}>
            <Choice name="state" value={values.state!} options={options('list_state', 'open', 'resolved', 'closed', 'all')} />
            <Choice name="severity" value={values.severity!} all options={options('severity', 'serious', 'general', 'minor')} />
            <RegionChoice value={values.region_code!} />
            <Choice name="rule" value={values.rule!} all options={options('rule', 'complaint_surge', 'complaint_surge_total', 'class_downgrade', 'complaint_not_accepted')} />
            <Choice name="overdue" value={values.overdue!} all options={options('boolean', 'true')} />
            <Entry name="assignee" value={values.assignee!} />
            <Choice name="sort" value={values.sort!} options={options('sort', 'severity', 'age')} />
        </Filter>
    );
}

function Outcome({ outcome: { done, failed } }: { outcome: BulkOutcome }) {
    return (
        <div class={failed.length > 0 ? 'problem' : 'done'} role="status">
            <p>{t('queue.done', { count: done.length })}{failed.length > 0 && ` ${t('queue.failed', { count: failed.length })}`}</p>
            {failed.length > 0 && <ul>{failed.map(({ id, detail }) => <li key={id}>#{id} {detail}</li>)}</ul>}
        </div>
    );
}
