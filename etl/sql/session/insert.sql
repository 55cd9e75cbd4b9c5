-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a new session. Parameters: hash (hex), account_id, now, lifetime in hours.
-- Columns: expires_at (seconds since 1970-01-01 UTC).
INSERT INTO session (session_hash, account_id, created_at, seen_at, expires_at)
VALUES (decode($1, 'hex'), $2, $3, $3, $3::timestamptz + make_interval(hours => $4::integer))
RETURNING extract(epoch FROM expires_at)::bigint
