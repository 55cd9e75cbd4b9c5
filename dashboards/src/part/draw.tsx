// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a draw, shown on its page and printed on its voucher.
import type { Draw, Verdict, Visit } from '../api/contract';
import { countText, dayText, digestText, momentText, NONE, ppmText } from '../format';
import { t, titled, word } from '../state/language';
import type { Loaded } from '../state/load';
import { ClassBadge, State } from './badge';
import { EntityName } from './name';
import { ProblemNote } from './page';
import { Table } from './table';

export function DrawFields({ draw }: { draw: Draw }) {
    const source = draw.beacon?.source;
    return (
        <dl class="fields">
            <div><dt>{word('column', 'state')}</dt><dd><State of={draw.state} family="draw_state" />{draw.rehearsal && ` ${t('draw.rehearsal')}`}</dd></div>
            <div><dt>{t('draw.plan')}</dt><dd>{titled(draw.title)} <small>{draw.plan}</small></dd></div>
            <div><dt>{word('column', 'as_of')}</dt><dd>{dayText(draw.as_of)}</dd></div>
            <div><dt>{t('draw.frame')}</dt><dd>{countText(draw.frame_count)}</dd></div>
            <div><dt>{t('draw.selected')}</dt><dd>{countText(draw.selected_count)}</dd></div>
            <div><dt>{t('draw.committed_at')}</dt><dd>{momentText(draw.committed_at)}</dd></div>
            <div><dt>{t('draw.drawn_at')}</dt><dd>{momentText(draw.drawn_at)}</dd></div>
            <div><dt>{t('draw.revealed_at')}</dt><dd>{momentText(draw.revealed_at)}</dd></div>
            <div><dt>{t('draw.reveal_by')}</dt><dd>{dayText(draw.reveal_by)}</dd></div>
            <div><dt>{t('draw.redraw_of')}</dt><dd>{draw.redraw_of ? `№${draw.redraw_of} ${draw.redraw_reason ?? ''}` : NONE}</dd></div>
            {draw.abandoned_at && <div><dt>{t('draw.abandoned_at')}</dt><dd>{momentText(draw.abandoned_at)} {draw.abandon_reason}</dd></div>}
            {source && <div><dt>{t('plan.beacon')}</dt><dd>{word('plan.beacon_source', source)}</dd></div>}
            {draw.alg && <div><dt>{word('plan', 'alg')}</dt><dd>{word('plan.alg', draw.alg)}</dd></div>}
        </dl>
    );
}

export function Strata({ draw }: { draw: Draw }) {
    return (
        <Table caption={t('draw.strata')} rows={draw.strata} columns={[
            { title: word('column', 'class'), cell: (stratum) => <ClassBadge of={stratum.class} /> },
            { title: t('draw.rate'), number: true, cell: (stratum) => ppmText(stratum.rate_ppm) },
            { title: t('draw.frame'), number: true, cell: (stratum) => countText(stratum.frame) },
            { title: t('draw.selected'), number: true, cell: (stratum) => countText(stratum.selected) },
        ]} />
    );
}

export function Exclusions({ draw }: { draw: Draw }) {
    return (
        <Table caption={t('draw.exclusions')} empty={t('draw.no_exclusions')} rows={draw.exclusions} columns={[
            { title: t('draw.reason'), cell: ({ reason }) => word('exclusion', reason) },
            { title: t('register.count'), number: true, cell: ({ count }) => countText(count) },
        ]} />
    );
}

export function Hashes({ draw: { hashes } }: { draw: Draw }) {
    const last = hashes.log[hashes.log.length - 1];
    const head = typeof last === 'string' ? last : (last as { hash?: string } | undefined)?.hash;
    return (
        <section>
            <h2>{t('draw.hashes')}</h2>
            <dl class="fields hashes">
                <div><dt>{t('draw.commit_hash')}</dt><dd><code>{digestText(hashes.commit)}</code></dd></div>
                {hashes.plan && <div><dt>{t('draw.plan_hash')}</dt><dd><code>{digestText(hashes.plan)}</code></dd></div>}
                <div><dt>{t('draw.frame_root')}</dt><dd><code>{digestText(hashes.frame_root)}</code></dd></div>
                <div><dt>{t('draw.log_head', { count: hashes.log.length })}</dt><dd><code>{digestText(head)}</code></dd></div>
            </dl>
        </section>
    );
}

/** Only a draw that was run has a list. */
export function listed(draw: Draw): boolean {
    return draw.state === 'drawn' || draw.state === 'revealed';
}

interface VisitProps { draw: Draw; loaded: Loaded<unknown>; visits: Visit[] | undefined }

/** The list itself is not for every role, and a draw that was given up has none. */
export function Visits({ draw, loaded: { problem, again }, visits }: VisitProps) {
    const hidden = problem?.status === 403 || problem?.status === 404 || draw.state === 'abandoned';
    if (problem && !hidden)
        return <ProblemNote problem={problem} again={again} />;
    if (hidden || draw.state === 'committed')
        return <p class="empty">{t(hidden ? 'draw.not_shown' : 'draw.not_drawn')}</p>;
    return (
        <Table caption={t('draw.visits')} rows={visits ?? []} columns={[
            { title: word('column', 'class'), cell: (visit) => <ClassBadge of={visit.class} /> },
            { title: word('column', 'rank'), number: true, cell: ({ rank }) => rank },
            { title: word('column', 'name'), cell: (visit) => <EntityName of={visit} /> },
            { title: word('column', 'code'), cell: ({ code }) => <code>{code}</code> },
            { title: word('column', 'region'), cell: ({ region }) => region ?? NONE },
            { title: t('draw.inspectors'), cell: ({ inspectors }) => inspectors.join(' ') || NONE },
            { title: t('draw.reserves'), cell: ({ reserves }) => reserves.join(' ') || NONE },
            { title: t('draw.ticket'), cell: ({ ticket }) => <code title={ticket}>{ticket.slice(0, 12)}</code> },
        ]} />
    );
}

const marks: Record<Verdict['verdict'], string> = { valid: '✓', invalid: '✗', 'not-revealed': '…' };

export function VerdictNote({ verdict: { verdict, detail, entries, head }, source }: { verdict: Verdict; source?: string }) {
    return (
        <p class={`finding finding-${verdict}`} role="status">
            <strong><span aria-hidden="true">{marks[verdict]}</span> {word('verify', verdict)}</strong>
            {entries !== undefined && ` ${t('verify.entries', { count: countText(entries), head: head ?? NONE })}`}
            {detail && ` ${detail}`}
            {source && ` ${word('caveat', source)}`}
        </p>
    );
}
