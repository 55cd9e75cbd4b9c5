-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: record what a batch was like. Parameters: 1 batch_id, 2 now in the register's zone (its
-- first ten characters are the day), 3 duplicates, 4 newest day or NULL, 5 rejects by reason and
-- 6 filled rows by field, as JSON objects.
INSERT INTO load_quality (batch_id, loaded_on, duplicates, newest_on, reasons, filled)
VALUES ($1, left($2::text, 10)::date, $3, $4, $5, $6)
