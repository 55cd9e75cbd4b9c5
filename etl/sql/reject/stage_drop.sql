-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: take staged rows back out. Parameters: their lines, as an array.
DELETE FROM stage WHERE line = ANY ($1::bigint[])
