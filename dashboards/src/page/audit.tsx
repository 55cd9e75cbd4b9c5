// SPDX-License-Identifier: GPL-3.0-or-later
// Who did what, when and why: the hash-chained journal, and whether its chain holds.
import type { AuditEntry, Verdict } from '../api/contract';
import { VerdictNote } from '../part/draw';
import { Export, Pager } from '../part/link';
import { PageFrame, ProblemNote } from '../part/page';
import { Table } from '../part/table';
import { momentText, NONE } from '../format';
import { query, type Address } from '../state/address';
import { t } from '../state/language';
import { useLoaded } from '../state/load';

export function Audit({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<{ items: AuditEntry[]; next: string | null }>(`/audit${query(values)}`);
    const chain = useLoaded<Verdict>('/audit/verify');
    const { answer } = loaded;
    return (
        <PageFrame title={t('audit.title')} loaded={loaded} class="wide" actions={<Export list="audit" values={values} />}>
            {chain.problem && <ProblemNote problem={chain.problem} again={chain.again} />}
            {chain.answer && <VerdictNote verdict={chain.answer} />}
            {answer && (
                <>
                    <Table caption={t('audit.title')} captionHidden rows={answer.items} columns={[
                        { title: t('step.at'), cell: ({ at }) => momentText(at) },
                        { title: t('step.number'), number: true, cell: ({ sequence }) => sequence },
                        { title: t('step.actor'), cell: ({ actor }) => actor || NONE },
                        { title: t('audit.action'), cell: ({ action }) => <code>{action}</code> },
                        { title: t('audit.object'), cell: ({ subject }) => subject || NONE },
                        { title: t('audit.detail'), cell: ({ detail }) => detail || NONE },
                        { title: t('step.hash'), cell: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}</code> },
                    ]} />
                    <Pager page="audit" values={values} next={answer.next} />
                </>
            )}
        </PageFrame>
    );
}
