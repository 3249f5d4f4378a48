SELECT hold.hold, hold.version, hold.client, hold.venue, hold.placed, hold.expires, hold.state, hold.ended, hold.grp, hold.reason, hold.more_up_to
FROM hold WHERE hold.hold = ?1
