-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: rows that could not be taken in, the newest first. A row cannot be said to belong to a
-- district, and may hold personal data in columns that no mapping drops. So the row itself (raw) is
-- for the auditor and the administrator, who mend mappings; the message, which quotes the beginning
-- of the one field that was wrong, is for every account that is bound to no district; which file,
-- line, field and reason is for all.
-- Parameters: 1 region and 2 department of the scope, 3 whether the account may see raw rows;
-- 4 source, 5 reason, 6 batch, each or NULL; 7 'open' or NULL (those that no batch took in since),
-- 'taken', 'all'; 8 key; 9 rows.
SELECT r.reject_id AS key_1, s.source, b.file_name AS file, r.line, r.field, r.reason,
       CASE WHEN $1::text IS NULL AND $2::text IS NULL THEN r.message END AS message,
       CASE WHEN $1::text IS NULL AND $2::text IS NULL AND $3::boolean THEN r.raw END AS raw,
       b.batch_id AS batch, b.loaded_at, r.taken_by
  FROM load_reject r
  JOIN load_batch b ON b.batch_id = r.batch_id
  JOIN load_source s ON s.source_id = b.source_id
 WHERE ($4::text IS NULL OR s.source = $4)
   AND ($5::text IS NULL OR r.reason = $5)
   AND ($6::bigint IS NULL OR r.batch_id = $6::bigint)
   AND CASE coalesce($7::text, 'open') WHEN 'open' THEN r.taken_by IS NULL
                                       WHEN 'taken' THEN r.taken_by IS NOT NULL ELSE true END
   AND ($8::bigint IS NULL OR r.reject_id < $8::bigint)
 ORDER BY r.reject_id DESC
 LIMIT $9
