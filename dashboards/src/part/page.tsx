// SPDX-License-Identifier: GPL-3.0-or-later
// What every page has: a heading that takes the focus after a change of page, the state of its
// data (as of which day, data and model version), what went wrong, and for print the filter, the
// user and the moment.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Problem } from '../api/client';
import type { Stamp } from '../api/contract';
import { dayText, momentText, NONE } from '../format';
import { current, filterOf } from '../state/address';
import type { Loaded } from '../state/load';
import { language, t, word } from '../state/language';
import { session } from '../state/session';

interface Props {
    title: string;
    loaded?: Loaded<unknown>;
    actions?: ComponentChildren;
    children?: ComponentChildren;
    class?: string;
}

export function PageFrame({ title, loaded, actions, children, ...rest }: Props) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => { document.title = `${title} · ${t('product')}`; }, [title]);
    useEffect(() => { heading.current?.focus(); }, []);
    return (
        <main id="content" class={rest.class} aria-busy={loaded?.loading}>
            <header class="page-head">
                <h1 ref={heading} tabIndex={-1}><bdi>{title}</bdi></h1>
                <div class="actions no-print">{actions}</div>
                <StampLine of={loaded?.answer} />
                <PrintHead />
            </header>
            <BadAddress />
            {loaded?.problem && <ProblemNote problem={loaded.problem} again={loaded.again} />}
            {loaded?.loading && !loaded.answer && <p class="empty" role="status">{t('list.loading')}</p>}
            {children}
        </main>
    );
}

/** Every answer with figures says what they are of. */
function StampLine({ of }: { of: unknown }) {
    const stamp = of as Partial<Stamp> | null | undefined;
    if (stamp?.data_version === undefined)
        return null;
    return (
        <p class="stamp">
            <span>{t('stamp.as_of', { day: dayText(stamp.as_of) })}</span>
            <span>{t('stamp.data', { version: stamp.data_version })}</span>
            {stamp.model && <span>{t('stamp.model', stamp.model)}</span>}
        </p>
    );
}

export function ProblemNote({ problem, again }: { problem: Problem; again?: () => void }) {
    // A problem with one wrong place says the same in its detail.
    const told = problem.errors.some(({ detail }) => detail === problem.detail);
    return (
        <div class="problem" role="alert">
            <p><strong>{problem.title}</strong>{!told && problem.detail && ` ${problem.detail}`}</p>
            {problem.errors.length > 0 && (
                <ul>{problem.errors.map((error) => <li key={error.pointer}><code>{error.pointer}</code> {error.detail}</li>)}</ul>
            )}
            {problem.requestId && <p class="muted">{t('problem.request', { id: problem.requestId })}</p>}
            {again && <button type="button" class="quiet" onClick={again}>{t('action.again')}</button>}
        </div>
    );
}

function BadAddress() {
    const { errors } = current.value;
    if (errors.length === 0)
        return null;
    return (
        <div class="problem" role="alert">
            {errors.map(({ key, value }) => <p key={key}>{t('problem.address', { key, value })}</p>)}
        </div>
    );
}

/** The families of code words that a filter's values belong to. */
const families: Record<string, string> = {
    state: 'list_state', severity: 'severity', class: 'class', from_class: 'class', to_class: 'class', industry_section: 'industry',
    status: 'status', sort: 'sort', by: 'by', handling: 'handling', adverse: 'boolean', overdue: 'boolean', outcome: 'outcome', tiles: 'tiles', reason: 'reject',
};

function choiceText(key: string, value: string): string {
    return families[key] ? word(families[key], value) : value;
}

/** Only on paper. */
function PrintHead() {
    const filter = filterOf(current.value.values);
    const moment = momentText(new Date().toISOString());
    return (
        <div class="print-only print-head">
            {filter.length > 0 && (
                <p>{t('print.filter')}{filter.map(([key, value]) => `${word('filter', key)}=${choiceText(key, value)}`).join(language.value === 'en' ? '; ' : '；')}</p>
            )}
            <p>{t('print.by', { user: session.value?.user.name ?? NONE, moment })}</p>
        </div>
    );
}
