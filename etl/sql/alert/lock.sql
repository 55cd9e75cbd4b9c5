-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one writer of alerts at a time: a scan, or a step of a person. Readers are not held up.
LOCK TABLE alert, alert_transition IN SHARE ROW EXCLUSIVE MODE
