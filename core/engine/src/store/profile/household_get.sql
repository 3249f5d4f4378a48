SELECT household.household, household.version, household.name, household_member.client FROM household
LEFT JOIN household_member ON household_member.household = household.household
WHERE household.household = ?1 ORDER BY household_member.client NULLS FIRST
