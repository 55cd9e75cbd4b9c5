// SPDX-License-Identifier: GPL-3.0-or-later
// Where a draw stands on its way from plan to bundle.
import { t, word } from '../state/language';

const steps = ['plan', 'commit', 'run', 'reveal', 'bundle'];
const reached: Record<string, number> = { planning: 0, committed: 2, drawn: 3, revealed: 4 };

export function Steps({ state }: { state: string }) {
    const at = reached[state];
    if (at === undefined)
        return null;
    return (
        <ol class="steps no-print" aria-label={t('steps.title')}>
            {steps.map((step, index) => (
                <li key={step} class={index < at ? 'past' : index === at ? 'now' : undefined} aria-current={index === at ? 'step' : undefined}>
                    {word('step', step)}
                    {index < at && <span class="hidden">{t('steps.past')}</span>}
                </li>
            ))}
        </ol>
    );
}
