-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: drop what has expired. Parameters: now. Columns: none.
DELETE FROM session WHERE expires_at <= $1::timestamptz
