-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: back-fills only. A staged version that became known before the current one did is no
-- news: it takes its place in credit_record_past, between its neighbours in time.
-- Run inside the batch's transaction, before credit_record.sql. Row counts, in order: 1 late,
-- 2 identical to a version in the history, 3 cut, 4 late and new, 5 taken off the stage.

-- 1. Staged versions older than the current one; what equals it is left to credit_record.sql.
CREATE TEMP TABLE late ON COMMIT DROP AS
SELECT s.*, f.known_at AS current_known_at, f.batch_id AS current_batch_id
  FROM stage s
  JOIN credit_record f ON f.id = s.id
 WHERE s.known_at < f.known_at AND s.content_hash <> f.content_hash;

-- 2. Those that the history has already. Their rows stay in the table, marked by version -1.
UPDATE late l
   SET version = -1
  FROM credit_record_past p
 WHERE p.id = l.id AND p.known_at = l.known_at AND p.content_hash = l.content_hash;

-- 3. The version that was held to be known until later ends where a late one begins.
UPDATE credit_record_past p
   SET known_until = c.known_at, replaced_by = c.replaced_by
  FROM (SELECT p2.id, p2.batch_id, p2.line, min(l.known_at) AS known_at,
               min(l.batch_id) AS replaced_by
          FROM credit_record_past p2
          JOIN late l ON l.id = p2.id AND l.version >= 0
                     AND l.known_at > p2.known_at AND l.known_at < p2.known_until
         GROUP BY p2.id, p2.batch_id, p2.line) c
 WHERE p.id = c.id AND p.batch_id = c.batch_id AND p.line = c.line;

-- 4. A late version was known until the next one, late or stored, became known.
INSERT INTO credit_record_past
SELECT n.known_at, n.batch_id,
       l.entity_id, l.id, l.record_key, l.record_kind, l.occurred_on, l.severity,
       l.amount_fen, l.document_no, l.agency, l.legal_basis, l.detail, l.grade,
       l.publicity_until, l.repaired_on, l.annulled_on, l.ended_on, l.batch_id, l.line,
       l.known_at, l.content_hash
  FROM late l
 CROSS JOIN LATERAL (
       SELECT l.current_known_at AS known_at, l.current_batch_id AS batch_id, 0 AS version
        UNION ALL
       SELECT o.known_at, o.batch_id, o.version FROM late o
        WHERE o.id = l.id AND o.version >= 0
          AND (o.known_at, o.version) > (l.known_at, l.version)
        UNION ALL
       SELECT p.known_at, p.batch_id, 0 FROM credit_record_past p
        WHERE p.id = l.id AND p.known_at > l.known_at
        ORDER BY known_at, version
        LIMIT 1) n
 WHERE l.version >= 0;

-- 5. None of them is left to become current.
DELETE FROM stage s
 USING credit_record f
 WHERE f.id = s.id AND s.known_at < f.known_at AND s.content_hash <> f.content_hash
