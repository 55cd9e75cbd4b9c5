// SPDX-License-Identifier: GPL-3.0-or-later
// One draw: the step it waits for, its strata and exclusions, the visits with their inspectors, and
// what a verification of its bundle found.
import { useState } from 'preact/hooks';
import { address, change } from '../api/client';
import type { Draw, Job, Page, Verdict, Visit } from '../api/contract';
import { State } from '../part/badge';
import { Dialog } from '../part/dialog';
import { DrawFields, Exclusions, Hashes, listed, Strata, VerdictNote, Visits } from '../part/draw';
import { JobProgress } from '../part/job';
import { Export, Link, Pager } from '../part/link';
import { PageFrame, ProblemNote } from '../part/page';
import { useRun, type Run } from '../part/run';
import { Steps } from '../part/steps';
import { NONE } from '../format';
import { go, query, type Address } from '../state/address';
import { t } from '../state/language';
import { useLoaded } from '../state/load';
import { isRole } from '../state/session';

export function drawPath(values: Address['values']): string {
    return `/draws/${encodeURIComponent(values.authority!)}/${values.number}`;
}

export function DrawPage({ address: { values } }: { address: Address }) {
    const path = drawPath(values);
    const loaded = useLoaded<Draw>(path);
    const run = useRun();
    const draw = loaded.answer;
    const step = (name: string, body: unknown) => run.start(async () => {
        const job = await change<Job>(`${path}/${name}`, { method: 'POST', body });
        go('draw', { ...values, job: String(job.id) }, true);
    });
    const leave = () => go('draw', { ...values, job: '' }, true);
    const done = () => {
        leave();
        loaded.again();
    };
    const abandon = (reason: string) => run.start(async () => {
        await change(`${path}/abandon`, { method: 'POST', body: { reason } });
        loaded.again();
    });
    const works = isRole('planner', 'admin') && !values.job && draw?.own;
    return (
        <PageFrame title={t('draw.title', { authority: values.authority!, number: values.number! })} loaded={loaded}
            actions={draw && <Papers draw={draw} />}>
            {draw && (
                <>
                    <Steps state={draw.state} />
                    {run.problem && <ProblemNote problem={run.problem} />}
                    {values.job && <JobProgress key={values.job} id={values.job} onDone={done} onLeave={leave} />}
                    {works && <NextStep draw={draw} run={run} onStep={step} onAbandon={abandon} />}
                    <DrawFields draw={draw} />
                    <Strata draw={draw} />
                    <Exclusions draw={draw} />
                    <Verification key={draw.state} path={path} source={draw.beacon?.source} />
                    <Hashes draw={draw} />
                    <VisitPages draw={draw} values={values} />
                </>
            )}
        </PageFrame>
    );
}

function Papers({ draw }: { draw: Draw }) {
    const { authority, number } = draw;
    const values = { authority, number: String(number) };
    return (
        <>
            {draw.rehearsal && <State of="rehearsal" family="draw_state" />}
            <Link page="voucher" values={values} class="button quiet">{t('voucher.title')}</Link>
            <a class="button quiet" href={address(`${drawPath(values)}/bundle`)} download>{t('draw.bundle')}</a>
            {listed(draw) && <Export list="visits" values={values} />}
        </>
    );
}

interface StepProps {
    draw: Draw;
    run: Run;
    onStep: (name: string, body: unknown) => void;
    onAbandon: (reason: string) => void;
}

function NextStep({ draw, run, onStep, onAbandon }: StepProps) {
    const [leaving, setLeaving] = useState(false);
    if (draw.state === 'abandoned')
        return <p class="no-print"><Link page="commit" values={{ plan: draw.plan, redraw_of: String(draw.number) }} class="button">{t('draw.redraw')}</Link></p>;
    if (draw.state === 'revealed')
        return null;
    const leave = (event: Event) => {
        event.preventDefault();
        setLeaving(false);
        onAbandon(String(new FormData(event.currentTarget as HTMLFormElement).get('reason')).trim());
    };
    return (
        <section class="next no-print">
            {draw.state === 'committed'
                ? <RunForm draw={draw} run={run} onRun={(body) => onStep('run', body)} />
                : (
                    <>
                        <p>{t('draw.about_reveal')}</p>
                        <button type="button" disabled={run.busy} onClick={() => onStep('reveal', {})}>{t('draw.reveal')}</button>
                    </>
                )}
            <button type="button" class="quiet" disabled={run.busy} onClick={() => setLeaving(true)}>{t('draw.abandon')}</button>
            {leaving && (
                <Dialog title={t('draw.abandon')} onClose={() => setLeaving(false)}>
                    <form class="form" onSubmit={leave}>
                        <p>{t('draw.about_abandon')}</p>
                        <label><span>{t('transition.reason')}</span><input name="reason" required maxLength={400} autocomplete="off" /></label>
                        <button type="submit">{t('draw.abandon')}</button>
                    </form>
                </Dialog>
            )}
        </section>
    );
}

/** What a run needs follows from the plan's beacon: nothing, a round's signature, or a public text. */
function RunForm({ draw, run, onRun }: { draw: Draw; run: Run; onRun: (body: unknown) => void }) {
    const submit = (event: Event) => {
        event.preventDefault();
        const beacon = new FormData(event.currentTarget as HTMLFormElement).get('beacon');
        // As it was typed: of a declared text every character counts.
        onRun(beacon === null ? {} : { beacon: String(beacon) });
    };
    const source = draw.beacon?.source;
    return (
        <form class="form" onSubmit={submit}>
            <p>{t('draw.about_run')}</p>
            {source === 'drand-quicknet' && (
                <label><span>{t('draw.signature', { round: draw.beacon?.round ?? NONE })}</span><input name="beacon" required pattern="[0-9a-f]{96}" maxLength={96} autocomplete="off" spellcheck={false} /></label>
            )}
            {source === 'declared-text' && (
                <label><span>{t('draw.text', { rule: draw.beacon?.rule ?? NONE })}</span><textarea name="beacon" required rows={3} maxLength={4000} spellcheck={false} /></label>
            )}
            <button type="submit" disabled={run.busy}>{t('draw.run')}</button>
        </form>
    );
}

function VisitPages({ draw, values }: { draw: Draw; values: Address['values'] }) {
    const loaded = useLoaded<Page<Visit>>(listed(draw) ? `/visits${query(values, 'job')}` : null);
    return (
        <>
            <Visits draw={draw} loaded={loaded} visits={loaded.answer?.items} />
            {loaded.answer && <Pager page="draw" values={values} next={loaded.answer.next} />}
        </>
    );
}

function Verification({ path, source }: { path: string; source: string | undefined }) {
    const { answer, problem, loading, again } = useLoaded<Verdict>(`${path}/verify`);
    return (
        <section>
            <h2>{t('verify.title')}</h2>
            {problem && <ProblemNote problem={problem} again={again} />}
            {answer && <VerdictNote verdict={answer} source={source} />}
            <button type="button" class="quiet no-print" disabled={loading} onClick={again}>{t('verify.again')}</button>
            <p class="muted">{t('verify.about')}</p>
        </section>
    );
}
