SELECT hold.hold, hold.version, hold.client, hold.venue, hold.placed, hold.expires, hold.state, hold.ended, hold.grp, hold.reason, hold.more_up_to
FROM hold WHERE hold.expires <= ?2
    AND hold.hold IN (SELECT hold_part.hold FROM hold_part WHERE hold_part.account = ?1 AND hold_part.held > 0)
ORDER BY hold.hold
