// SPDX-License-Identifier: GPL-3.0-or-later
// One change sent to the server from a button or a form: busy while it runs, its problem shown.
import { useState } from 'preact/hooks';
import { Problem } from '../api/client';

export interface Run {
    busy: boolean;
    problem: Problem | null;
    start: (work: () => Promise<void>) => void;
}

export function useRun(): Run {
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<Problem | null>(null);
    const start = (work: () => Promise<void>) => {
        setBusy(true);
        setProblem(null);
        work().catch((cause) => {
            if (!(cause instanceof Problem))
                throw cause;
            setProblem(cause);
        }).finally(() => setBusy(false));
    };
    return { busy, problem, start };
}
