-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the views of the service read.

-- Both score tables; a statement names the one of the published run, so that the planner leaves the
-- other out: WHERE score_table = $n.
CREATE VIEW score_both AS
SELECT 'score_one'::text AS score_table, s.* FROM score_one s
UNION ALL
SELECT 'score_two'::text, s.* FROM score_two s;

-- Entities: by code, also without knowing its scheme; the order of the list by score; what belongs
-- to the file of one.
CREATE INDEX entity_code ON entity (code COLLATE "C", entity_id);
CREATE INDEX entity_alias_entity ON entity_alias (entity_id);
CREATE INDEX score_one_order ON score_one (score_milli, entity_id);
CREATE INDEX score_two_order ON score_two (score_milli, entity_id);
CREATE INDEX relation_related ON relation (related_entity_id);
CREATE INDEX relation_past_related ON relation_past (related_entity_id);
CREATE INDEX alert_entity ON alert (entity_id);
