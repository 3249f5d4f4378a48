UPDATE journal SET position = ?1 + page.place, hash = substr(CAST(?3 AS BYTEA), CAST((page.place - 1) * 32 + 1 AS INT), 32)
FROM unnest(CAST(string_to_array(?2, ',') AS BIGINT[])) WITH ORDINALITY AS page (entry, place)
WHERE journal.entry = page.entry
