-- SPDX-License-Identifier: GPL-3.0-or-later
-- A back-fill finds the versions of a record by id alone, as a correction finds the current one: the
-- subject may have changed between them. entity_past needs none, its key begins with the id.
CREATE INDEX inspection_past_id ON inspection_past (id);
CREATE INDEX complaint_past_id ON complaint_past (id);
CREATE INDEX credit_record_past_id ON credit_record_past (id);
CREATE INDEX relation_past_id ON relation_past (id);
