// SPDX-License-Identifier: GPL-3.0-or-later
// What a page shows of the API: asked for again when the path or the language changes, or when
// again() is called. While it is asked for, the last answer stays.
import { useEffect, useState } from 'preact/hooks';
import { get, Problem } from '../api/client';
import { language } from './language';

export interface Loaded<Answer> {
    answer: Answer | null;
    problem: Problem | null;
    loading: boolean;
    again: () => void;
}

export function useLoaded<Answer>(path: string | null, everySeconds = 0): Loaded<Answer> {
    const [answer, setAnswer] = useState<Answer | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [loading, setLoading] = useState(path !== null);
    const [round, setRound] = useState(0);
    const again = () => setRound((last) => last + 1);
    useEffect(() => {
        if (path === null)
            return undefined;
        const abort = new AbortController();
        setLoading(true);
        get<Answer>(path, abort.signal).then((got) => {
            setAnswer(got);
            setProblem(null);
            setLoading(false);
        }).catch((cause) => {
            if (abort.signal.aborted)
                return;
            if (!(cause instanceof Problem))
                throw cause;
            setProblem(cause);
            setLoading(false);
        });
        return () => abort.abort();
    }, [path, language.value, round]);
    useEffect(() => {
        if (everySeconds === 0)
            return undefined;
        const timer = setInterval(again, everySeconds * 1000);
        return () => clearInterval(timer);
    }, [everySeconds]);
    return { answer, problem, loading, again };
}
