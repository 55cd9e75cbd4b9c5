-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the complaints about an entity, the newest first. Parameters: 1 entity_id, 2 rows.
SELECT f.received_on, f.accepted_on, f.refused_on, f.mediation_ended_on, f.ended_on, f.answered_on,
       f.complaint_kind, f.channel, f.issue, f.outcome, f.region_code, f.industry_code,
       f.record_key AS key, f.known_at, s.source, b.file_name AS file, f.line
  FROM (SELECT *
          FROM complaint
         WHERE entity_id = $1
         ORDER BY received_on DESC, id
         LIMIT $2) f
  JOIN load_batch b ON b.batch_id = f.batch_id
  JOIN load_source s ON s.source_id = b.source_id
 ORDER BY f.received_on DESC, f.id
