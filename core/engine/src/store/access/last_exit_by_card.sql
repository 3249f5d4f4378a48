SELECT max(exited) FROM visit
WHERE client = (SELECT card.client FROM card WHERE uid = ?1) AND zone = ?2 AND exited > ?3 AND exited <= ?4
