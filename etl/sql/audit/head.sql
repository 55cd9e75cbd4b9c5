-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the last entry of the chain. Columns: sequence, hash (hex).
SELECT sequence, encode(hash, 'hex') FROM audit_head
