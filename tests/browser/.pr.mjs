import { launch, logIn, openPage, settled, base } from './browser.js';
import { execSync } from 'node:child_process';
const b = await launch();
const role = process.argv[2]; 
const page = await openPage(b, { width: 1366, height: 768, language: process.env.L ?? 'zh-CN' });
await logIn(page, role); await settled(page);
for (const where of process.argv.slice(3)) {
  const [name, path] = where.split('@');
  await page.goto(base + path); await settled(page); await page.waitForTimeout(200); if (process.env.PRINT) { await page.emulateMedia({ media: "print" }); await page.setViewportSize({ width: 703, height: 1000 }); await page.waitForTimeout(300); }
  if (process.env.PDF) await page.pdf({ path: `/tmp/p-${name}.pdf`, preferCSSPageSize: true });
  else await page.screenshot({ path: `/tmp/p-${name}.png`, fullPage: !process.env.VIEW });
}
console.log(page.faults.join()); await b.close();
