// SPDX-License-Identifier: GPL-3.0-or-later
// The inspections behind the board's figures, all of them or those with an adverse finding.
import type { Inspection, Page } from '../api/contract';
import { originColumn } from '../part/facts';
import { Choice, Days, Filter, options, RegionChoice } from '../part/filter';
import { Export, Pager } from '../part/link';
import { EntityName } from '../part/name';
import { PageFrame } from '../part/page';
import { Table } from '../part/table';
import { countText, dayText, NONE } from '../format';
import { query, type Address } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

const outcomes = ['passed', 'corrected', 'failed', 'not_found', 'refused', 'no_activity', 'closed', 'unrecorded'];

export function Inspections({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Page<Inspection>>(`/inspections${query(values)}`);
    const { answer } = loaded;
    return (
        <PageFrame title={t('inspections.title')} loaded={loaded} class="wide" actions={<Export list="inspections" values={values} />}>
            <Filter page="inspections" values={values}>
                <Choice name="adverse" value={values.adverse!} all options={options('boolean', 'true', 'false')} />
                <Choice name="outcome" value={values.outcome!} all options={options('outcome', ...outcomes)} />
                <RegionChoice value={values.region_code!} />
                <Days values={values} />
            </Filter>
            {answer && (
                <>
                    <Table caption={t('inspections.title')} captionHidden rows={answer.items} columns={[
                        { title: word('field', 'occurred_on'), cell: ({ occurred_on: day }) => <span class="day">{dayText(day)}</span> },
                        { title: word('column', 'object'), cell: (inspection) => <EntityName of={inspection} /> },
                        { title: word('column', 'region'), cell: (inspection) => inspection.region_name ?? inspection.region_code ?? NONE },
                        { title: word('field', 'check_kind'), short: true, cell: (inspection) => word('check_kind', inspection.check_kind) },
                        { title: word('field', 'matter_id'), cell: (inspection) => inspection.matter_title ?? inspection.matter_id ?? NONE },
                        { title: word('field', 'outcome'), short: true, cell: ({ outcome }) => word('outcome', outcome) },
                        { title: word('filter', 'adverse'), cell: ({ adverse }) => word('boolean', String(adverse)) },
                        { title: word('field', 'severity'), short: true, cell: ({ severity }) => word('severity', severity) },
                        { title: word('field', 'violation_count'), number: true, cell: (inspection) => countText(inspection.violation_count) },
                        { title: word('field', 'department_id'), short: true, cell: (inspection) => inspection.department_id ?? NONE },
                        originColumn(),
                    ]} />
                    <Pager page="inspections" values={values} next={answer.next} />
                </>
            )}
        </PageFrame>
    );
}
