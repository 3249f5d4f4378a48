SELECT currency, spent FROM client_spent WHERE client = ?1 ORDER BY currency
