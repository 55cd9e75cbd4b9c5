-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: stream the shipped industry codes.
COPY shipped_industry FROM STDIN
