-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a new job; the account's earlier one of this kind with the same idempotency key instead,
-- if there is one. Parameters: kind, account_id, argument, idempotency_key, now. Columns: job_id.
INSERT INTO job (kind, account_id, argument, state, percent, detail, cancel, idempotency_key,
                 created_at)
VALUES ($1, $2, $3::jsonb, 'queued', 0, '', false, $4, $5)
ON CONFLICT (account_id, kind, idempotency_key)
DO UPDATE SET idempotency_key = excluded.idempotency_key
RETURNING job_id
