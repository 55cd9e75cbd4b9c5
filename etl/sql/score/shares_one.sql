-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: entities per class in score_one. Columns: class, entities.
SELECT class, count(*) FROM score_one GROUP BY class ORDER BY class
