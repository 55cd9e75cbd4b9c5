// SPDX-License-Identifier: GPL-3.0-or-later
// The map of districts: 37 of them since 2025-11-06, 38 before; both on one grid, so that nothing
// moves from one to the other.
import { rows } from '../api/client';
import type { List, Region, Summary, Tile } from '../api/contract';
import { countText } from '../format';
import type { PageName, Values } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';
import { valueOf, valueText, type Metric } from '../state/tile';
import { classes, shapes } from './badge';
import { Link } from './link';
import { ProblemNote } from './page';
import { Table } from './table';
import { Tiles } from './tiles';

/** The last day of 江北区 and 渝北区. */
const LAST_OF_38 = '2025-11-05';
const FIRST_OF_37 = '2025-11-06';
/** Where the rows of a tile's number are. */
const pageOf: Record<Metric, { page: PageName; values: Values }> = {
    high: { page: 'entities', values: { sort: 'score' } },
    adverse: { page: 'inspections', values: { adverse: 'true' } },
    alerts: { page: 'alerts', values: {} },
};
const metrics: Metric[] = ['high', 'adverse', 'alerts'];

export function MapPanel({ summary, values }: { summary: Summary; values: Values }) {
    const set = values.districts || summary.district_set;
    const other = set !== summary.district_set;
    const day = !other && summary.as_of ? summary.as_of : set === '38' ? LAST_OF_38 : FIRST_OF_37;
    const dated = useLoaded<List<Region>>(`/regions?on=${day}`);
    const tiles: Tile[] = rows(dated.answer).filter(isTile);
    const metric = values.tiles as Metric;
    const byCode = new Map(summary.regions.map((region) => [region.region_code, region]));
    return (
        <section class="panel map">
            <h2>{t('board.map')}</h2>
            <div class="bar" role="group" aria-label={t('board.shade_by')}>
                {metrics.map((one) => <Link key={one} page="board" values={{ ...values, tiles: one }} class="tab" current={one === metric}>{word('tiles', one)}</Link>)}
                <span class="space" />
                {['37', '38'].map((one) => (
                    <Link key={one} page="board" values={{ ...values, districts: one === summary.district_set ? '' : one }} class="tab" current={one === set}>
                        {t('board.districts', { count: one })}
                    </Link>
                ))}
            </div>
            {dated.problem && <ProblemNote problem={dated.problem} again={dated.again} />}
            <Tiles tiles={tiles} regions={summary.regions} metric={metric} values={values} chosen={values.region_code!} />
            {other && <p class="muted">{t('board.other_set')}</p>}
            <details>
                <summary>{t('chart.table')}</summary>
                <Table caption={t('board.map')} captionHidden rows={tiles} columns={[
                    { title: word('column', 'region'), cell: ({ region_code: code, name }) => <Link page="board" values={{ ...values, region_code: code }}>{name}</Link> },
                    { title: word('tiles', metric), number: true, cell: ({ region_code: code }) => <Link page={pageOf[metric].page} values={{ region_code: code, ...pageOf[metric].values }}>{valueText(valueOf(byCode.get(code), metric), metric)}</Link> },
                    { title: t('register.count'), number: true, cell: ({ region_code: code }) => <Link page="entities" values={{ region_code: code }}>{countText(byCode.get(code)?.entities)}</Link> },
                    ...classes.map((one) => ({
                        title: `${shapes[one]} ${one}`, number: true,
                        cell: ({ region_code: code }: Tile) => <Link page="entities" values={{ region_code: code, class: one }}>{countText(byCode.get(code)?.classes[one])}</Link>,
                    })),
                ]} />
            </details>
        </section>
    );
}

function isTile(region: Region): region is Region & Tile {
    return region.row !== null && region.column !== null && region.rows !== null;
}
