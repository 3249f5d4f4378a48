-- Of a use of several, how many have gone back. The history of a pass has its sale and its start by first use too.

ALTER TABLE pass_use ADD COLUMN back {i64} NOT NULL DEFAULT 0 CHECK (back BETWEEN 0 AND quantity);

UPDATE pass_use SET back = quantity WHERE reversed IS NOT NULL;
UPDATE pass_use SET back = quantity * COALESCE((SELECT CAST(sum(gone.amount) AS BIGINT)
        FROM transfer JOIN transfer AS gone ON gone.reverses = transfer.transfer
        WHERE transfer.grp = pass_use.grp AND transfer.pass = pass_use.pass AND transfer.reason = 'use'), 0) / amount
WHERE reversed IS NULL AND amount > 0;

-- A start by first use makes no version, so lines have numbers of their own: see `PassEvent::line_of`.
ALTER TABLE pass_event RENAME TO pass_event_of_versions;
CREATE TABLE pass_event (
    pass {i64} NOT NULL REFERENCES pass (pass),
    line {i64} NOT NULL,
    version {i64} NOT NULL,
    at {i64} NOT NULL,
    act TEXT NOT NULL,
    operator {i64},
    reason TEXT,
    before TEXT,
    after TEXT NOT NULL,
    PRIMARY KEY (pass, line)
) STRICT, WITHOUT ROWID;
INSERT INTO pass_event (pass, line, version, at, act, operator, reason, before, after)
SELECT pass, 2 * version, version, at, act, operator, reason, before, after FROM pass_event_of_versions;
DROP TABLE pass_event_of_versions;
