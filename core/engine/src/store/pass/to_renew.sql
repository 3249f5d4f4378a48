SELECT pass.pass, pass.version, pass.client, pass.plan, pass.venue, pass.kind, pass.name, pass.priority, pass.sold, pass.starts, pass.latest_start,
    pass.ends, pass.validity, pass.status, pass.closed, pass.currency, pass.price, pass.value, pass.tax, pass.account, pass.services,
    pass.categories, pass.venues, pass.usage, pass.life, pass.frozen, pass.anchor, pass.term, pass.previous, pass.next_pass, pass.auto_renew,
    pass.cancel_at_end, pass.dunning, pass.notes, pass.recognised, pass.recognised_until
FROM pass
WHERE pass.venue = ?1 AND pass.auto_renew = 1 AND pass.next_pass IS NULL AND pass.status = 'open'
    AND pass.ends < ?2 AND (pass.ends, pass.pass) > (?3, ?4)
ORDER BY pass.ends, pass.pass LIMIT ?5
