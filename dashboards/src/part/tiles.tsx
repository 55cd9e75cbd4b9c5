// SPDX-License-Identifier: GPL-3.0-or-later
// The districts as tiles, roughly where they lie. A tile is a link; its shade and its number say the
// same. Arrow keys go to the neighbour in that direction.
import { useRef } from 'preact/hooks';
import type { RegionSummary, Tile } from '../api/contract';
import { countText, NONE, ppmText } from '../format';
import { type Values } from '../state/address';
import { t, word } from '../state/language';
import { Link } from './link';

export type Metric = 'high' | 'adverse' | 'alerts';
const SHADES = 5;

export function valueOf(region: RegionSummary | undefined, metric: Metric): number | null {
    if (!region)
        return null;
    if (metric === 'adverse')
        return region.adverse_ppm;
    if (metric === 'alerts')
        return region.alerts_open;
    const { C = 0, D = 0 } = region.classes;
    return region.entities > 0 ? Math.round(((C + D) * 1000000) / region.entities) : null;
}

export function valueText(value: number | null, metric: Metric): string {
    return value === null ? NONE : metric === 'alerts' ? countText(value) : ppmText(value);
}

/** Upper ends of equal steps from nothing to the greatest value. */
export function limitsOf(values: (number | null)[]): number[] {
    const most = Math.max(0, ...values.map((value) => value ?? 0));
    return Array.from({ length: SHADES }, (_, step) => Math.ceil((most * (step + 1)) / SHADES));
}

export function shadeOf(value: number | null, limits: number[]): string {
    return value === null ? 'none' : String(1 + Math.max(0, limits.findIndex((limit) => value <= limit)));
}

/** The nearest tile in the direction of an arrow: least detour first, then least distance. */
export function neighbourOf(tiles: Tile[], from: Tile, key: string): Tile | undefined {
    const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key] ?? [0, 0];
    const cost = (tile: Tile) => {
        const rows = tile.row + (tile.rows - 1) / 2 - from.row - (from.rows - 1) / 2;
        const columns = tile.column - from.column;
        const ahead = rows * down! + columns * right!;
        const aside = Math.abs(rows * right!) + Math.abs(columns * down!);
        return ahead > 0 ? ahead + aside * 2 : Infinity;
    };
    const best = tiles.reduce<Tile | undefined>((least, tile) => (cost(tile) < (least ? cost(least) : Infinity) ? tile : least), undefined);
    return best && cost(best) < Infinity ? best : undefined;
}

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
