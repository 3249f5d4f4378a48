SELECT pass.pass, pass.version, pass.client, pass.plan, pass.venue, pass.kind, pass.name, pass.priority, pass.sold, pass.starts, pass.latest_start,
    pass.ends, pass.validity, pass.status, pass.closed, pass.currency, pass.price, pass.value, pass.tax, pass.account, pass.services,
    pass.categories, pass.venues
FROM pass WHERE pass.client = ?1 AND pass.pass < ?2 ORDER BY pass.pass DESC LIMIT ?3
