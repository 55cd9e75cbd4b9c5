// SPDX-License-Identifier: GPL-3.0-or-later
// node tour.js [FOLDER [PAGE,PAGE…]]: every page in both languages and three widths, as a machine
// sees it: faults, horizontal scroll, axe findings, pages that do not say what their figures are
// of, and names that were taken for markup. With a FOLDER also a picture of each, to be looked at.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { addresses, base, hostile, launch, logIn, openPage, settled, visit, wideness } from './browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [folder, only] = process.argv.slice(2);
const sizes = [[1920, 1080], [390, 844], [1366, 768]];
const REDRAWN_MS = 150;
const named = new Set(['alerts', 'entities', 'complaints', 'inspections', 'class-changes', 'draw', 'voucher']);
const stamps = {
    'zh-CN': /数据截至 \d{4}-\d\d-\d\d[^]*数据版本 \S+[^]*模型 \S+/,
    en: /As of \d{4}-\d\d-\d\d[^]*Data version \S+[^]*Model \S+/,
};
const found = [];

async function judge(page, name) {
    // By evaluation, not by a script element: the content security policy forbids the latter.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const { id, impact, nodes } of violations)
        found.push(`${name}: axe ${impact} ${id}: ${nodes.slice(0, 2).map(({ target, failureSummary }) => `${target} ${failureSummary.split('\n').slice(1, 2)}`).join(' | ')}`);
}

async function look(page, what, language) {
    for (const [width, height] of sizes) {
        const name = `${what}-${language.slice(0, 2)}-${width}`;
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(folder ? REDRAWN_MS : 0);
        const wide = await wideness(page);
        if (wide > 0)
            found.push(`${name}: ${wide} px too wide`);
        if (folder)
            await page.screenshot({ path: `${folder}/${name}.png`, fullPage: !what.startsWith('wall') });
        // The words differ between the languages, not what axe judges; the narrow layout does.
        if (folder || (language === 'zh-CN' && width === 1366))
            await judge(page, name);
    }
}

async function read(page, what, language) {
    const text = await page.locator('main').innerText();
    if (!stamps[language].test(text))
        found.push(`${what}-${language}: no as-of day, data version and model version`);
    if (named.has(what) && !hostile.some((name) => text.includes(name)))
        found.push(`${what}-${language}: shows none of the names that look like markup`);
    if (await page.locator('img, main script, iframe, a[href^="javascript:"]').count() > 0)
        found.push(`${what}-${language}: a name was taken for markup`);
}

async function tour(browser, language) {
    const page = await openPage(browser, { language });
    const faults = (what) => found.push(...page.faults.splice(0).map((fault) => `${what}-${language}: ${fault}`));
    await page.goto(`${base}/`);
    await settled(page);
    if (!only)
        await look(page, 'login', language);
    await logIn(page, 'admin');
    for (const [what, where] of Object.entries(await addresses(page))) {
        if (only && !only.split(',').includes(what))
            continue;
        await visit(page, where);
        await read(page, what, language);
        await look(page, what, language);
        faults(what);
    }
    await page.context().close();
}

if (folder)
    mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const language of ['zh-CN', 'en'])
    await tour(browser, language);
await browser.close();
console.log([...new Set(found)].join('\n') || 'nothing found');
process.exitCode = found.length > 0 ? 1 : 0;
