-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: end a transaction.
COMMIT
