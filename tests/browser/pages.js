// SPDX-License-Identifier: GPL-3.0-or-later
// The ways people go through the pages, each with its own session: node --test pages.js with the
// environment of browser.js. What a way needs is looked up in the lists, never assumed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { base, launch, logIn, openPage, settled, wideness } from './browser.js';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function way(role, go, options) {
    const page = await openPage(browser, options);
    try {
        await logIn(page, role);
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

test('an alert is worked from the queue to its end', () => way('regulator', async (page) => {
    await page.locator('.queue tbody a').first().click();
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

test('several alerts get one reason, by keyboard alone', () => way('regulator', async (page) => {
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
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
    await page.keyboard.press('Enter');
    await page.waitForURL(/page=alert&/);
    await settled(page);
    const first = await heading(page);
    await page.keyboard.press('j');
    await page.waitForFunction((was) => document.querySelector('h1')?.innerText !== was, first);
    await settled(page);
    await page.keyboard.press('q');
    await page.waitForURL(/page=alerts/);
    await page.keyboard.press('?');
    await page.locator('dialog .keys').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
}));

test('the filter stands in the address, survives a reload, and is what the export asks', () => way('regulator', async (page) => {
    await page.selectOption('select[name=severity]', 'serious');
    await page.waitForURL(/severity=serious/);
    await page.reload();
    await settled(page);
    assert.equal(await page.locator('select[name=severity]').inputValue(), 'serious');
    assert.ok((await page.locator('a[download]').first().getAttribute('href')).includes('severity=serious'));
    for (const text of await page.locator('.queue tbody .severity').allInnerTexts())
        assert.ok(text.includes('严重'), text);
}));

test('an entity is found and its reasons add up', () => way('regulator', async (page) => {
    await page.goto(`${base}/?page=entities&class=D`);
    await settled(page);
    await page.locator('tbody a').first().click();
    await settled(page);
    assert.equal(await page.locator('.reasons .problem').count(), 0);
    const sum = await page.locator('.reasons .sum .points').innerText();
    assert.equal(await page.locator('.verdict .score').innerText(), sum);
    assert.ok(await page.locator('.origin').count() > 0);
    const printed = await page.pdf({ format: 'A4' });
    assert.ok(printed.length > 10000);
}));

test('a draw is committed, run, revealed and verified', () => way('planner', async (page) => {
    await page.goto(`${base}/?page=commit`);
    await settled(page);
    await page.locator('input[name=plan]').first().check();
    await page.locator('main button:not([disabled])').last().click();
    await page.waitForURL(/page=draw&/, { timeout: 120000 });
    await page.locator('.next button[type=submit]').click();
    await page.locator('.state-drawn').waitFor({ timeout: 120000 });
    await page.locator('.next button').first().click();
    await page.locator('.state-revealed').waitFor({ timeout: 120000 });
    await page.locator('.finding-valid').waitFor({ timeout: 30000 });
    assert.ok(await page.locator('td code').count() > 0);
    await page.getByRole('link', { name: '抽取凭证' }).click();
    await page.locator('.signatures').waitFor();
    await settled(page);
    assert.ok((await page.pdf({ format: 'A4' })).length > 10000);
}));

test('the board: a tile by arrow keys, its district, the wall in one screen', () => way('leader', async (page) => {
    await page.locator('.tile').first().focus();
    await page.keyboard.press('ArrowDown');
    const label = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/region_code=\d{6}/);
    await settled(page);
    assert.ok((await heading(page)).includes(label.split(',')[0]));
    await page.goto(`${base}/?page=board&districts=38`);
    await settled(page);
    assert.equal(await page.locator('.tile').count(), 38);
    await page.goto(`${base}/?page=board`);
    await settled(page);
    assert.equal(await page.locator('.tile').count(), 37);
    await page.keyboard.press('w');
    await page.locator('.wall').waitFor();
    for (const [width, height] of [[1920, 1080], [3840, 1080], [3200, 800]]) {
        await page.setViewportSize({ width, height });
        const outside = await page.evaluate(() => [...document.querySelectorAll('.panel')].filter((panel) => panel.getBoundingClientRect().bottom > innerHeight + 1).length);
        assert.equal(outside, 0, `${width}x${height}`);
        assert.ok(await wideness(page) <= 0, `${width}x${height}`);
    }
}));

test('the language changes at once and stays', () => way('regulator', async (page) => {
    await page.getByRole('button', { name: 'English' }).click();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    assert.equal(await heading(page), 'Risk alerts');
}));

test('log out forgets the session', () => way('regulator', async (page) => {
    await page.getByRole('button', { name: '退出' }).click();
    await page.locator('input[name=password]').waitFor();
}));
