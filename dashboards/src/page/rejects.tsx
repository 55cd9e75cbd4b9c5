// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that could not be read, whole, each with its reason.
import type { Page, Reject } from '../api/contract';
import { Choice, Filter, options, SourceChoice } from '../part/filter';
import { Export, Pager } from '../part/link';
import { PageFrame } from '../part/page';
import { Table } from '../part/table';
import { NONE } from '../format';
import { query, type Address } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

const reasons = ['form', 'columns', 'encoding', 'required', 'subject', 'code', 'credit-code', 'date', 'number', 'region', 'industry', 'too-long'];

export function Rejects({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Page<Reject>>(`/rejects${query(values)}`);
    const { answer } = loaded;
    return (
        <PageFrame title={t('rejects.title')} loaded={loaded} class="wide" actions={<Export list="rejects" values={values} />}>
            <Filter page="rejects" values={values}>
                <SourceChoice value={values.source!} />
                <Choice name="reason" value={values.reason!} all options={options('reject', ...reasons)} />
            </Filter>
            {answer && (
                <>
                    <Table caption={t('rejects.title')} captionHidden rows={answer.items} columns={[
                        { title: word('column', 'source'), cell: ({ source }) => source },
                        { title: t('loads.file'), cell: (reject) => reject.file ?? reject.file_name ?? NONE },
                        { title: t('rejects.line'), number: true, cell: ({ line }) => line },
                        { title: t('rejects.field'), cell: ({ field }) => <code>{field}</code> },
                        { title: t('rejects.reason'), cell: ({ reason, message }) => <><strong>{word('reject', reason)}</strong> <bdi>{message}</bdi></> },
                        { title: t('rejects.raw'), cell: ({ raw }) => raw ? <code class="raw"><bdi>{raw}</bdi></code> : NONE },
                    ]} />
                    <Pager page="rejects" values={values} next={answer.next} />
                </>
            )}
        </PageFrame>
    );
}
