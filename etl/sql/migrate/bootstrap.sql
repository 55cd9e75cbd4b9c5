-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the table that says which migrations were applied.
CREATE TABLE IF NOT EXISTS schema_migration (
    version    integer PRIMARY KEY,
    name       text NOT NULL,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL
)
