// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that could not be read, whole, each with its reason.
import type { Page, Reject } from '../api/contract';
import { Entry, Filter } from '../part/filter';
import { Export, Pager } from '../part/link';
import { PageFrame } from '../part/page';
import { Table } from '../part/table';
import { NONE } from '../format';
import { query, type Address } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

export function Rejects({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Page<Reject>>(`/rejects${query(values)}`);
    const { answer } = loaded;
    return (
        <PageFrame title={t('rejects.title')} stamp={answer} loaded={loaded} actions={<Export list="rejects" values={values} />}>
            <Filter page="rejects" values={values}>
                <Entry name="source" value={values.source!} />
                <Entry name="reason" value={values.reason!} />
            </Filter>
            {answer && (
                <>
                    <Table caption={t('rejects.title')} captionHidden rows={answer.items} columns={[
                        { title: word('column', 'source'), cell: ({ source }) => source },
                        { title: t('loads.file'), cell: (reject) => reject.file ?? reject.file_name ?? NONE },
                        { title: t('rejects.line'), number: true, cell: ({ line }) => line },
                        { title: t('rejects.field'), cell: ({ field }) => <code>{field}</code> },
                        { title: t('rejects.reason'), cell: ({ reason, message }) => <><code>{reason}</code> {message}</> },
                        { title: t('rejects.raw'), cell: ({ raw }) => <code class="raw">{raw}</code> },
                    ]} />
                    <Pager page="rejects" values={values} next={answer.next} />
                </>
            )}
        </PageFrame>
    );
}
