DELETE FROM household_member WHERE household = ?1
