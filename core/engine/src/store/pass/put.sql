INSERT INTO pass (pass, version, client, plan, venue, kind, name, priority, sold, starts, latest_start, ends, validity, status,
    closed, currency, price, value, tax, account, services, categories, venues, live_until, usage, life, frozen, anchor, term,
    previous, next_pass, auto_renew, cancel_at_end, dunning, notes, recognised, recognised_until)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26,
    ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37)
ON CONFLICT (pass) DO UPDATE SET version = excluded.version, client = excluded.client, starts = excluded.starts,
    latest_start = excluded.latest_start, ends = excluded.ends, validity = excluded.validity, status = excluded.status, closed = excluded.closed,
    live_until = excluded.live_until, frozen = excluded.frozen, anchor = excluded.anchor, term = excluded.term,
    previous = excluded.previous, next_pass = excluded.next_pass, auto_renew = excluded.auto_renew, cancel_at_end = excluded.cancel_at_end,
    dunning = excluded.dunning, notes = excluded.notes, recognised = excluded.recognised, recognised_until = excluded.recognised_until
