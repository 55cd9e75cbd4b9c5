-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the views of the service read.

-- Both score tables; a statement names the one of the published run, so that the planner leaves the
-- other out: WHERE score_table = $n.
CREATE VIEW score_both AS
SELECT 'score_one'::text AS score_table, s.* FROM score_one s
UNION ALL
SELECT 'score_two'::text, s.* FROM score_two s;

-- Complaints against their time limit: models/alert/deadline.h in the words of SQL, with the due
-- days computed there (working days are known to the calendar only): due_days[1] is for a complaint
-- received on limit_from. Reports of offences (举报) have another procedure and no limit here, as in
-- alert/waiting.sql.
CREATE FUNCTION complaint_due_on(complaint_kind text, jurisdiction text, received_on date,
                                 limit_jurisdiction text, limit_from date, due_days date[])
RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN coalesce(complaint_kind, 'complaint') = 'complaint'
                 AND (limit_jurisdiction = '' OR jurisdiction = limit_jurisdiction
                      OR starts_with(jurisdiction, limit_jurisdiction || '-'))
                THEN due_days[received_on - limit_from + 1] END
$$;

-- step_on: the first of acceptance, refusal and end; only steps up to judged_on have happened.
-- due_on occurs once, so that the planner can put the body into the statement.
CREATE FUNCTION complaint_handling(due_on date, step_on date, judged_on date)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE least(step_on, judged_on) <= due_on
           WHEN true THEN CASE WHEN step_on <= judged_on THEN 'accepted_in_limit' ELSE 'open' END
           WHEN false THEN CASE WHEN step_on <= judged_on THEN 'accepted_late' ELSE 'overdue' END
           ELSE 'no_limit' END
$$;

-- The list of inspections, the newest first.
CREATE INDEX inspection_occurred_on ON inspection (occurred_on);

-- Entities: by code, also without knowing its scheme; the order of the list by score; what belongs
-- to the file of one.
CREATE INDEX entity_code ON entity (code COLLATE "C", entity_id);
CREATE INDEX entity_alias_entity ON entity_alias (entity_id);
CREATE INDEX score_one_order ON score_one (score_milli, entity_id);
CREATE INDEX score_two_order ON score_two (score_milli, entity_id);
CREATE INDEX relation_related ON relation (related_entity_id);
CREATE INDEX relation_past_related ON relation_past (related_entity_id);
CREATE INDEX alert_entity ON alert (entity_id);

-- Plans and draws: where a plan draws and who visits; NULL = everywhere, every department. What it
-- means for bound accounts is said in etl/store/draw_plan.h.
CREATE VIEW plan_area AS
SELECT plan_id,
       document::jsonb #> '{population,region_codes}' AS region_codes,
       document::jsonb #> '{inspectors,departments}' AS departments
  FROM plan;
CREATE INDEX draw_newest ON draw (committed_at, authority COLLATE "C", draw_number);
