SELECT pass.client, gate.archived, gate.last_visit, gate.inside, '' FROM pass JOIN gate ON gate.client = pass.client WHERE pass.pass = ?1
