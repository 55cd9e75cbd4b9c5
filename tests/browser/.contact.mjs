import { chromium } from 'playwright-core';
const [out, w, h, ...files] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--allow-file-access-from-files'] });
const p = await b.newPage({ viewport: { width: Number(w) * files.length + 4 * files.length, height: Number(h) } });
const { writeFileSync } = await import('node:fs');
writeFileSync('/tmp/contact.html', `<body style="margin:0;display:flex;gap:4px;background:#f0f">${files.map((f) => `<div style="width:${w}px;height:${h}px;overflow:hidden"><img src="${f.startsWith("/")?f:"/tmp/pages-shots/"+f}.png" style="width:${w}px"></div>`).join('')}`);
await p.goto('file:///tmp/contact.html'); await p.waitForTimeout(300);
await p.screenshot({ path: out }); await b.close();
