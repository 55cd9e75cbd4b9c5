-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: store the staged files; only log.txt grows from state to state, the others never change.
INSERT INTO draw_file (authority, draw_number, name, content)
SELECT authority, draw_number, name, content FROM stage_file
ON CONFLICT (authority, draw_number, name) DO UPDATE SET content = EXCLUDED.content
 WHERE draw_file.name = 'log.txt'
