UPDATE gate SET (passes_since, account, passes) = (
    SELECT CASE WHEN count(*) <= 8 AND count(held.account) <= 1 THEN max(bound.since) END,
        CASE WHEN count(*) <= 8 AND count(held.account) <= 1 THEN max(held.account) END,
        CASE WHEN count(*) <= 8 AND count(held.account) <= 1 THEN string_agg(held.facts, ';' ORDER BY held.pass) END
    FROM (SELECT max(sold) - 34560000000000 AS since FROM pass WHERE client = gate.client) AS bound
    JOIN pass_door AS held ON held.client = gate.client AND held.live_until > bound.since
)
WHERE client = (SELECT pass.client FROM pass WHERE pass.pass = ?1)
