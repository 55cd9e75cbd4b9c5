// SPDX-License-Identifier: GPL-3.0-or-later
// All draws, those given up included: a redraw never hides the draw before it.
import { rows } from '../api/client';
import type { DrawRow, List, Page, Plan } from '../api/contract';
import { State } from '../part/badge';
import { Export, Link, Pager } from '../part/link';
import { PageFrame, ProblemNote } from '../part/page';
import { Table } from '../part/table';
import { countText, dayText, momentText, NONE } from '../format';
import { query, type Address } from '../state/address';
import { t, titled, word } from '../state/language';
import { useLoaded } from '../state/load';
import { isRole } from '../state/session';

export function Draws({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Page<DrawRow>>(`/draws${query(values)}`);
    const plans = useLoaded<List<Plan>>('/plans?limit=200');
    const actions = (
        <>
            {isRole('planner', 'admin') && <Link page="commit" class="button">{t('draws.new')}</Link>}
            <Export list="draws" />
        </>
    );
    return (
        <PageFrame title={t('draws.title')} loaded={loaded} actions={actions}>
            {loaded.answer && (
                <>
                    <Table caption={t('draws.title')} captionHidden rows={loaded.answer.items} columns={[
                        { title: word('column', 'draw'), cell: ({ authority, number }) => <Link page="draw" values={{ authority, number: String(number) }}>{authority} №{number}</Link> },
                        { title: t('draw.plan'), cell: ({ plan }) => plan },
                        { title: word('column', 'state'), cell: (draw) => <><State of={draw.state} family="draw_state" />{draw.rehearsal && ` ${t('draw.rehearsal')}`}</> },
                        { title: word('column', 'as_of'), cell: (draw) => dayText(draw.as_of) },
                        { title: t('draw.frame'), number: true, cell: (draw) => countText(draw.frame_count) },
                        { title: t('draw.selected'), number: true, cell: (draw) => countText(draw.selected_count) },
                        { title: t('draw.committed_at'), cell: (draw) => momentText(draw.committed_at) },
                        { title: t('draw.redraw_of'), cell: ({ redraw_of: earlier }) => earlier ? `№${earlier}` : NONE },
                    ]} />
                    <Pager page="draws" values={values} next={loaded.answer.next} />
                </>
            )}
            {plans.problem && <ProblemNote problem={plans.problem} again={plans.again} />}
            <Table caption={t('plans.title')} rows={rows(plans.answer)} columns={[
                { title: t('draw.plan'), cell: ({ plan }) => plan },
                { title: t('plan.title'), cell: ({ title }) => titled(title) },
                { title: t('plan.authority'), cell: ({ authority }) => authority },
                { title: t('plan.created_at'), cell: (plan) => momentText(plan.created_at) },
                { title: t('plan.draws'), number: true, cell: ({ draws }) => countText(draws) },
            ]} />
        </PageFrame>
    );
}
