// SPDX-License-Identifier: GPL-3.0-or-later
// The ways people go through the pages, each with its own session: node --test pages.js with the
// environment of browser.js. What a way needs is looked up in the lists, never assumed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, base, hostile, launch, logIn, logInByForm, loginOf, openPage, settled, visit, wideness } from './browser.js';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function way(role, go, { enter = logIn, ...options } = {}) {
    const page = await openPage(browser, options);
    try {
        await enter(page, role);
        await settled(page);
        await go(page);
        assert.deepEqual(page.faults, []);
    } finally {
        await page.context().close();
    }
}

const heading = (page) => page.locator('h1').innerText();

test('each role arrives at its own desk and sees no menu entry of others', async () => {
    const desks = { regulator: 'alerts', planner: 'register', leader: 'board', auditor: 'audit', admin: 'board' };
    for (const [role, desk] of Object.entries(desks)) {
        await way(role, async (page) => {
            assert.equal(new URL(page.url()).searchParams.get('page'), desk);
            assert.equal(await page.locator('nav a[href="/?page=audit"]').count(), role === 'auditor' || role === 'admin' ? 1 : 0);
        });
    }
});

test('a wrong password is refused in words', async () => {
    const page = await openPage(browser);
    await page.goto(`${base}/`);
    await page.fill('input[name=name]', 'nobody');
    await page.fill('input[name=password]', 'not the password');
    await page.click('form button[type=submit]');
    assert.notEqual((await page.locator('[role=alert]').innerText()).trim(), '');
    await page.context().close();
});

test('the person is shown with the name of the own district', () => way('district', async (page) => {
    const { region_code: code, region_name: name } = (await ask(page, '/me')).user;
    assert.match(code, /^\d{6}$/);
    const shown = page.locator('header .person > span');
    await page.waitForFunction((number) => !document.querySelector('header .person').innerText.includes(number), code);
    assert.match(await shown.innerText(), name ? new RegExp(name) : /[区县]$/);
}));

test('an alert is worked from the queue to its end', () => way('regulator', async (page) => {
    await page.locator('.queue tbody tr:has(.state-firing) a').first().click();
    await settled(page);
    const steps = async () => page.locator('table:has(caption) tbody tr:has(code)').count();
    const began = await steps();
    await page.keyboard.press('a');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await settled(page);
    await page.keyboard.press('r');
    await page.locator('dialog input[value="true"]').check();
    await page.locator('dialog textarea').fill('现场核查属实');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('.state-resolved').first().waitFor();
    await settled(page);
    assert.ok(await steps() >= began + 2);
    assert.ok((await page.locator('main').innerText()).includes('现场核查属实'));
}));

/** Name, password and the way in, without the mouse. */
async function enterByKeyboard(page, role) {
    const { name, password } = loginOf(role);
    await page.goto(`${base}/`);
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await page.keyboard.press('Tab');
    await page.keyboard.type(name);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('header.top');
}

test('from the login to several alerts with one reason and back in the queue, by keyboard alone', () => way('regulator', async (page) => {
    await page.keyboard.press('x');
    await page.keyboard.press('J');
    await page.waitForFunction(() => document.querySelectorAll('tr[aria-selected=true]').length === 2);
    await page.keyboard.press('r');
    await page.locator('dialog').waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('重复来件');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('[role=status].done').waitFor();
    await settled(page);
    await page.keyboard.press('j');
    const row = await page.locator('tr.active').innerText();
    await page.keyboard.press('Enter');
    await page.waitForURL(/page=alert&/);
    await settled(page);
    await page.goBack();
    await settled(page);
    assert.equal(await page.locator('tr.active').innerText(), row, 'back on the row that was opened');
    await page.keyboard.press('Enter');
    await page.waitForURL(/page=alert&/);
    await settled(page);
    const first = await heading(page);
    await page.keyboard.press('j');
    await page.waitForFunction((was) => document.querySelector('h1')?.innerText !== was, first);
    await settled(page);
    const id = new URL(page.url()).searchParams.get('id');
    await page.keyboard.press('q');
    await page.waitForURL(/page=alerts/);
    await settled(page);
    assert.ok((await page.locator('tr.active').innerText()).includes(`#${id}`));
    await page.keyboard.press('?');
    await page.locator('dialog .keys').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
}, { enter: enterByKeyboard }));

test('the filter stands in the address, survives a reload, and is what the export asks', () => way('regulator', async (page) => {
    await page.selectOption('select[name=severity]', 'serious');
    await page.waitForURL(/severity=serious/);
    await page.reload();
    await settled(page);
    assert.equal(await page.locator('select[name=severity]').inputValue(), 'serious');
    const href = await page.locator('a[download]').first().getAttribute('href');
    assert.ok(href.includes('severity=serious'), href);
    for (const text of await page.locator('.queue tbody .severity').allInnerTexts())
        assert.ok(text.includes('严重'), text);
}));

test('an entity is found and its reasons add up', () => way('regulator', async (page) => {
    await visit(page, '/?page=entities&sort=score');
    await page.locator('tbody a').first().click();
    await page.locator('.reasons').waitFor();
    await settled(page);
    assert.equal(await page.locator('.reasons .problem').count(), 0);
    const sum = await page.locator('.reasons .sum .points').innerText();
    assert.equal(await page.locator('.verdict .score').innerText(), sum);
    assert.ok(await page.locator('.origin').count() > 0);
    assert.ok((await page.pdf({ format: 'A4' })).length > 10000);
}));

