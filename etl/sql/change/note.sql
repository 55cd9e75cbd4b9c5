-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: note that what is served about a subject has changed; last statement of a transaction.
-- Parameters: subject. Columns: none.
UPDATE change_count SET changes = changes + 1 WHERE subject = $1
