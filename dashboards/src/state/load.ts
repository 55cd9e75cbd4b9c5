// SPDX-License-Identifier: GPL-3.0-or-later
// What a page shows of the API: asked for again when the path or the language changes, or when
// again() is called. While it is asked for, the last answer stays.
import { useEffect, useState } from 'preact/hooks';
import { get, Problem } from '../api/client';
import type { Page } from '../api/contract';
import { language } from './language';

export interface Loaded<Answer> {
    answer: Answer | null;
    problem: Problem | null;
    loading: boolean;
    again: () => void;
}

export function useLoaded<Answer>(path: string | null, everySeconds = 0): Loaded<Answer> {
    return useAnswer(path, everySeconds, (signal) => get<Answer>(path!, signal));
}

const ALL_PAGES = 5;
const ALL_ACROSS = 200;

/** A list's pages one after the other, at most the first ALL_PAGES; `next` tells of more. */
export function useAll<Item>(path: string | null): Loaded<Page<Item>> {
    return useAnswer(path, 0, async (signal) => {
        const first = `${path}${path!.includes('?') ? '&' : '?'}limit=${ALL_ACROSS}`;
        const whole = await get<Page<Item>>(first, signal);
        for (let page = 1; page < ALL_PAGES && whole.next; page++) {
            const { items, next } = await get<Page<Item>>(`${first}&cursor=${encodeURIComponent(whole.next)}`, signal);
            whole.items.push(...items);
            whole.next = next;
        }
        return whole;
    });
}

function useAnswer<Answer>(path: string | null, everySeconds: number, ask: (signal: AbortSignal) => Promise<Answer>): Loaded<Answer> {
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
        ask(abort.signal).then((got) => {
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
