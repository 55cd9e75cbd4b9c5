-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a migration was applied. Parameters: version, name, sha256, now.
INSERT INTO schema_migration (version, name, sha256, applied_at) VALUES ($1, $2, $3, $4)
