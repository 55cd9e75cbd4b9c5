-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: append an entry and make it the head. Parameters: sequence, at, actor, action, subject,
-- detail, request_id, previous_hash (hex), hash (hex). Columns: none.
WITH entry AS (
    INSERT INTO audit (sequence, at, actor, action, subject, detail, request_id, previous_hash, hash)
    VALUES ($1, $2::timestamptz, $3, $4, $5, $6, $7, decode($8, 'hex'), decode($9, 'hex'))
    RETURNING sequence, hash)
UPDATE audit_head h SET sequence = e.sequence, hash = e.hash FROM entry e
