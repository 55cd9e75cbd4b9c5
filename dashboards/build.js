// SPDX-License-Identifier: GPL-3.0-or-later
// node build.js [FOLDER]: the pages, ready to be served as they are. Names in assets/ carry the hash
// of their content, so they may be cached for ever; each file has its .gz beside it.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const home = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2] ?? join(home, '../build/pages'));
const assets = join(folder, 'assets');
const bundled = ['@preact/signals', '@preact/signals-core', 'echarts', 'preact', 'tslib', 'zrender'];

const isLicence = (place, file) => /(^|\/)(LICEN[CS]E|NOTICE)[^/]*$/i.test(file) && statSync(join(place, file)).isFile();

function licences() {
    return bundled.map((name) => {
        const place = join(home, 'node_modules', name);
        const files = readdirSync(place, { recursive: true }).filter((file) => isLicence(place, file)).sort();
        return [`== ${name}`, ...files.map((file) => readFileSync(join(place, file), 'utf8'))].join('\n\n');
    }).join('\n\n');
}

function icon() {
    const content = readFileSync(join(home, 'src/icon.svg'));
    const name = `icon-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.svg`;
    writeFileSync(join(assets, name), content);
    return name;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });
const { metafile } = await build({
    absWorkingDir: home,
    entryPoints: { main: 'src/main.tsx', style: 'src/style/style.css' },
    outdir: assets,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: 'esm',
    target: 'chrome80',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none', // licences.txt has them whole
    logLevel: 'warning',
});
const built = (source) => Object.entries(metafile.outputs)
    .find(([, output]) => output.entryPoint === source)[0].split('/').pop();
const page = readFileSync(join(home, 'src/index.html'), 'utf8')
    .replace('{script}', built('src/main.tsx')).replace('{style}', built('src/style/style.css')).replace('{icon}', icon());
writeFileSync(join(folder, 'index.html'), page);
writeFileSync(join(folder, 'licences.txt'), licences());
for (const file of [...readdirSync(folder), ...readdirSync(assets).map((name) => `assets/${name}`)])
    if (statSync(join(folder, file)).isFile())
        writeFileSync(join(folder, `${file}.gz`), gzipSync(readFileSync(join(folder, file)), { level: 9 }));
