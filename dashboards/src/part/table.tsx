// SPDX-License-Identifier: GPL-3.0-or-later
// A table of rows. On a narrow screen each row becomes a card and each cell names its column.
import type { ComponentChildren } from 'preact';
import { t } from '../state/language';

export interface Column<Row> {
    title: string;
    cell: (row: Row, index: number) => ComponentChildren;
    number?: boolean;
    short?: boolean; // a word or a code, kept in one line
}

interface Props<Row> {
    caption: string;
    columns: Column<Row>[];
    rows: Row[];
    captionHidden?: boolean;
    empty?: string;
}

export function Table<Row>({ caption, columns, rows, captionHidden, empty }: Props<Row>) {
    if (rows.length === 0)
        return <p class="empty">{caption}{t('mark.colon')}{empty ?? t('list.empty')}</p>;
    return (
        <div class="table-frame" role="region" aria-label={caption} tabIndex={0}>
            <table class={columns.length <= 4 ? 'cards few' : 'cards'}>
                <caption class={captionHidden ? 'hidden' : undefined}>{caption}</caption>
                <thead>
                    <tr>{columns.map((column) => (
                        <th key={column.title} scope="col" class={column.number ? 'number' : undefined}>{column.title}</th>
                    ))}</tr>
                </thead>
                <tbody>{rows.map((row, index) => (
                    <tr key={index}>{columns.map((column) => (
                        <td key={column.title} class={column.number ? 'number' : column.short ? 'short' : undefined} data-title={column.title}>
                            {column.cell(row, index)}
                        </td>
                    ))}</tr>
                ))}</tbody>
            </table>
        </div>
    );
}
