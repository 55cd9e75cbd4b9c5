// SPDX-License-Identifier: GPL-3.0-or-later
// A link to another page of these pages, followed without loading the document again.
import type { ComponentChildren, JSX } from 'preact';
import { address } from '../api/client';
import { encode, go, query, type PageName, type Values } from '../state/address';
import { t } from '../state/language';

/** Other clicks belong to the browser: a new tab, a new window, a download. */
export function isPlainClick(event: MouseEvent): boolean {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

interface Props {
    page: PageName;
    values?: Values;
    children: ComponentChildren;
    class?: string;
    label?: string;
    current?: boolean;
}

export function Link({ page, values = {}, children, label, current, ...rest }: Props) {
    const follow = (event: JSX.TargetedMouseEvent<HTMLAnchorElement>) => {
        if (!isPlainClick(event))
            return;
        event.preventDefault();
        go(page, values);
    };
    return (
        <a href={encode(page, values)} onClick={follow} class={rest.class} aria-label={label}
            aria-current={current ? 'page' : undefined}>
            {children}
        </a>
    );
}

/** The rows of a list, by its own query, as a CSV file. */
export function Export({ list, values = {} }: { list: string; values?: Values }) {
    return (
        <a class="button quiet no-print" href={address(`/export/${list}.csv${query(values, 'cursor', 'at')}`)} download>
            {t('action.export')}
        </a>
    );
}

/** The next page of a keyset list; back is the browser's own. */
export function Pager({ page, values, next }: { page: PageName; values: Values; next: string | null }) {
    return (
        <nav class="pager no-print" aria-label={t('list.pages')}>
            {values.cursor && <Link page={page} values={{ ...values, cursor: '' }} class="button quiet">{t('list.first')}</Link>}
            {next
                ? <Link page={page} values={{ ...values, cursor: next }} class="button quiet">{t('list.next')}</Link>
                : <span class="muted">{t('list.end')}</span>}
        </nav>
    );
}
