// SPDX-License-Identifier: GPL-3.0-or-later
// The districts as tiles, roughly where they lie. A tile is a link; its shade and its number say the
// same. Arrow keys go to the neighbour in that direction.
import { useRef } from 'preact/hooks';
import type { RegionSummary, Tile } from '../api/contract';
import type { Values } from '../state/address';
import { t, word } from '../state/language';
import { limitsOf, neighbourOf, shadeOf, valueOf, valueText, type Metric } from '../state/tile';
import { Link } from './link';

interface Props { tiles: Tile[]; regions: RegionSummary[]; metric: Metric; values: Values; chosen: string }

export function Tiles({ tiles, regions, metric, values, chosen }: Props) {
    const place = useRef<HTMLUListElement>(null);
    const byCode = new Map(regions.map((region) => [region.region_code, region]));
    const limits = limitsOf(tiles.map((tile) => valueOf(byCode.get(tile.region_code), metric)));
    const ordered = [...tiles].sort((one, other) => one.row - other.row || one.column - other.column);
    const onKey = (event: KeyboardEvent) => {
        const at = (event.target as HTMLElement).closest('li')?.dataset.code;
        const from = tiles.find((tile) => tile.region_code === at);
        const to = from && neighbourOf(tiles, from, event.key);
        if (!to)
            return;
        event.preventDefault();
        place.current?.querySelector<HTMLElement>(`li[data-code="${to.region_code}"] a`)?.focus();
    };
    return (
        <>
            <ul class="tiles" ref={place} onKeyDown={onKey}>
                {ordered.map((tile) => {
                    const value = valueOf(byCode.get(tile.region_code), metric);
                    const text = valueText(value, metric);
                    return (
                        <li key={tile.region_code} data-code={tile.region_code} style={{ '--row': tile.row, '--column': tile.column, '--rows': tile.rows }}>
                            <Link page="board" values={{ ...values, region_code: tile.region_code }} label={`${tile.name}, ${word('tiles', metric)}, ${text}`}
                                class={`tile shade-${shadeOf(value, limits)}${tile.region_code === chosen ? ' chosen' : ''}`}>
                                <span class="name">{shortOf(tile.name)}</span>
                                <span class="value">{text}</span>
                            </Link>
                        </li>
                    );
                })}
            </ul>
            <ul class="legend" aria-label={t('tiles.legend')}>
                {limits.map((limit, step) => <li key={step}><span class={`shade shade-${step + 1}`} aria-hidden="true" />≤ {valueText(limit, metric)}</li>)}
            </ul>
        </>
    );
}

/** 石柱土家族自治县 has no room on a tile; its link's label has the whole name. */
function shortOf(name: string): string {
    const bare = name.replace(/(土家族|苗族)+自治县$/, '');
    return bare.length > 2 && !bare.endsWith('新区') ? bare.replace(/[区县]$/, '') : bare;
}
