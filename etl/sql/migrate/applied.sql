-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what was applied. Columns: version, name, sha256.
SELECT version, name, sha256 FROM schema_migration ORDER BY version
