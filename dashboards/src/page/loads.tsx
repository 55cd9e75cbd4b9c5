// SPDX-License-Identifier: GPL-3.0-or-later
// What was loaded, batch by batch: rows in = inserted + updated + identical + rejected.
import type { Batch, Page } from '../api/contract';
import { Filter, SourceChoice } from '../part/filter';
import { Export, Pager } from '../part/link';
import { PageFrame } from '../part/page';
import { Table } from '../part/table';
import { countText, momentText, NONE } from '../format';
import { query, type Address } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

export function Loads({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Page<Batch>>(`/loads${query(values)}`);
    const { answer } = loaded;
    const counts = ['rows_in', 'inserted', 'updated', 'identical', 'rejected'] as const;
    return (
        <PageFrame title={t('loads.title')} loaded={loaded} actions={<Export list="loads" values={values} />}>
            <Filter page="loads" values={values}><SourceChoice value={values.source!} /></Filter>
            {answer && (
                <>
                    <Table caption={t('loads.title')} captionHidden rows={answer.items} columns={[
                        { title: t('loads.at'), cell: (batch) => momentText(batch.loaded_at) },
                        { title: word('column', 'source'), cell: ({ source }) => source },
                        { title: t('loads.file'), cell: (batch) => batch.file ?? batch.file_name ?? NONE },
                        ...counts.map((key) => ({ title: word('loads', key), number: true, cell: (batch: Batch) => countText(batch[key]) })),
                    ]} />
                    <Pager page="loads" values={values} next={answer.next} />
                </>
            )}
        </PageFrame>
    );
}
