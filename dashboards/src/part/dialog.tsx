// SPDX-License-Identifier: GPL-3.0-or-later
// A modal question. The focus begins at its first field; the browser keeps it inside and gives it
// back; Escape closes.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../state/language';

interface Props {
    title: string;
    onClose: () => void;
    children: ComponentChildren;
}

export function Dialog({ title, onClose, children }: Props) {
    const element = useRef<HTMLDialogElement>(null);
    useEffect(() => {
        const dialog = element.current;
        dialog?.showModal();
        dialog?.querySelector<HTMLElement>('input, select, textarea, [type=submit]')?.focus();
        return () => dialog?.close();
    }, []);
    return (
        <dialog ref={element} aria-label={title} onCancel={(event) => { event.preventDefault(); onClose(); }}>
            <header class="bar">
                <h2>{title}</h2>
                <button type="button" class="quiet" onClick={onClose}>{t('action.close_dialog')}</button>
            </header>
            {children}
        </dialog>
    );
}
