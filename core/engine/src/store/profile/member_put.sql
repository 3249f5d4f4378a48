INSERT INTO household_member (client, household) VALUES (?1, ?2)
