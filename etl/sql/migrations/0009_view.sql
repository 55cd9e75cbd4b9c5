-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the views of the service read.

-- Both score tables; a statement names the one of the published run, so that the planner leaves the
-- other out: WHERE score_table = $n.
CREATE VIEW score_both AS
SELECT 'score_one'::text AS score_table, s.* FROM score_one s
UNION ALL
SELECT 'score_two'::text, s.* FROM score_two s;

-- Entities: by code, also without knowing its scheme, and the order of the list by code.
CREATE INDEX entity_code ON entity (code COLLATE "C", entity_id);

-- Plans and draws: where a plan draws and who visits; NULL = everywhere, every department. What it
-- means for bound accounts is said in etl/store/draw_plan.h.
CREATE VIEW plan_area AS
SELECT plan_id,
       document::jsonb #> '{population,region_codes}' AS region_codes,
       document::jsonb #> '{inspectors,departments}' AS departments
  FROM plan;
CREATE INDEX draw_newest ON draw (committed_at, authority COLLATE "C", draw_number);
