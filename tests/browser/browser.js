// SPDX-License-Identifier: GPL-3.0-or-later
// A headless Chromium for the tests, and the watch over each page: console errors, failed requests,
// dialogs, breaches of the content security policy.
//
//   HENG_URL     where the pages are served
//   HENG_LOGINS  a file of lines "ROLE NAME PASSWORD"; ROLE "district" is a planner bound to one
//   CHROMIUM     the browser; default /usr/bin/chromium
import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';

export const base = process.env.HENG_URL;
const logins = new Map(readFileSync(process.env.HENG_LOGINS, 'utf8').trim().split('\n').map((line) => {
    const [role, name, password] = line.split(/\s+/);
    return [role, { name, password }];
}));
const sessions = new Map();
const QUIET_MS = 40;
const PATIENCE_MS = 15000;

export function launch() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=zh-CN'],
    });
}

export function loginOf(role) {
    return logins.get(role);
}

/** A page in a context of its own. Faults seen are collected in page.faults; 401 before the login is none. */
export async function openPage(browser, { language = 'zh-CN', width = 1366, height = 768 } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, locale: language, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' });
    await context.addInitScript((chosen) => {
        localStorage.setItem('heng.language', chosen);
        document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
    }, language);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.faults = [];
    page.expected = /status of 401/;
    page.underWay = new Set();
    page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => { page.faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('console', (message) => {
        if (message.type() === 'error' && !page.expected.test(message.text()))
            page.faults.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
        // A new document ends what the one before it asked for.
        if (request.isNavigationRequest())
            page.underWay.clear();
        page.underWay.add(request);
        if (!request.url().startsWith(base))
            page.faults.push(`request elsewhere: ${request.url()}`);
    });
    page.on('requestfinished', (request) => page.underWay.delete(request));
    page.on('requestfailed', (request) => page.underWay.delete(request));
    return page;
}

/** By the form, the first time; later the role's session is taken along, as in a second window. */
export async function logIn(page, role) {
    if (sessions.has(role)) {
        await page.context().addCookies(sessions.get(role));
        await page.goto(`${base}/`);
    } else {
        await logInByForm(page, role);
        sessions.set(role, await page.context().cookies());
    }
    await page.waitForSelector('header.top');
}

/** A session of its own, which may be ended. */
export async function logInByForm(page, role) {
    const { name, password } = loginOf(role);
    await page.goto(`${base}/`);
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', password);
    await page.click('form button[type=submit]');
    await page.waitForSelector('header.top');
}

/** Nothing is being asked for, twice in a row, and the page says so itself. */
export async function settled(page) {
    const deadline = Date.now() + PATIENCE_MS;
    for (let quiet = 0; quiet < 2;) {
        await page.waitForTimeout(QUIET_MS);
        const busy = page.underWay.size > 0 || await page.locator('main:not([aria-busy=true])').count() === 0;
        quiet = busy ? 0 : quiet + 1;
        if (Date.now() > deadline)
            throw new Error(`${page.url()} does not come to rest`);
    }
}

export async function visit(page, where) {
    await page.goto(base + where);
    await settled(page);
}

/** An answer of the API, read by the page's own session. */
export function ask(page, path) {
    return page.evaluate((where) => fetch(where).then((answer) => answer.json()), `/api/v1${path}`);
}

export async function wideness(page) {
    return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Parts of names that would be markup, a script or a turned line if anything took them for it. */
export const hostile = ['<img src=x', '"><script>', 'javascript:', '示例\u202e'];

/** The addresses of every page: of the first rows of each list, whatever the server holds. */
export async function addresses(page) {
    const alerts = (await ask(page, '/alerts?state=all')).items;
    const surge = alerts.find(({ rule_kind: kind }) => kind === 'count_surge') ?? alerts[0];
    const named = alerts.find(({ entity }) => entity) ?? alerts[0];
    const entity = (await ask(page, '/entities?sort=score')).items[0];
    const draws = (await ask(page, '/draws')).items;
    const draw = draws.find(({ state }) => state === 'revealed' || state === 'drawn') ?? draws[0];
    const file = new URLSearchParams({ page: 'entity', scheme: entity.scheme, code: entity.code });
    const number = new URLSearchParams({ page: 'draw', authority: draw.authority, number: draw.number });
    return {
        alerts: '/?page=alerts', alert: `/?page=alert&id=${surge.id}&state=all`, 'alert-entity': `/?page=alert&id=${named.id}&state=all`,
        entities: '/?page=entities', entity: `/?${file}`, complaints: '/?page=complaints', inspections: '/?page=inspections&adverse=true',
        'class-changes': '/?page=class-changes', register: '/?page=register', 'register-region': '/?page=register&by=region', draws: '/?page=draws',
        commit: '/?page=commit', plan: '/?page=plan', draw: `/?${number}`, voucher: `/?${String(number).replace('page=draw', 'page=voucher')}`,
        board: '/?page=board', 'board-38': '/?page=board&districts=38&tiles=adverse', wall: '/?page=board&mode=wall',
        sources: '/?page=sources', loads: '/?page=loads', rejects: '/?page=rejects', audit: '/?page=audit', bad: '/?page=alerts&severity=nonsense',
    };
}
