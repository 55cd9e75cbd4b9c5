-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one scoring run at a time. Readers are not held up.
LOCK TABLE score_published IN SHARE ROW EXCLUSIVE MODE
