SELECT pass.pass, pass.version, pass.client, pass.plan, pass.venue, pass.kind, pass.name, pass.priority, pass.sold, pass.starts, pass.latest_start,
    pass.ends, pass.validity, pass.status, pass.closed, pass.currency, pass.price, pass.value, pass.tax, pass.account, pass.services,
    pass.categories, pass.venues, pass.usage, pass.life, pass.frozen, pass.anchor, pass.term, pass.previous, pass.next_pass, pass.auto_renew,
    pass.cancel_at_end, pass.dunning, pass.notes, pass.recognised, pass.recognised_until
FROM pass
WHERE pass.live_until > ?2 AND pass.live_until < ?3 AND pass.venue = ?1 AND pass.status = 'open' AND pass.next_pass IS NULL
    AND NOT EXISTS (SELECT 1 FROM reminder WHERE reminder.pass = pass.pass AND reminder.ends = pass.live_until)
    AND (pass.live_until, pass.pass) > (?4, ?5)
ORDER BY pass.live_until, pass.pass LIMIT ?6
