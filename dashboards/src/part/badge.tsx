// SPDX-License-Identifier: GPL-3.0-or-later
// A class as letter, shape and colour, so that none of the three carries it alone; and the other
// small marks.
import type { Class } from '../api/contract';
import { t, word } from '../state/language';

export const classes: Class[] = ['A', 'B', 'C', 'D'];
export const shapes: Record<Class, string> = { A: '●', B: '■', C: '▲', D: '◆' };

export function ClassBadge({ of, large }: { of: Class | null | undefined; large?: boolean }) {
    if (!of)
        return <span class="muted">{t('class.none')}</span>;
    return (
        <span class={`class class-${of}${large ? ' large' : ''}`} title={word('class', of)}>
            <span aria-hidden="true">{shapes[of]}</span>
            {' '}
            {of}
            <span class="hidden">{word('class', of)}</span>
        </span>
    );
}

const severityMarks: Record<string, string> = { serious: '‼', general: '!', minor: '·' };

export function Severity({ of }: { of: string }) {
    return (
        <span class={`severity severity-${of}`}>
            <span aria-hidden="true">{severityMarks[of] ?? ''}</span>
            {' '}
            {word('severity', of)}
        </span>
    );
}

export function State({ of, family }: { of: string; family: string }) {
    return <span class={`state state-${of}`}>{word(family, of)}</span>;
}
