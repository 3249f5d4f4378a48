SELECT at, operator, venue FROM chart_reading WHERE client = ?1 AND (at, operator, venue) < (?2, ?3, ?4)
ORDER BY at DESC, operator DESC, venue DESC LIMIT ?5
