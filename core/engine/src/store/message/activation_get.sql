SELECT message, client, digest, expires FROM activation WHERE digest = ?1
