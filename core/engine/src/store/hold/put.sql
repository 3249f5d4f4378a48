INSERT INTO hold (hold, version, client, venue, placed, expires, state, ended, grp, reason, more_up_to)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (hold) DO UPDATE SET version = excluded.version, expires = excluded.expires, state = excluded.state, ended = excluded.ended,
    grp = excluded.grp
