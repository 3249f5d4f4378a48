-- Of a use of several, how many have gone back: the limits count the others.

ALTER TABLE pass_use ADD COLUMN back {i64} NOT NULL DEFAULT 0 CHECK (back BETWEEN 0 AND quantity);

UPDATE pass_use SET back = quantity WHERE reversed IS NOT NULL;
UPDATE pass_use SET back = quantity * COALESCE((SELECT CAST(sum(gone.amount) AS BIGINT)
        FROM transfer JOIN transfer AS gone ON gone.reverses = transfer.transfer
        WHERE transfer.grp = pass_use.grp AND transfer.pass = pass_use.pass AND transfer.reason = 'use'), 0) / amount
WHERE reversed IS NULL AND amount > 0;
