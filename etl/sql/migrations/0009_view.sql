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
