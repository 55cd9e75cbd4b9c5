// SPDX-License-Identifier: GPL-3.0-or-later
// The complaints behind the board's figures: received, accepted within the limit or late, overdue,
// still open.
import type { Complaint, Page } from '../api/contract';
import { State } from '../part/badge';
import { originColumn } from '../part/facts';
import { Choice, Days, Filter, options, RegionChoice } from '../part/filter';
import { Export, Pager } from '../part/link';
import { EntityName } from '../part/name';
import { PageFrame } from '../part/page';
import { Table } from '../part/table';
import { dayText, NONE } from '../format';
import { query, type Address } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

export function Complaints({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Page<Complaint>>(`/complaints${query(values)}`);
    const { answer } = loaded;
    return (
        <PageFrame title={t('complaints.title')} loaded={loaded} class="wide" actions={<Export list="complaints" values={values} />}>
            <Filter page="complaints" values={values}>
                <Choice name="handling" value={values.handling!} all options={options('handling', 'accepted_in_limit', 'accepted_late', 'overdue', 'open', 'no_limit')} />
                <RegionChoice value={values.region_code!} />
                <Days values={values} />
            </Filter>
            {answer && (
                <>
                    <Table caption={t('complaints.title')} captionHidden rows={answer.items} columns={[
                        { title: word('field', 'received_on'), cell: ({ received_on: day }) => <span class="day">{dayText(day)}</span> },
                        { title: word('column', 'object'), cell: (complaint) => <EntityName of={complaint} /> },
                        { title: word('column', 'region'), cell: (complaint) => complaint.region_name ?? complaint.region_code ?? NONE },
                        { title: word('field', 'complaint_kind'), short: true, cell: (complaint) => word('complaint_kind', complaint.complaint_kind) },
                        { title: word('field', 'issue'), short: true, cell: ({ issue }) => word('issue', issue) },
                        { title: word('field', 'channel'), short: true, cell: ({ channel }) => channel || NONE },
                        { title: t('complaints.handling'), cell: ({ handling }) => <State of={handling} family="handling" /> },
                        { title: word('column', 'due'), cell: ({ due_on: day }) => <span class="day">{dayText(day)}</span> },
                        { title: t('complaints.decided_on'), cell: (complaint) => <Decided complaint={complaint} /> },
                        { title: word('field', 'ended_on'), cell: ({ ended_on: day }) => <span class="day">{dayText(day)}</span> },
                        { title: word('field', 'outcome'), short: true, cell: ({ outcome }) => word('complaint_outcome', outcome) },
                        originColumn(),
                    ]} />
                    <Pager page="complaints" values={values} next={answer.next} />
                </>
            )}
        </PageFrame>
    );
}

/** A complaint is accepted or refused; both end the limit. */
function Decided({ complaint: { accepted_on: accepted, refused_on: refused } }: { complaint: Complaint }) {
    if (!accepted && refused)
        return <><span class="day">{refused}</span> {t('complaints.refused')}</>;
    return <span class="day">{dayText(accepted)}</span>;
}
