// SPDX-License-Identifier: GPL-3.0-or-later
// Where the data comes from and how fresh it is: a source that has fallen silent is not a zero.
import { rows } from '../api/client';
import type { List, Source } from '../api/contract';
import { Export, Link } from '../part/link';
import { PageFrame } from '../part/page';
import { Table } from '../part/table';
import { countText, momentText } from '../format';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

export function Sources() {
    const loaded = useLoaded<List<Source>>('/sources?limit=200');
    return (
        <PageFrame title={t('sources.title')} loaded={loaded} actions={<Export list="sources" />}>
            {loaded.answer && (
                <Table caption={t('sources.title')} captionHidden rows={rows(loaded.answer)} columns={[
                    { title: word('column', 'source'), cell: ({ source }) => source },
                    { title: t('sources.kind'), cell: (source) => word('kind', source.record_kind) },
                    { title: t('sources.jurisdiction'), cell: ({ jurisdiction }) => jurisdiction },
                    { title: t('sources.last'), cell: (source) => momentText(source.last_loaded_at) },
                    { title: t('sources.silent'), number: true, cell: (source) => countText(source.days_silent) },
                    { title: t('sources.batches'), number: true, cell: ({ source, batches }) => <Link page="loads" values={{ source }}>{countText(batches)}</Link> },
                    { title: t('sources.rows'), number: true, cell: ({ source, rows_in: read }) => <Link page="loads" values={{ source }}>{countText(read)}</Link> },
                    { title: t('sources.rejected'), number: true, cell: ({ source, rejected }) => <Link page="rejects" values={{ source }}>{countText(rejected)}</Link> },
                ]} />
            )}
        </PageFrame>
    );
}
