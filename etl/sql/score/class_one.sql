-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the score of one entity in score_one. Parameters: entity_id.
-- Columns: class, score_milli, inputs_hash (hex).
SELECT class, score_milli, encode(inputs_hash, 'hex') FROM score_one WHERE entity_id = $1
