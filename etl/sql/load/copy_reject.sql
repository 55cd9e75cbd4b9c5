-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: stream the rejected rows of a batch.
COPY load_reject (batch_id, line, field, reason, message, raw, record) FROM STDIN
