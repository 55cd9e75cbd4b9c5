-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: entities per class in score_two. Columns: class, entities.
SELECT class, count(*) FROM score_two GROUP BY class ORDER BY class
