// SPDX-License-Identifier: GPL-3.0-or-later
// The register by class, now and before, and how entities moved between the classes.
import type { Class, Summary } from '../api/contract';
import { countText, shareText } from '../format';
import type { Values } from '../state/address';
import { t, word } from '../state/language';
import { grid, legend, nameAxis, TEXT_SIZE } from './axes';
import { ClassBadge, classes, shapes } from './badge';
import { Chart } from './chart';
import { Link } from './link';
import { Table } from './table';

interface Props { summary: Summary; values: Values }

export function ClassShares({ summary, values }: Props) {
    const count = (one: Class, key: 'count' | 'previous_count') => summary.classes.find((row) => row.class === one)?.[key] ?? 0;
    const total = (key: 'count' | 'previous_count') => classes.reduce((sum, one) => sum + count(one, key), 0);
    const now = total('count');
    const before = total('previous_count');
    const share = (part: number, whole: number) => (whole > 0 ? Math.round((part * 10000) / whole) / 100 : 0);
    const option = {
        grid, legend,
        xAxis: { type: 'value', max: 100, axisLabel: { color: '--ink-soft', fontSize: TEXT_SIZE, formatter: '{value} %' }, splitLine: { lineStyle: { color: '--line' } } },
        yAxis: nameAxis([t('board.before'), t('board.now')]),
        series: classes.map((one) => ({
            type: 'bar', stack: 'all', barMaxWidth: 36, name: `${shapes[one]} ${one}`, color: `--class-${one}`,
            data: [share(count(one, 'previous_count'), before), share(count(one, 'count'), now)],
        })),
    };
    return (
        <section class="panel shares">
            <h2>{t('board.classes')}</h2>
            <ul class="figures">
                {classes.map((one) => (
                    <li key={one}>
                        <ClassBadge of={one} />
                        <Link page="entities" values={{ class: one, region_code: values.region_code! }} class="figure">{countText(count(one, 'count'))}</Link>
                        <small>{shareText(count(one, 'count'), now)}</small>
                    </li>
                ))}
            </ul>
            <Chart title={t('board.classes')} option={option} class="low">
                <Table caption={t('board.classes')} captionHidden rows={classes} columns={[
                    { title: word('column', 'class'), cell: (one) => <ClassBadge of={one} /> },
                    { title: t('board.now'), number: true, cell: (one) => <Link page="entities" values={{ class: one, region_code: values.region_code! }}>{countText(count(one, 'count'))}</Link> },
                    { title: t('register.share'), number: true, cell: (one) => shareText(count(one, 'count'), now) },
                    { title: t('board.before'), number: true, cell: (one) => countText(count(one, 'previous_count')) },
                    { title: t('register.share'), number: true, cell: (one) => shareText(count(one, 'previous_count'), before) },
                ]} />
            </Chart>
        </section>
    );
}

export function ClassMoves({ summary, values }: Props) {
    const moved = (from: Class | null, to: Class) => summary.class_moves.filter((move) => move.from === from && move.to === to).reduce((sum, { count }) => sum + count, 0);
    const link = (from: Class | null, to: Class, mark: string) => (
        <Link page="class-changes" values={{ from_class: from ?? 'none', to_class: to, region_code: values.region_code! }}
            label={t('board.move', { from: from ?? t('class.none'), to, count: moved(from, to) })}>
            {mark} {countText(moved(from, to))}
        </Link>
    );
    return (
        <section class="panel moves">
            <h2>{t('board.moves')}</h2>
            <table class="matrix">
                <caption class="hidden">{t('board.moves')}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t('board.from_to')}</th>
                        {classes.map((to) => <th key={to} scope="col"><ClassBadge of={to} /></th>)}
                    </tr>
                </thead>
                <tbody>
                    {classes.map((from, row) => (
                        <tr key={from}>
                            <th scope="row"><ClassBadge of={from} /></th>
                            {classes.map((to, column) => (
                                <td key={to} class={`number ${column > row ? 'worse' : column < row ? 'better' : 'same'}`}>
                                    {from === to ? '·' : link(from, to, column > row ? '▼' : '▲')}
                                </td>
                            ))}
                        </tr>
                    ))}
                    <tr>
                        <th scope="row"><ClassBadge of={null} /></th>
                        {classes.map((to) => <td key={to} class="number">{link(null, to, '')}</td>)}
                    </tr>
                </tbody>
            </table>
            <p class="muted">{t('board.moves_about')}</p>
        </section>
    );
}
