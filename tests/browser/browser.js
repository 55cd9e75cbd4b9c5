// SPDX-License-Identifier: GPL-3.0-or-later
// A headless Chromium for the tests, and the watch over each page: console errors, failed requests,
// breaches of the content security policy.
//
//   HENG_URL     where the pages are served
//   HENG_LOGINS  a file of lines "ROLE NAME PASSWORD"
//   CHROMIUM     the browser; default /usr/bin/chromium
import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';

export const base = process.env.HENG_URL;
const logins = new Map(readFileSync(process.env.HENG_LOGINS, 'utf8').trim().split('\n').map((line) => {
    const [role, name, password] = line.split(/\s+/);
    return [role, { name, password }];
}));

export function launch() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=zh-CN'],
    });
}

/** A page of its own session. Faults seen are collected in page.faults; 401 before the login is none. */
export async function openPage(browser, { language = 'zh-CN', width = 1366, height = 768 } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, locale: language, reducedMotion: 'reduce' });
    await context.addInitScript((chosen) => {
        localStorage.setItem('heng.language', chosen);
        document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
    }, language);
    const page = await context.newPage();
    page.faults = [];
    page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 401/.test(message.text()))
            page.faults.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
        if (!request.url().startsWith(base))
            page.faults.push(`request elsewhere: ${request.url()}`);
    });
    return page;
}

export async function logIn(page, role) {
    const { name, password } = logins.get(role);
    await page.goto(`${base}/`);
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', password);
    await page.click('form button[type=submit]');
    await page.waitForSelector('header.top');
}

export async function settled(page) {
    await page.waitForSelector('main[aria-busy=false], main:not([aria-busy])');
    await page.waitForLoadState('networkidle');
}

export async function wideness(page) {
    return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
