// SPDX-License-Identifier: GPL-3.0-or-later
// A long piece of work on the server, followed to its end. Its number stands in the address, so a
// reload goes on following.
import { useEffect, useState } from 'preact/hooks';
import { change, get, Problem } from '../api/client';
import type { Job } from '../api/contract';
import { t, word } from '../state/language';
import { ProblemNote } from './page';

const EVERY_MS = 700;
const ended = new Set(['done', 'failed', 'cancelled']);

interface Props { id: string; onDone: (job: Job) => void; onLeave: () => void }

export function JobProgress({ id, onDone, onLeave }: Props) {
    const [job, setJob] = useState<Job | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    useEffect(() => {
        let timer = 0;
        let wanted = true;
        const look = () => get<Job>(`/jobs/${encodeURIComponent(id)}`).then((found) => {
            if (!wanted)
                return;
            setJob(found);
            if (!ended.has(found.state))
                timer = window.setTimeout(look, EVERY_MS);
            else if (found.state === 'done')
                onDone(found);
        }).catch((cause) => {
            if (!(cause instanceof Problem))
                throw cause;
            if (wanted)
                setProblem(cause);
        });
        look();
        return () => { wanted = false; clearTimeout(timer); };
    }, [id]);
    const cancel = () => { change(`/jobs/${encodeURIComponent(id)}`, { method: 'DELETE' }).catch(setProblem); };
    const failed = job?.state === 'failed';
    return (
        <div class={failed ? 'problem job' : 'job'} role={failed ? 'alert' : 'status'}>
            {job && (
                <>
                    <label>
                        <span>{word('job', job.kind)} · {word('job_state', job.state)}{job.detail && ` · ${job.detail}`}</span>
                        <progress max={100} value={job.percent}>{job.percent} %</progress>
                    </label>
                    {job.error && <p>{job.error}</p>}
                    {ended.has(job.state)
                        ? job.state !== 'done' && <button type="button" class="quiet" onClick={onLeave}>{t('action.leave_job')}</button>
                        : <button type="button" class="quiet" onClick={cancel}>{t('action.cancel')}</button>}
                </>
            )}
            {problem && <ProblemNote problem={problem} again={onLeave} />}
        </div>
    );
}
