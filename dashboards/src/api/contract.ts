// SPDX-License-Identifier: GPL-3.0-or-later
// What the HTTP API answers, in its own words. Units are in the names: score_milli are milli-points,
// rate_ppm parts per million, amount_fen 1/100 yuan; days are YYYY-MM-DD, moments ISO 8601.

export type Role = 'regulator' | 'planner' | 'leader' | 'auditor' | 'admin';
export type Class = 'A' | 'B' | 'C' | 'D';
export type ByClass = Partial<Record<Class, number>>;
export interface Titled { zh: string; en: string }
export interface Key { scheme: string; code: string }
export interface Named extends Key { name: string | null }

export interface Stamp {
    as_of: string | null;
    data_version: string | number;
    model: { scheme: string; version: string; run: number } | null;
}

export interface User {
    name: string;
    role: Role;
    department_id: string | null;
    region_code: string | null;
    region_name?: string | null;
}
export interface Session { user: User; token: string; expires_at: string }

export interface Page<Item> extends Stamp { items: Item[]; next: string | null }

export type List<Item> = Item[] | { items: Item[] };

export interface ClassCount { class: Class; count: number; previous_count: number | null }
export interface ClassMove { from: Class | null; to: Class; count: number }
export interface Tile { region_code: string; name: string; row: number; column: number; rows: number }
export interface RegionSummary extends Tile {
    entities: number;
    classes: ByClass;
    adverse_ppm: number | null;
    alerts_open: number;
}
export interface SourceSummary {
    source: string;
    last_loaded_at: string | null;
    days_silent: number | null;
    rows: number;
    rejected: number;
}
export interface Summary extends Stamp {
    classes: ClassCount[];
    class_moves: ClassMove[];
    regions: RegionSummary[];
    complaints: {
        received: number; accepted_in_limit: number; accepted_late: number; overdue: number; open: number; no_limit: number;
    };
    inspections: { count: number; adverse: number; adverse_ppm: number | null };
    alerts: { open: number; by_severity: Record<string, number>; overdue: number };
    sources: SourceSummary[];
    district_set: '37' | '38';
}

export interface EntityRow extends Named {
    region_code: string | null;
    region_name: string | null;
    industry_code: string | null;
    industry_name: string | null;
    status: string | null;
    class: Class | null;
    score_milli: number | null;
    class_changed_on: string | null;
}

/** Where a fact comes from and when it became known. */
export interface Origin { known_at: string; source: string; file: string; line: number }
export interface Reason {
    points_milli: number;
    zh: string;
    en: string;
    basis: string | null;
    role: string;
    record?: { id: string | number; source: string; file: string; line: number; key: string } | null;
}
export interface Dimension { id: string; title: Titled; milli: number; max_milli: number | null }
export interface ClassChange {
    changed_on: string; from: Class | null; to: Class; cause: string; score_milli: number;
}
export interface EntityChange extends ClassChange, Named { region_code: string | null; region_name: string | null }
export interface Complaint extends Partial<Origin>, Partial<Named> {
    received_on: string; accepted_on: string | null; refused_on: string | null; ended_on: string | null; due_on: string | null;
    handling: string; complaint_kind: string | null; channel: string | null; issue: string | null; outcome: string | null;
    region_code: string | null; region_name: string | null;
}
export interface Inspection extends Partial<Origin>, Partial<Named> {
    occurred_on: string; check_kind: string | null; matter_id: string | null; matter_title: string | null;
    department_id: string | null; outcome: string | null; severity: string | null; adverse: boolean;
    violation_count: number | null; region_code: string | null; region_name: string | null;
}
export type Fact = Origin & Partial<Named> & Record<string, unknown>;
export interface EntityFile extends Stamp {
    entity: Named & {
        entity_type?: string | null;
        status?: string | null;
        region_code?: string | null;
        region_name?: string | null;
        industry_code?: string | null;
        industry_name?: string | null;
        registered_on?: string | null;
        ended_on?: string | null;
        capital_fen?: number | null;
        employees?: number | null;
        address?: string | null;
        licence_tags?: string[] | null;
        registered?: boolean;
        aliases?: Key[];
    } & Partial<Origin>;
    score: {
        class: Class;
        class_by_score: Class;
        score_milli: number;
        coverage_ppm: number;
        direct_rule: string | null;
        floor_rule: string | null;
        dimensions: Dimension[];
    } | null;
    reasons: Reason[];
    history: ClassChange[];
    inspections: Fact[];
    complaints: Fact[];
    records: Fact[];
    relations: (Partial<Origin> & Named & { relation_kind: string; class: Class | null })[];
    alerts: { id: number; rule: string; state: string; severity: string; first_as_of: string }[];
    draws: { authority: string; number: number; as_of: string; rank: number }[];
}

