-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the row of a source, made if new, locked so that files of one source load one by one.
-- Parameters: source, record kind, jurisdiction, now. Columns: source_id, record kind.
INSERT INTO load_source (source, record_kind, jurisdiction, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (source) DO UPDATE SET jurisdiction = EXCLUDED.jurisdiction
RETURNING source_id, record_kind
