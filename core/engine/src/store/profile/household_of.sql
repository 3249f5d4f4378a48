SELECT household FROM household_member WHERE client = ?1
