// SPDX-License-Identifier: GPL-3.0-or-later
// ECharts, no more of it than the pages use, drawing SVG. The tooltip is rich text: an HTML tooltip
// writes style attributes, which the content security policy forbids.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { TEXT_SIZE } from './axes';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export function plot(place: HTMLElement, option: EChartsCoreOption): () => void {
    const styles = getComputedStyle(place);
    const chart = init(place, undefined, { renderer: 'svg' });
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    chart.setOption({
        animation: !still,
        animationDuration: 300,
        textStyle: { fontFamily: styles.fontFamily, color: styles.color },
        tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
        ...coloured(option, styles),
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place);
    return () => { watch.disconnect(); chart.dispose(); };
}

/** Colours are named by custom property ("--class-A"), and with the size of the text read where the
 * chart stands: on a wall both differ. */
function coloured<Value>(value: Value, styles: CSSStyleDeclaration): Value {
    if (value === TEXT_SIZE)
        return Math.round(parseFloat(styles.fontSize) * 0.85) as unknown as Value;
    if (typeof value === 'string' && value.startsWith('--'))
        return styles.getPropertyValue(value).trim() as unknown as Value;
    if (Array.isArray(value))
        return value.map((one) => coloured(one, styles)) as unknown as Value;
    if (value && typeof value === 'object')
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, styles)])) as Value;
    return value;
}
