-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the inspections of an entity, the newest first. Parameters: 1 entity_id, 2 rows,
-- 3 department of the scope.
SELECT f.occurred_on, f.check_kind, f.matter_id, m.title AS matter_title, f.department_id,
       d.name AS department_name, to_json(f.inspector_ids) AS inspector_ids, f.outcome, f.severity,
       f.violation_count, to_json(f.result_codes) AS result_codes, f.notice_no,
       f.enforcement_code, f.published_on, f.record_key AS key, f.known_at, s.source,
       b.file_name AS file, f.line
  FROM (SELECT *
          FROM inspection
         WHERE entity_id = $1 AND ($3::text IS NULL OR department_id = $3)
         ORDER BY occurred_on DESC, id
         LIMIT $2) f
  JOIN load_batch b ON b.batch_id = f.batch_id
  JOIN load_source s ON s.source_id = b.source_id
  LEFT JOIN matter m ON m.matter_id = f.matter_id
  LEFT JOIN department d ON d.department_id = f.department_id
 ORDER BY f.occurred_on DESC, f.id
