-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: an entry of an authority's log. Parameters: authority, entry_number, draw_number, entry
-- (hex), previous hash (hex), entry hash (hex), now.
INSERT INTO draw_log (authority, entry_number, draw_number, entry, previous_hash, entry_hash, at)
VALUES ($1, $2, $3, decode($4, 'hex'), decode($5, 'hex'), decode($6, 'hex'), $7)
