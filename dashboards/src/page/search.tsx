// SPDX-License-Identifier: GPL-3.0-or-later
// Entities by code or by a part of the name, narrowed by class, district, industry and status.
import type { EntityRow, Page } from '../api/contract';
import { ClassBadge, classes } from '../part/badge';
import { Choice, Entry, Filter, options, RegionChoice } from '../part/filter';
import { useKeys } from '../part/keys';
import { Export, Pager } from '../part/link';
import { EntityName } from '../part/name';
import { PageFrame } from '../part/page';
import { Table } from '../part/table';
import { dayText, milliText, NONE } from '../format';
import { query, type Address } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

export const sections = 'ABCDEFGHIJKLMNOPQRST'.split('');

export function Search({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Page<EntityRow>>(`/entities${query(values)}`);
    const { answer } = loaded;
    useKeys([{ key: '/', title: 'keys.search', run: () => document.querySelector<HTMLElement>('.filter input')?.focus() }]);
    return (
        <PageFrame title={t('search.title')} loaded={loaded} class="wide" actions={<Export list="entities" values={values} />}>
            <Filter page="entities" values={values}>
                <Entry name="query" value={values.query!} hint={t('search.hint')} />
                <Choice name="class" value={values.class!} all options={options('class', ...classes)} />
                <RegionChoice value={values.region_code!} />
                <Choice name="industry_section" value={values.industry_section!} all options={options('industry', ...sections)} />
                <Choice name="status" value={values.status!} all options={options('status', 'active', 'suspended', 'deregistered', 'revoked', 'moved_out')} />
                <Choice name="sort" value={values.sort!} options={options('sort', 'score', 'code')} />
            </Filter>
            {answer && (
                <>
                    <Table caption={t('search.found')} captionHidden rows={answer.items} columns={[
                        { title: word('column', 'class'), cell: (row) => <ClassBadge of={row.class} /> },
                        { title: word('column', 'name'), cell: (row) => <EntityName of={row} /> },
                        { title: word('column', 'code'), cell: ({ code }) => <code>{code}</code> },
                        { title: word('column', 'region'), cell: (row) => row.region_name ?? row.region_code ?? NONE },
                        { title: word('column', 'industry'), cell: (row) => row.industry_name ?? row.industry_code ?? NONE },
                        { title: word('column', 'status'), cell: ({ status }) => word('status', status) },
                        { title: word('column', 'score'), number: true, cell: (row) => milliText(row.score_milli) },
                        { title: word('column', 'class_changed_on'), cell: (row) => dayText(row.class_changed_on) },
                    ]} />
                    <Pager page="entities" values={values} next={answer.next} />
                </>
            )}
        </PageFrame>
    );
}
