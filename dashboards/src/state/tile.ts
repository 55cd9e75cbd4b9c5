// SPDX-License-Identifier: GPL-3.0-or-later
// What a tile of the district map says: its value, its shade, and who its neighbours are.
import type { RegionSummary, Tile } from '../api/contract';
import { countText, NONE, ppmText } from '../format';

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
    const classed = Object.values(region.classes).reduce((sum, count) => sum + count, 0);
    return classed > 0 ? Math.round(((C + D) * 1000000) / classed) : null;
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
