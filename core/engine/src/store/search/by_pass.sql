SELECT pass.client, gate.archived, gate.last_visit, gate.inside, 1 FROM pass JOIN gate ON gate.client = pass.client WHERE pass.pass = ?1
