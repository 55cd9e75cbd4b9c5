// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the pages: two flat catalogues with the same keys. {name} in a text is replaced. A
// code word that the catalogue does not know is shown as it came.
import { signal } from '@preact/signals';
import type { Titled } from '../api/contract';
import en from '../text/en.json';
import zh from '../text/zh.json';

export type Language = 'zh-CN' | 'en';
export type Key = keyof typeof zh;

const catalogues: Record<Language, Record<string, string>> = { 'zh-CN': zh, en };
const STORED = 'heng.language';

export const language = signal<Language>('zh-CN');

export function restoreLanguage(): void {
    use(localStorage.getItem(STORED) === 'en' ? 'en' : 'zh-CN');
}

export function chooseLanguage(chosen: Language): void {
    localStorage.setItem(STORED, chosen);
    use(chosen);
}

export function t(key: Key, values: Record<string, string | number> = {}): string {
    return fill(catalogues[language.value][key] ?? key, values);
}

/** The word of an enumeration: word('state', 'firing'). */
export function word(family: string, code: string | null | undefined): string {
    if (code === null || code === undefined || code === '')
        return '—';
    return catalogues[language.value][`${family}.${code}`] ?? code;
}

export function titled(title: Titled | string | null | undefined): string {
    if (!title)
        return '—';
    return typeof title === 'string' ? title : language.value === 'en' ? title.en : title.zh;
}

export function fill(text: string, values: Record<string, string | number>): string {
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

function use(chosen: Language): void {
    language.value = chosen;
    document.documentElement.lang = chosen;
}
