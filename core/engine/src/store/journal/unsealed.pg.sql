SELECT entry, digest FROM journal WHERE position IS NULL AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY entry LIMIT ?1
