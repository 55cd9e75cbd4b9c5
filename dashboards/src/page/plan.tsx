// SPDX-License-Identifier: GPL-3.0-or-later
// A new plan: by form, or as a document that was written elsewhere. The server validates both alike
// and names the place of what is wrong.
import { useState } from 'preact/hooks';
import { change } from '../api/client';
import type { List, Plan } from '../api/contract';
import { classes, ClassBadge } from '../part/badge';
import { PageFrame, ProblemNote } from '../part/page';
import { useRun, type Run } from '../part/run';
import { Steps } from '../part/steps';
import { go } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';
import { planOf, type Fields } from '../state/plan';

export function PlanPage() {
    const run = useRun();
    const plans = useLoaded<List<Plan>>('/plans?limit=200');
    // The document is sent as a text: its very bytes are what a draw commits to.
    const send = (document: string) => run.start(async () => {
        await change('/plans', { method: 'POST', body: { document } });
        go('commit', { plan: String((JSON.parse(document) as { plan?: unknown }).plan ?? '') });
    });
    return (
        <PageFrame title={t('plan.new')} loaded={plans}>
            <Steps state="planning" />
            {run.problem && <ProblemNote problem={run.problem} />}
            <PlanForm run={run} onSend={send} />
            <PlanDocument run={run} onSend={send} />
        </PageFrame>
    );
}

interface FormProps { run: Run; onSend: (document: string) => void }
interface BoxProps { name: string; value?: string; pattern?: string; optional?: boolean; type?: string; min?: number; max?: number }

function Box({ name, value, pattern, optional, type, min, max }: BoxProps) {
    return (
        <label>
            <span>{word('plan', name)}</span>
            <input name={name} defaultValue={value} pattern={pattern} required={!optional} type={type ?? 'text'} min={min} max={max} maxLength={400} autocomplete="off" />
        </label>
    );
}

function Select({ name, codes, onChoose }: { name: string; codes: string[]; onChoose?: (code: string) => void }) {
    return (
        <label>
            <span>{word('plan', name)}</span>
            <select name={name} onChange={(event) => onChoose?.(event.currentTarget.value)}>
                {codes.map((code) => <option key={code} value={code}>{word(`plan.${name}`, code)}</option>)}
            </select>
        </label>
    );
}

function PlanForm({ run, onSend }: FormProps) {
    const [beacon, setBeacon] = useState('rehearsal');
    const submit = (event: Event) => {
        event.preventDefault();
        const fields: Fields = {};
        new FormData(event.currentTarget as HTMLFormElement).forEach((value, key) => { fields[key] = String(value).trim(); });
        onSend(`${JSON.stringify(planOf(fields), null, 2)}\n`);
    };
    return (
        <form class="form broad" onSubmit={submit}>
            <fieldset>
                <legend>{t('plan.who')}</legend>
                <Box name="plan" pattern="[A-Za-z0-9._\-]{1,128}" />
                <Box name="authority" pattern="[A-Za-z0-9._\-]{1,128}" />
                <Box name="title_zh" />
                <Box name="title_en" />
            </fieldset>
            <fieldset>
                <legend>{t('plan.population')}</legend>
                <Box name="jurisdiction" value="CN-50" />
                <Box name="region_codes" optional />
                <Box name="industry_sections" optional />
                <Box name="visits_per_year_cap" type="number" value="2" min={0} max={1000} />
            </fieldset>
            <fieldset>
                <legend>{t('plan.rates')}</legend>
                {classes.map((one) => (
                    <label key={one}>
                        <span><ClassBadge of={one} /> %</span>
                        <input name={`rate_${one}`} required pattern="\d{1,2}(\.\d{1,4})?|100" inputMode="decimal" autocomplete="off" />
                    </label>
                ))}
            </fieldset>
            <fieldset>
                <legend>{t('plan.inspectors')}</legend>
                <Box name="per_visit" type="number" value="2" min={2} max={8} />
                <Box name="reserves" type="number" value="2" min={0} max={8} />
                <Box name="slack" type="number" value="1" min={0} max={100} />
                <Select name="speciality" codes={['entity', 'none']} />
            </fieldset>
            <fieldset>
                <legend>{t('plan.beacon')}</legend>
                <Select name="beacon_source" codes={['rehearsal', 'drand-quicknet', 'declared-text']} onChoose={setBeacon} />
                <Box name="delay_s" type="number" value="0" min={0} max={31622400} />
                {beacon === 'declared-text' && <Box name="beacon_rule" />}
                <Select name="alg" codes={['sha256', 'sm3']} />
                <Box name="reveal_within_days" type="number" value="92" min={1} max={3660} />
            </fieldset>
            <button type="submit" disabled={run.busy}>{t('plan.send')}</button>
        </form>
    );
}

function PlanDocument({ run, onSend }: FormProps) {
    const [wrong, setWrong] = useState('');
    const submit = (event: Event) => {
        event.preventDefault();
        const text = String(new FormData(event.currentTarget as HTMLFormElement).get('document'));
        try {
            JSON.parse(text);
            setWrong('');
            onSend(text);
        } catch (cause) {
            setWrong(t('plan.not_json', { detail: (cause as Error).message }));
        }
    };
    return (
        <details>
            <summary>{t('plan.document')}</summary>
            <form class="form broad" onSubmit={submit}>
                <label>
                    <span>heng-draw-plan-1</span>
                    <textarea name="document" rows={14} required class="code" spellcheck={false} />
                </label>
                {wrong && <p class="problem" role="alert">{wrong}</p>}
                <button type="submit" disabled={run.busy}>{t('plan.send')}</button>
            </form>
        </details>
    );
}
