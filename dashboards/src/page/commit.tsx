// SPDX-License-Identifier: GPL-3.0-or-later
// The first steps of a draw: choose the plan, then commit to the frame. What follows is on the
// draw's own page.
import { useMemo } from 'preact/hooks';
import { change, rows } from '../api/client';
import type { Job, List, Plan } from '../api/contract';
import { JobProgress } from '../part/job';
import { Link } from '../part/link';
import { PageFrame, ProblemNote } from '../part/page';
import { useRun } from '../part/run';
import { Steps } from '../part/steps';
import { countText } from '../format';
import { go, type Address, type Values } from '../state/address';
import { t, titled } from '../state/language';
import { useLoaded } from '../state/load';

const KEY_BYTES = 16;

/** The same key until a job was made of it, so that a commit sent twice is made once. */
function randomKey(): string {
    return Array.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A job's result is the address of the draw: …/draws/{authority}/{number}. */
export function drawOf(result: string | null | undefined): Values | null {
    const found = /\/draws\/([^/]+)\/(\d+)$/.exec(result ?? '');
    return found ? { authority: decodeURIComponent(found[1]!), number: found[2]! } : null;
}

export function Commit({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<List<Plan>>('/plans?limit=200');
    const key = useMemo(randomKey, [values.plan, values.job]);
    const run = useRun();
    const plans = rows(loaded.answer);
    const chosen = plans.find(({ plan }) => plan === values.plan);
    const commit = (event: Event) => run.start(async () => {
        event.preventDefault();
        const reason = new FormData(event.currentTarget as HTMLFormElement).get('reason');
        const redraw = values.redraw_of ? { redraw_of: Number(values.redraw_of), redraw_reason: String(reason).trim() } : {};
        const job = await change<Job>('/draws', {
            method: 'POST', body: { plan: values.plan, ...redraw }, headers: { 'Idempotency-Key': key },
        });
        go('commit', { ...values, job: String(job.id) }, true);
    });
    const done = (job: Job) => {
        const draw = drawOf(job.result);
        go(draw ? 'draw' : 'draws', draw ?? {}, true);
    };
    return (
        <PageFrame title={t('commit.title')} loaded={loaded} actions={<Link page="plan" class="button quiet">{t('commit.new_plan')}</Link>}>
            <Steps state="planning" />
            <p>{t('commit.about')}</p>
            <fieldset class="plans" disabled={run.busy || !!values.job}>
                <legend>{t('commit.choose')}</legend>
                {plans.filter(({ own }) => own).map(({ plan, authority, title, draws }) => (
                    <label key={plan} class="check">
                        <input type="radio" name="plan" value={plan} checked={plan === values.plan} onChange={() => go('commit', { ...values, plan }, true)} />
                        <span><strong>{titled(title)}</strong> <small>{plan} · {authority} · {t('commit.draws', { count: countText(draws) })}</small></span>
                    </label>
                ))}
                {loaded.answer && plans.length === 0 && <p class="empty">{t('commit.no_plan')}</p>}
            </fieldset>
            {run.problem && <ProblemNote problem={run.problem} />}
            {values.job
                ? <JobProgress id={values.job} onDone={done} onLeave={() => go('commit', { ...values, job: '' }, true)} />
                : (
                    <form class="form broad" onSubmit={commit}>
                        {values.redraw_of && (
                            <label><span>{t('commit.redraw', { number: values.redraw_of })}</span><input name="reason" required maxLength={400} autocomplete="off" /></label>
                        )}
                        <button type="submit" disabled={!chosen || run.busy}>{t('commit.send')}</button>
                    </form>
                )}
        </PageFrame>
    );
}
