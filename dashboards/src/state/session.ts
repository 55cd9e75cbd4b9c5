// SPDX-License-Identifier: GPL-3.0-or-later
// Who is logged in: undefined until the server has been asked, null when nobody is. What a role may
// see is decided by the server; the table here only hides what it would refuse.
import { signal } from '@preact/signals';
import type { Role, Session } from '../api/contract';
import type { PageName } from './address';

export const session = signal<Session | null | undefined>(undefined);

const everyone: Role[] = ['regulator', 'planner', 'leader', 'auditor', 'admin'];

const readers: Role[] = ['leader', 'regulator', 'auditor', 'admin'];

/** The menu in its order: the page, and who has it. */
export const menu: { page: PageName; roles: Role[] }[] = [
    { page: 'board', roles: readers },
    { page: 'alerts', roles: readers },
    { page: 'entities', roles: everyone },
    { page: 'complaints', roles: readers },
    { page: 'inspections', roles: readers },
    { page: 'class-changes', roles: readers },
    { page: 'register', roles: everyone },
    { page: 'draws', roles: ['planner', 'leader', 'auditor', 'admin'] },
    { page: 'sources', roles: everyone },
    { page: 'audit', roles: ['auditor', 'admin'] },
];

const homes: Record<Role, PageName> = {
    regulator: 'alerts', planner: 'register', leader: 'board', auditor: 'audit', admin: 'board',
};

export function homeOf(role: Role): PageName {
    return homes[role] ?? 'entities';
}

export function isRole(...roles: Role[]): boolean {
    return !!session.value && roles.includes(session.value.user.role);
}
