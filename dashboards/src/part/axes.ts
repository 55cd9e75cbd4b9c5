// SPDX-License-Identifier: GPL-3.0-or-later
// The frame that all charts share.
export const TEXT_SIZE = '--text-size';
export const grid = { left: 8, right: 16, top: 36, bottom: 8, containLabel: true };
export const legend = { top: 0, left: 0, icon: 'rect', textStyle: { color: '--ink', fontSize: TEXT_SIZE } };

export function countAxis() {
    return {
        type: 'value', minInterval: 1,
        axisLabel: { color: '--ink-soft', fontSize: TEXT_SIZE }, splitLine: { lineStyle: { color: '--line' } },
    };
}

export function nameAxis(names: string[]) {
    return {
        type: 'category', data: names,
        axisLabel: { color: '--ink-soft', fontSize: TEXT_SIZE }, axisLine: { lineStyle: { color: '--ink-soft' } }, axisTick: { show: false },
    };
}
