// SPDX-License-Identifier: GPL-3.0-or-later
// Single-key shortcuts. A page says which keys it knows; "?" lists them. They are silent while
// something is typed or a dialog is open, and can be switched off (WCAG 2.1.4).
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t, type Key } from '../state/language';
import { Dialog } from './dialog';

export interface Shortcut { key: string; title: Key; run: (event: KeyboardEvent) => void }

const STORED = 'heng.keys';
type Known = { current: Shortcut[] };
const active = signal<Known[]>([]);
const shown = signal(false);
const off = signal(localStorage.getItem(STORED) === 'off');

export function useKeys(shortcuts: Shortcut[]): void {
    const known = useRef(shortcuts);
    known.current = shortcuts;
    useEffect(() => {
        active.value = [...active.value, known];
        return () => { active.value = active.value.filter((one) => one !== known); };
    }, []);
}

function allKeys(): Shortcut[] {
    return active.value.flatMap(({ current }) => current);
}

function onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox';
    if (event.ctrlKey || event.metaKey || event.altKey || typing || document.querySelector('dialog[open]'))
        return;
    if (event.key === '?') {
        shown.value = true;
        return;
    }
    // Enter and space belong to a focused link or button.
    if (event.key === 'Enter' && /^(A|BUTTON|SUMMARY)$/.test(target.tagName))
        return;
    const shortcut = allKeys().find(({ key }) => key === event.key);
    if (!shortcut || off.value)
        return;
    event.preventDefault();
    shortcut.run(event);
}

function choose(on: boolean): void {
    localStorage.setItem(STORED, on ? 'on' : 'off');
    off.value = !on;
}

/** Listens, and shows the list of keys when asked to. */
export function Keys() {
    useEffect(() => {
        addEventListener('keydown', onKey);
        return () => removeEventListener('keydown', onKey);
    }, []);
    if (!shown.value)
        return null;
    return (
        <Dialog title={t('keys.title')} onClose={() => { shown.value = false; }}>
            <label class="check">
                <input type="checkbox" checked={!off.value} onChange={(event) => choose(event.currentTarget.checked)} />
                {t('keys.on')}
            </label>
            <dl class="keys">
                <div><dt><kbd>?</kbd></dt><dd>{t('keys.help')}</dd></div>
                {allKeys().map(({ key, title }) => (
                    <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(title)}</dd></div>
                ))}
            </dl>
        </Dialog>
    );
}

export function showKeys(): void {
    shown.value = true;
}
