SELECT client, '' FROM pass WHERE pass = ?1
