-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the version of everything that is served, polled while the service runs. The number of
-- batches stands beside the last one because batches may commit out of order.
-- Parameters: none. Columns: data_version, changes of accounts.
SELECT format('%s.%s.%s.%s.%s', b.newest, b.batches, p.run_id, c.alerts, c.draws) AS data_version,
       c.accounts
  FROM (SELECT coalesce(max(batch_id), 0) AS newest, count(*) AS batches FROM load_batch) b,
       (SELECT coalesce(max(run_id), 0) AS run_id FROM score_published) p,
       (SELECT max(changes) FILTER (WHERE subject = 'alert') AS alerts,
               max(changes) FILTER (WHERE subject = 'draw') AS draws,
               max(changes) FILTER (WHERE subject = 'account') AS accounts
          FROM change_count) c
