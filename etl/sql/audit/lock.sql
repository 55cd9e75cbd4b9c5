-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the last entry of the chain, locked until the transaction ends, so that entries are
-- appended one after the other. Columns: sequence, hash (hex).
SELECT sequence, encode(hash, 'hex') FROM audit_head FOR UPDATE
