// SPDX-License-Identifier: GPL-3.0-or-later
// A chart with its table twin: the picture is one image to a screen reader, the table has every
// number. ECharts is loaded when the first chart is shown.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { EChartsCoreOption } from 'echarts/core';
import { t } from '../state/language';

interface Props {
    title: string;
    option: EChartsCoreOption;
    children: ComponentChildren;
    class?: string;
    tableOpen?: boolean;
}

export function Chart({ title, option, children, tableOpen, ...rest }: Props) {
    const place = useRef<HTMLDivElement>(null);
    const told = JSON.stringify(option);
    useEffect(() => {
        let stop = () => {};
        let wanted = true;
        import('./plot').then(({ plot }) => {
            if (wanted && place.current)
                stop = plot(place.current, option);
        });
        return () => { wanted = false; stop(); };
    }, [told]);
    return (
        <figure class={`chart ${rest.class ?? ''}`}>
            <figcaption class="hidden">{title}</figcaption>
            <div class="plot" ref={place} role="img" aria-label={title} />
            <details open={tableOpen}>
                <summary>{t('chart.table')}</summary>
                {children}
            </details>
        </figure>
    );
}
