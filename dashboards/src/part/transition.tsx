// SPDX-License-Identifier: GPL-3.0-or-later
// The question before a step in an alert's life: what the step needs, asked once for one alert or
// for many.
import type { Need } from '../api/contract';
import { t, word } from '../state/language';
import { Dialog } from './dialog';
import { ProblemNote } from './page';
import type { Run } from './run';

export interface Step { event: string; reason?: string; assignee?: string; verdict?: string }

interface Props {
    event: string;
    needs: Need[];
    count: number;
    run: Run;
    onSend: (step: Step) => void;
    onClose: () => void;
}

/** What the steps of a queue need at most; one alert's own needs come with it. */
export const needsOf: Record<string, Need[]> = {
    acknowledge: [], assign: ['assignee', 'reason'], start: [], resolve: ['verdict', 'reason'], close: [],
};

const verdicts = ['true', 'false', 'duplicate'];

export function TransitionDialog({ event, needs, count, run, onSend, onClose }: Props) {
    const send = (submitted: Event) => {
        submitted.preventDefault();
        const given = new FormData(submitted.currentTarget as HTMLFormElement);
        const step: Step = { event };
        for (const need of ['reason', 'assignee', 'verdict'] as const) {
            const value = String(given.get(need) ?? '').trim();
            if (value)
                step[need] = value;
        }
        onSend(step);
    };
    return (
        <Dialog title={t('transition.title', { event: word('event', event), count })} onClose={onClose}>
            <form class="form" onSubmit={send}>
                {needs.includes('assignee') && (
                    <label><span>{t('transition.assignee')}</span><input name="assignee" required maxLength={128} autocomplete="off" /></label>
                )}
                {needs.includes('verdict') && (
                    <fieldset>
                        <legend>{t('transition.verdict')}</legend>
                        {verdicts.map((verdict) => (
                            <label key={verdict} class="check"><input type="radio" name="verdict" value={verdict} required />{word('verdict', verdict)}</label>
                        ))}
                    </fieldset>
                )}
                <label>
                    <span>{t(needs.includes('reason') ? 'transition.reason' : 'transition.remark')}</span>
                    <textarea name="reason" rows={3} maxLength={2000} required={needs.includes('reason')} />
                </label>
                {run.problem && <ProblemNote problem={run.problem} />}
                <button type="submit" disabled={run.busy}>{word('event', event)}</button>
            </form>
        </Dialog>
    );
}
