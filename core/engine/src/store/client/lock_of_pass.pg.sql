SELECT client FROM gate WHERE client = (SELECT pass.client FROM pass WHERE pass.pass = ?1) FOR UPDATE
