-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: locks taken from here on can be given back.
SAVEPOINT scores
