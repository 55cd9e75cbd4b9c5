-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: take out what the migrations put in. Parameters: table (a name, not a value).
TRUNCATE :"table" CASCADE
