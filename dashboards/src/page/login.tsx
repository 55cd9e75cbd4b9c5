// SPDX-License-Identifier: GPL-3.0-or-later
import { open } from '../api/client';
import { PageFrame, ProblemNote } from '../part/page';
import { useRun } from '../part/run';
import { t } from '../state/language';
import { session } from '../state/session';

export function Login() {
    const run = useRun();
    const submit = (event: Event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget as HTMLFormElement);
        run.start(async () => { session.value = await open(String(given.get('name')), String(given.get('password'))); });
    };
    return (
        <PageFrame title={t('login.title')} class="login">
            <p class="muted">{t('login.about')}</p>
            <form class="form" onSubmit={submit}>
                <label><span>{t('login.name')}</span><input name="name" required autocomplete="username" maxLength={128} /></label>
                <label><span>{t('login.password')}</span><input name="password" type="password" required autocomplete="current-password" maxLength={1024} /></label>
                {run.problem && <ProblemNote problem={run.problem} />}
                <button type="submit" disabled={run.busy}>{t('login.enter')}</button>
            </form>
        </PageFrame>
    );
}
