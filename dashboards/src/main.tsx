// SPDX-License-Identifier: GPL-3.0-or-later
// The start: who is logged in, which page the address asks for, and the frame around it. Each
// desk's pages are a file of their own that is loaded when one of them is first shown.
import { render, type ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { change, get, Problem, rows } from './api/client';
import type { List, Region, Session, User } from './api/contract';
import { Login } from './page/login';
import { Keys, showKeys } from './part/keys';
import { Link } from './part/link';
import { ProblemNote } from './part/page';
import { current, encode, go, listen, type Address, type PageName } from './state/address';
import { chooseLanguage, language, restoreLanguage, t, word } from './state/language';
import { useLoaded } from './state/load';
import { homeOf, menu, session } from './state/session';

type Page = ComponentType<{ address: Address }>;
const regulator = () => import('./page/regulator');
const planner = () => import('./page/planner');
const records = () => import('./page/records');
const pages: Record<Exclude<PageName, 'home'>, () => Promise<Page>> = {
    board: () => import('./page/board').then((desk) => desk.Board),
    alerts: () => regulator().then((desk) => desk.Queue),
    alert: () => regulator().then((desk) => desk.AlertPage),
    entities: () => regulator().then((desk) => desk.Search),
    entity: () => regulator().then((desk) => desk.EntityPage),
    complaints: () => records().then((desk) => desk.Complaints),
    inspections: () => records().then((desk) => desk.Inspections),
    'class-changes': () => records().then((desk) => desk.ClassChanges),
    register: () => planner().then((desk) => desk.RegisterPage),
    draws: () => planner().then((desk) => desk.Draws),
    draw: () => planner().then((desk) => desk.DrawPage),
    voucher: () => planner().then((desk) => desk.Voucher),
    commit: () => planner().then((desk) => desk.Commit),
    plan: () => planner().then((desk) => desk.PlanPage),
    sources: () => records().then((desk) => desk.Sources),
    loads: () => records().then((desk) => desk.Loads),
    rejects: () => records().then((desk) => desk.Rejects),
    audit: () => records().then((desk) => desk.Audit),
};

function Outlet({ address }: { address: Address }) {
    const [page, setPage] = useState<{ name: PageName; show: Page } | null>(null);
    const { page: name } = address;
    useEffect(() => {
        if (name === 'home')
            go(homeOf(session.value!.user.role), {}, true);
        else
            pages[name]().then((show) => setPage({ name, show }));
    }, [name]);
    if (!page || page.name !== name)
        return <main id="content" aria-busy="true" />;
    // What identifies the object on a page begins it anew; a filter does not.
    const { id, scheme, code, authority, number } = address.values;
    const key = [name, id, scheme, code, authority, number].join('/');
    return <page.show key={key} address={address} />;
}

function Menu() {
    const { user } = session.value!;
    const leave = () => change('/session', { method: 'DELETE' }).finally(() => { session.value = null; });
    return (
        <header class="top no-print">
            <a class="skip" href="#content">{t('skip')}</a>
            <Link page="home" class="brand">{t('product')}</Link>
            <nav aria-label={t('menu')}>
                {menu.filter(({ roles }) => roles.includes(user.role)).map(({ page }) => (
                    <Link key={page} page={page} current={page === current.value.page}>{word('page', page)}</Link>
                ))}
            </nav>
            <div class="person">
                <span>{user.name}<span class="muted"> · {word('role', user.role)} · <RegionOf user={user} /></span></span>
                <LanguageButton />
                <button type="button" class="quiet" onClick={showKeys} aria-label={t('keys.title')}>?</button>
                <button type="button" class="quiet" onClick={leave}>{t('action.leave')}</button>
            </div>
        </header>
    );
}

/** The district that the person is bound to, by its name. */
function RegionOf({ user: { region_code: code, region_name: name } }: { user: User }) {
    const { answer } = useLoaded<List<Region>>(code && !name ? '/regions' : null);
    if (!code)
        return <>{t('scope.all')}</>;
    return <>{name ?? rows(answer).find((region) => region.region_code === code)?.name ?? code}</>;
}

export function LanguageButton() {
    const other = language.value === 'en' ? 'zh-CN' : 'en';
    return (
        <button type="button" class="quiet" lang={other} onClick={() => chooseLanguage(other)}>
            {other === 'en' ? 'English' : '中文'}
        </button>
    );
}

function App() {
    const [problem, setProblem] = useState<Problem | null>(null);
    useEffect(() => {
        get<Session>('/me').then((known) => { session.value = known; }).catch((cause) => {
            if (!(cause instanceof Problem))
                throw cause;
            if (cause.status === 401)
                session.value = null;
            else
                setProblem(cause);
        });
    }, []);
    if (problem)
        return <ProblemNote problem={problem} again={() => location.reload()} />;
    if (session.value === null)
        return <><div class="corner"><LanguageButton /></div><Login /></>;
    if (!session.value)
        return <p class="empty" role="status">{t('list.loading')}</p>;
    const address = current.value;
    const wall = address.values.mode === 'wall';
    return (
        <div class={wall ? 'wall' : 'desk'} data-address={encode(address.page, address.values)}>
            {!wall && <Menu />}
            <Outlet address={address} />
            <Keys />
        </div>
    );
}

restoreLanguage();
listen();
render(<App />, document.getElementById('app')!);
