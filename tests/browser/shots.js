// SPDX-License-Identifier: GPL-3.0-or-later
// node shots.js FOLDER: a picture of every page in both languages and three widths, to be looked
// at; and what a machine can see: faults, horizontal scroll, axe findings.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { base, launch, logIn, openPage, settled, wideness } from './browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = process.argv[2] ?? 'shots';
const only = process.argv[3];
const sizes = [[1366, 768], [1920, 1080], [390, 844]];
const found = [];

/** The addresses to look at: of the first rows of each list, whatever the server holds. */
async function addresses(page) {
    const get = (path) => page.evaluate((where) => fetch(`/api/v1${where}`).then((answer) => answer.json()), path);
    const alerts = (await get('/alerts?state=all')).items;
    const surge = alerts.find(({ rule_kind: kind }) => kind === 'count_surge') ?? alerts[0];
    const entity = (await get('/entities?sort=score')).items[0];
    const draw = (await get('/draws')).items[0];
    const file = new URLSearchParams({ page: 'entity', scheme: entity.scheme, code: entity.code });
    const number = new URLSearchParams({ page: 'draw', authority: draw.authority, number: draw.number });
    return {
        alerts: '/?page=alerts', alert: `/?page=alert&id=${surge.id}&state=all`, entities: '/?page=entities', entity: `/?${file}`,
        complaints: '/?page=complaints', inspections: '/?page=inspections&adverse=true', 'class-changes': '/?page=class-changes', register: '/?page=register', 'register-region': '/?page=register&by=region', draws: '/?page=draws', commit: '/?page=commit', plan: '/?page=plan',
        draw: `/?${number}`, voucher: `/?${String(number).replace('page=draw', 'page=voucher')}`, board: '/?page=board', 'board-38': '/?page=board&districts=38&tiles=adverse',
        wall: '/?page=board&mode=wall', sources: '/?page=sources', loads: '/?page=loads', rejects: '/?page=rejects', audit: '/?page=audit', bad: '/?page=alerts&severity=nonsense',
    };
}

async function look(page, name) {
    await settled(page);
    await page.waitForTimeout(150);
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: !name.startsWith('wall') });
    const wide = await wideness(page);
    if (wide > 0)
        found.push(`${name}: ${wide} px too wide`);
    // By evaluation, not by a script element: the content security policy forbids the latter.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const { id, impact, nodes } of violations)
        found.push(`${name}: axe ${impact} ${id}: ${nodes.slice(0, 2).map(({ target, failureSummary }) => `${target} ${failureSummary.split('\n').slice(1, 2)}`).join(' | ')}`);
    for (const fault of page.faults.splice(0))
        found.push(`${name}: ${fault}`);
}

const browser = await launch();
mkdirSync(folder, { recursive: true });
for (const language of ['zh-CN', 'en']) {
    for (const [width, height] of sizes) {
        const page = await openPage(browser, { language, width, height });
        const name = (what) => `${what}-${language.slice(0, 2)}-${width}`;
        await page.goto(`${base}/`);
        if (!only)
            await look(page, name('login'));
        await logIn(page, 'admin');
        for (const [what, where] of Object.entries(await addresses(page))) {
            if (only && !only.split(',').includes(what))
                continue;
            await page.goto(base + where);
            await look(page, name(what));
        }
        await page.context().close();
    }
}
await browser.close();
console.log([...new Set(found)].join('\n') || 'nothing found');
process.exitCode = found.length > 0 ? 1 : 0;