test('a draw is committed, run, revealed and verified', () => way('planner', async (page) => {
    await visit(page, '/?page=commit');
    await page.locator('input[name=plan]').first().check();
    await page.locator('main form button[type=submit]').click();
    await page.waitForURL(/page=draw&/, { timeout: 120000 });
    await page.locator('.next button[type=submit]').click();
    await page.locator('.state-drawn').waitFor({ timeout: 120000 });
    await page.locator('.next button').first().click();
    await page.locator('.state-revealed').waitFor({ timeout: 120000 });
    await page.locator('.finding-valid').waitFor({ timeout: 30000 });
    await page.locator('td code').first().waitFor();
    await page.getByRole('link', { name: '抽取凭证' }).click();
    await page.locator('.signatures').waitFor();
    await page.locator('td code').first().waitFor();
    await settled(page);
    assert.ok((await page.pdf({ format: 'A4' })).length > 10000);
}));

test('a plan with a mistake comes back with the place of the mistake and the number of the request', () => way('planner', async (page) => {
    page.expected = /status of 422/;
    await visit(page, '/?page=plan');
    await page.locator('details summary').click();
    await page.fill('[name=document]', '{"plan_format": "heng-draw-plan-1", "plan": "half-a-plan"}');
    await page.locator('details button[type=submit]').click();
    const problem = page.locator('.problem[role=alert]');
    await problem.waitFor();
    assert.match(await problem.innerText(), /\/\w+/);
    assert.match(await problem.innerText(), /请求编号 \S+/);
}));

/** How many rows a list has by the address of its page, read page by page. */
async function rowsOf(page, href) {
    const query = new URL(href, base).searchParams;
    const list = query.get('page');
    query.delete('page');
    query.set('limit', '200');
    let rows = 0;
    for (let next = ''; next !== null;) {
        if (next)
            query.set('cursor', next);
        const answer = await ask(page, `/${list}?${query}`);
        rows += answer.items.length;
        next = answer.next;
    }
    return rows;
}

test('every number of the board leads to its rows, as many as it says', () => way('leader', async (page) => {
    assert.equal(await page.locator('.figures .figure:not(a), .matrix td.number:not(.same):not(:has(a))').count(), 0, 'a figure without its link');
    const links = page.locator('.complaints .figure, .inspections .figure, .alerts .figure, .matrix td a');
    const followed = { complaints: 0, inspections: 0, 'class-changes': 0, alerts: 0 };
    for (const link of await links.all()) {
        const shown = (await link.innerText()).replace(/[▼▲,\s]/g, '');
        const href = await link.getAttribute('href');
        if (!/^\d+$/.test(shown))
            continue;
        assert.equal(await rowsOf(page, href), Number(shown), href);
        followed[new URL(href, base).searchParams.get('page')] += 1;
    }
    for (const [list, count] of Object.entries(followed))
        assert.ok(count > 0, list);
    await page.locator('.complaints .figure').nth(2).click();
    await page.waitForURL(/page=complaints.*handling=overdue/);
    await settled(page);
    for (const text of await page.locator('tbody .state').allInnerTexts())
        assert.equal(text, '逾期未受理');
}));

test('the board: a tile by arrow keys, its district, the wall in one screen', () => way('leader', async (page) => {
    await page.locator('.tile').first().focus();
    await page.keyboard.press('ArrowDown');
    const label = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/region_code=\d{6}/);
    await settled(page);
    assert.ok((await heading(page)).includes(label.split(',')[0]));
    await visit(page, '/?page=board&districts=38');
    assert.equal(await page.locator('.tile').count(), 38);
    const top = async (code) => (await page.locator(`.tiles li[data-code="${code}"]`).boundingBox()).y;
    assert.ok(await top('500112') < await top('500105'), '渝北 stands above 江北');
    await visit(page, '/?page=board&districts=37');
    assert.equal(await page.locator('.tile').count(), 37);
    await visit(page, '/?page=board');
    assert.ok((await page.pdf({ format: 'A4' })).length > 10000);
    await page.keyboard.press('w');
    await page.locator('.wall').waitFor();
    for (const [width, height] of [[1920, 1080], [3840, 1080], [3200, 800]]) {
        await page.setViewportSize({ width, height });
        const outside = await page.evaluate(() => [...document.querySelectorAll('.panel')].filter((panel) => panel.getBoundingClientRect().bottom > innerHeight + 1).length);
        assert.equal(outside, 0, `${width}x${height}`);
        assert.ok(await wideness(page) <= 0, `${width}x${height}`);
    }
}));

test('a name that is a script is the heading of its file, as text', () => way('regulator', async (page) => {
    for (const name of hostile) {
        await visit(page, `/?${new URLSearchParams({ page: 'entities', query: name })}`);
        await page.locator('tbody a').first().click();
        await page.locator('.fields').first().waitFor();
        await settled(page);
        assert.ok((await page.locator('h1').textContent()).includes(name), name);
    }
}));

test('the language changes at once and stays', () => way('regulator', async (page) => {
    await page.getByRole('button', { name: 'English' }).click();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    assert.equal(await heading(page), 'Risk alerts');
}));

test('log out forgets the session', () => way('auditor', async (page) => {
    await page.getByRole('button', { name: '退出' }).click();
    await page.locator('input[name=password]').waitFor();
}, { enter: logInByForm }));
