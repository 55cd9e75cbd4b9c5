// SPDX-License-Identifier: GPL-3.0-or-later
// Which entities changed their class in the published run: the rows behind the board's moves.
import type { EntityChange, Page } from '../api/contract';
import { ClassBadge, classes } from '../part/badge';
import { Choice, Filter, options, RegionChoice } from '../part/filter';
import { Export, Pager } from '../part/link';
import { EntityName } from '../part/name';
import { PageFrame } from '../part/page';
import { Table } from '../part/table';
import { dayText, milliText, NONE } from '../format';
import { query, type Address } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

export function ClassChanges({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Page<EntityChange>>(`/class-changes${query(values)}`);
    const { answer } = loaded;
    return (
        <PageFrame title={t('class_changes.title')} loaded={loaded} actions={<Export list="class-changes" values={values} />}>
            <Filter page="class-changes" values={values}>
                <Choice name="from_class" value={values.from_class!} all options={options('class', 'none', ...classes)} />
                <Choice name="to_class" value={values.to_class!} all options={options('class', ...classes)} />
                <RegionChoice value={values.region_code!} />
            </Filter>
            {answer && (
                <>
                    <Table caption={t('class_changes.title')} captionHidden rows={answer.items} columns={[
                        { title: t('history.day'), cell: (change) => <span class="day">{dayText(change.changed_on)}</span> },
                        { title: word('column', 'name'), cell: (change) => <EntityName of={change} /> },
                        { title: word('column', 'code'), cell: ({ code }) => <code>{code}</code> },
                        { title: word('column', 'region'), cell: (change) => change.region_name ?? change.region_code ?? NONE },
                        { title: t('history.from'), cell: ({ from }) => <ClassBadge of={from} /> },
                        { title: t('history.to'), cell: ({ to }) => <ClassBadge of={to} /> },
                        { title: word('column', 'score'), number: true, cell: (change) => milliText(change.score_milli) },
                        { title: t('history.cause'), cell: ({ cause }) => word('cause', cause) },
                    ]} />
                    <Pager page="class-changes" values={values} next={answer.next} />
                </>
            )}
        </PageFrame>
    );
}
