-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the views of the service read.

-- Both score tables; a statement names the one of the published run, so that the planner leaves the
-- other out: WHERE score_table = $n.
CREATE VIEW score_both AS
SELECT 'score_one'::text AS score_table, s.* FROM score_one s
UNION ALL
SELECT 'score_two'::text, s.* FROM score_two s;
