SELECT gate.client, 1, 0
FROM gate
LEFT JOIN (SELECT client, max(sold) - 34560000000000 AS since FROM pass GROUP BY client) AS bound ON bound.client = gate.client
LEFT JOIN (
    SELECT held.client, CASE WHEN count(*) <= 8 AND count(held.account) <= 1 THEN 1 ELSE 0 END AS fits,
        max(held.account) AS account, string_agg(held.facts, ';' ORDER BY held.pass) AS facts
    FROM (SELECT client, max(sold) - 34560000000000 AS since FROM pass GROUP BY client) AS latest
    JOIN pass_door AS held ON held.client = latest.client AND held.live_until > latest.since
    GROUP BY held.client
) AS made ON made.client = gate.client
WHERE gate.passes_since IS DISTINCT FROM CASE WHEN bound.client IS NULL THEN 0 WHEN made.fits = 1 THEN bound.since END
    OR gate.account IS DISTINCT FROM CASE WHEN made.fits = 1 THEN made.account END
    OR gate.passes IS DISTINCT FROM CASE WHEN bound.client IS NULL THEN '' WHEN made.fits = 1 THEN made.facts END
