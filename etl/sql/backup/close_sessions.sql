-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: who has logged out since the backup must not be logged in again by it.
DELETE FROM session
