-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the published score of one entity. Parameters: entity_id. Columns: class, score_milli.
SELECT class, score_milli FROM score_one WHERE entity_id = $1
