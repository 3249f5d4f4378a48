SELECT client FROM gate WHERE client = (SELECT card.client FROM card WHERE card.uid = ?1) FOR UPDATE
