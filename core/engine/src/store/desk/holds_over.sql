SELECT hold.hold, hold.version, hold.client, hold.venue, hold.placed, hold.expires, hold.state, hold.ended, hold.grp, hold.reason, hold.more_up_to
FROM hold WHERE hold.venue = ?1 AND hold.state = 'open' AND hold.expires <= ?2
ORDER BY hold.expires, hold.hold LIMIT ?3
