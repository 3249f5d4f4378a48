-- A reversal that credits an account gave back; whatever else names lots took from them.
SELECT CASE WHEN reason = 'reversal' AND credit IS NOT NULL THEN 1 ELSE 0 END, lots FROM transfer WHERE lots IS NOT NULL
