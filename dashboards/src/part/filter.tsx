// SPDX-License-Identifier: GPL-3.0-or-later
// The filters of a list. A choice goes into the address at once and begins at the first page.
import type { ComponentChildren } from 'preact';
import { rows } from '../api/client';
import type { List, Region, Source } from '../api/contract';
import { go, type PageName, type Values } from '../state/address';
import { t, word } from '../state/language';
import { useLoaded } from '../state/load';

interface FilterProps { page: PageName; values: Values; children: ComponentChildren }

export function Filter({ page, values, children }: FilterProps) {
    const submit = (event: Event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget as HTMLFormElement);
        const chosen: Values = { ...values, cursor: '' };
        given.forEach((value, key) => { chosen[key] = String(value).trim(); });
        go(page, chosen);
    };
    return (
        <form class="filter no-print" role="search" onSubmit={submit}
            onChange={(event) => { if (event.target instanceof HTMLSelectElement) event.currentTarget.requestSubmit(); }}>
            {children}
            <button type="submit" class="quiet">{t('action.search')}</button>
        </form>
    );
}

interface ChoiceProps { name: string; value: string; options: [string, string][]; all?: boolean }

export function Choice({ name, value, options, all }: ChoiceProps) {
    return (
        <label>
            <span>{word('filter', name)}</span>
            <select name={name} value={value}>
                {all && <option value="">{t('filter.all')}</option>}
                {value && !options.some(([key]) => key === value) && <option value={value} selected>{value}</option>}
                {options.map(([key, title]) => <option key={key} value={key} selected={key === value}>{title}</option>)}
            </select>
        </label>
    );
}

export function Entry({ name, value, hint }: { name: string; value: string; hint?: string }) {
    return (
        <label>
            <span>{word('filter', name)}</span>
            <input name={name} value={value} placeholder={hint} type="search" maxLength={200} autocomplete="off" key={value} />
        </label>
    );
}

/** From a day to a day, both included. */
export function Days({ values }: { values: Values }) {
    return (
        <>
            {['from', 'to'].map((name) => (
                <label key={name}>
                    <span>{word('filter', name)}</span>
                    <input name={name} type="date" value={values[name]} key={values[name]} />
                </label>
            ))}
        </>
    );
}

export function SourceChoice({ value }: { value: string }) {
    const { answer } = useLoaded<List<Source>>('/sources');
    return <Choice name="source" value={value} all options={rows(answer).map(({ source }) => [source, source])} />;
}

export function RegionChoice({ value }: { value: string }) {
    const { answer } = useLoaded<List<Region>>('/regions');
    const regions = rows(answer).filter((region) => region.row !== null);
    return <Choice name="region_code" value={value} all options={regions.map((region) => [region.region_code, region.name])} />;
}

export function options(family: string, ...codes: string[]): [string, string][] {
    return codes.map((code) => [code, word(family, code)]);
}
