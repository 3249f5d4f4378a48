INSERT INTO booking (booking, version, client, venue, service, starts, made, state, pass, pass_use, grp, visit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (booking) DO UPDATE SET version = excluded.version, starts = excluded.starts, state = excluded.state, pass = excluded.pass,
    pass_use = excluded.pass_use, grp = excluded.grp, visit = excluded.visit
