-- The outbox (outbox/transaction.py): what services are to be told. The states of hits are in
-- sql/db.sql.

-- name: put_hits
-- In the order of the key, so that two who put the same don't wait for one another for ever.
INSERT INTO clicktracker_hit
    (site, service, key, at, state, folder, member, content, reason)
SELECT {here}, h.service, h.key, h.at, 0, h.folder, h.member, h.content, ''
FROM ({sent_hits}) h
WHERE true
ORDER BY h.service, h.key
ON CONFLICT (site, service, key) DO NOTHING

-- name: hits_of_service
site = {here} AND service = :service

-- name: is_anything_due
-- Asked every few seconds where nothing is to be sent, so nothing is locked for it.
SELECT 1 FROM clicktracker_site s
WHERE s.uid = :site
  AND (EXISTS (SELECT 1 FROM clicktracker_hit
               WHERE site = s.id AND service = :service AND state = 0)
       OR EXISTS (SELECT 1 FROM clicktracker_hit
                  WHERE site = s.id AND service = :service AND state = 1))
  AND NOT EXISTS (SELECT 1 FROM clicktracker_service
                  WHERE site = s.id AND service = :service
                    AND (until > :now OR due > :now))

-- name: add_service
INSERT INTO clicktracker_service (site, service)
SELECT s.id, :service FROM clicktracker_site s WHERE s.uid = :site
ON CONFLICT DO NOTHING

-- name: lock_service
SELECT claim, until, failures, due FROM clicktracker_service
WHERE {hits_of_service} {for_update}

-- name: doubt_hits
UPDATE clicktracker_hit SET state = 2, reason = :reason
WHERE {hits_of_service} AND state = 1

-- name: waiting_hits
SELECT key, at, folder, member, content FROM clicktracker_hit
WHERE {hits_of_service} AND state = 0
ORDER BY at, key
LIMIT :most

-- name: hits_of_keys
-- A planner without statistics might look through all hits of the site, or all that wait,
-- rather than go by the keys. So there is one index that helps, that of the keys: no other
-- one is for site + 0 or state + 0.
site + 0 = {here} AND service = :service AND {among_keys}

-- name: send_hits
UPDATE clicktracker_hit SET state = 1 WHERE {hits_of_keys} AND state + 0 = 0

-- name: claim_service
UPDATE clicktracker_service SET claim = :claim, until = :until
WHERE {hits_of_service}

-- name: count_hits
-- Also those that are in doubt since, or wait again: it is known now.
UPDATE clicktracker_hit
SET state = 3, folder = '', member = '', content = '', reason = ''
WHERE {hits_of_keys} AND state + 0 <> 3

-- name: put_hits_back
UPDATE clicktracker_hit SET state = 0, reason = ''
WHERE {hits_of_keys} AND (state + 0 = 1 OR state + 0 = 2 AND reason = :doubt)

-- name: set_hits_aside
UPDATE clicktracker_hit SET state = 2, reason = :reason
WHERE {hits_of_keys} AND (state + 0 = 1 OR state + 0 = 2 AND reason = :doubt)

-- name: settle_service
UPDATE clicktracker_service
SET claim = CASE WHEN claim = :claim THEN '' ELSE claim END,
    until = CASE WHEN claim = :claim THEN NULL ELSE until END,
    failures = CASE WHEN :problem = '' THEN 0 ELSE failures + 1 END,
    due = :due, problem = :problem, detail = :detail
WHERE {hits_of_service}

-- name: add_sent
UPDATE clicktracker_service SET sent = sent + :sent, last = :now
WHERE {hits_of_service}

-- name: service_state
SELECT sent, last, problem, detail, due FROM clicktracker_service
WHERE {hits_of_service}

-- name: count_waiting
SELECT count(*) AS number, min(at) AS oldest FROM clicktracker_hit
WHERE {hits_of_service} AND state = 0

-- name: count_sending
SELECT count(*) AS number FROM clicktracker_hit
WHERE {hits_of_service} AND state = 1

-- name: count_aside
SELECT reason, count(*) AS number, min(at) AS oldest FROM clicktracker_hit
WHERE {hits_of_service} AND state = 2
GROUP BY reason
ORDER BY reason

-- name: send_hits_again
UPDATE clicktracker_hit SET state = 0, reason = ''
WHERE {hits_of_service} AND state = 2 AND reason = :reason

-- name: make_service_due
-- One failure less: that of the attempt that is asked for is counted in its place. But for
-- the last one, after which one hit alone is tried.
UPDATE clicktracker_service
SET due = NULL, failures = CASE WHEN failures > 1 THEN failures - 1 ELSE failures END
WHERE {hits_of_service}

-- name: discard_hits
UPDATE clicktracker_hit
SET state = 3, folder = '', member = '', content = '', reason = ''
WHERE {hits_of_service} AND state = 2 AND reason = :reason

-- name: drop_old_hits
DELETE FROM clicktracker_hit WHERE id IN (
    SELECT id FROM clicktracker_hit WHERE site = {here} AND at < :before
    ORDER BY at LIMIT :most
)

-- name: forget_hits
DELETE FROM clicktracker_hit
WHERE site = {here} AND folder = :folder AND member = :member AND member <> ''
  AND at <= :until