export interface AlertRow {
    id: number;
    rule_id: string;
    rule_title: Titled;
    rule_kind: string;
    state: string;
    severity: string;
    region_code: string | null;
    region_name: string | null;
    industry: string | null;
    entity: Named | null;
    first_as_of: string;
    last_as_of: string;
    hits: number;
    assignee: string | null;
    due_on: string | null;
    version: number | string;
}
export interface AlertPage extends Page<AlertRow> { counts: Record<string, number> }
export interface Week { week: string; count: number; bound?: number | null }
export interface Transition {
    step: number; event: string; from: string | null; to: string; actor: string; reason: string | null;
    assignee: string | null; verdict: string | null; at: string; hash: string;
}
export type Need = 'reason' | 'assignee' | 'verdict';
export interface Allowed { event: string; needs: Need[] }
export interface Alert extends AlertRow, Stamp {
    labels: Record<string, string>;
    evidence: Record<string, unknown> & { series?: Week[] };
    transitions: Transition[];
    records: Fact[];
    previous: number | null;
    allowed: Allowed[];
}
export interface BulkOutcome { done: number[]; failed: { id: number; detail: string }[] }

export interface RegisterRow { key: string; name: string | null; count: number; by_class: ByClass }
export interface Register extends Stamp { rows: RegisterRow[] }

export interface Plan { plan: string; authority: string; title: Titled | string; created_at: string; draws: number; own: boolean }
export interface DrawRow {
    authority: string;
    number: number;
    plan: string;
    state: 'committed' | 'drawn' | 'revealed' | 'abandoned';
    as_of: string;
    rehearsal: boolean;
    frame_count: number;
    selected_count: number | null;
    redraw_of: number | null;
    redraw_reason: string | null;
    abandon_reason: string | null;
    title: Titled | null;
    own: boolean; // the account may take its steps
    committed_at: string;
    drawn_at: string | null;
    revealed_at: string | null;
    abandoned_at: string | null;
}
export interface Visit extends Named {
    rank: number; class: Class; region: string | null; ticket: string; inspectors: string[]; reserves: string[];
}
export interface Draw extends DrawRow, Omit<Stamp, 'as_of'> {
    strata: { class: Class; rate_ppm: number; frame: number; selected: number | null }[];
    exclusions: { reason: string; count: number }[];
    hashes: { commit: string; plan?: string; frame_root: string; log: unknown[] };
    reveal_by?: string | null;
    beacon: { source: string; round?: number | null; rule?: string | null; known_at?: string | null } | null;
    alg?: string;
}
export interface Verdict {
    verdict: 'valid' | 'invalid' | 'not-revealed';
    detail: string | null;
    entries?: number; // of the audit chain
    head?: string;
}
export interface Job {
    id: number | string;
    kind: string;
    state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
    percent: number;
    detail: string | null;
    result?: string | null;
    error?: string | null;
}

export interface Source {
    source: string; record_kind: string; jurisdiction: string; last_loaded_at: string | null; batches: number;
    rows_in: number; rejected: number; days_silent: number | null;
}
export interface Batch {
    batch?: number; source: string; file?: string; file_name?: string; rows_in: number; inserted: number;
    updated: number; identical: number; rejected: number; known_at?: string; loaded_at: string;
}
export interface Reject {
    source: string; file?: string; file_name?: string; line: number; field: string; reason: string;
    message: string; raw: string | null; // null for a role that may not see it
}
export interface Region {
    region_code: string; name: string; region_kind: string; valid_from: string; valid_to: string | null;
    row: number | null; column: number | null; rows: number | null;
}
export interface AuditEntry {
    sequence: number; at: string; actor: string; action: string; subject: string; detail: string; request_id: string; hash: string;
}
