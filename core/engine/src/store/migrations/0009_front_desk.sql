-- The front desk: what a venue has switched off, cards that are blocked and given back, reminders.

ALTER TABLE venue ADD COLUMN switched_off TEXT;
ALTER TABLE venue ADD COLUMN reminder_days {i64} NOT NULL DEFAULT 0;

ALTER TABLE card ADD COLUMN blocked {i64};
ALTER TABLE card ADD COLUMN blocked_by {i64};
ALTER TABLE card ADD COLUMN block_reason TEXT;
ALTER TABLE card ADD COLUMN block_note TEXT;
ALTER TABLE card ADD COLUMN returned {i64};

-- Cards that clients gave back: they stay in their history when the card is issued to somebody else.
CREATE TABLE card_returned (
    card {i64} PRIMARY KEY,
    client {i64} NOT NULL REFERENCES client (client),
    issued {i64} NOT NULL,
    returned {i64} NOT NULL
) STRICT;
CREATE INDEX card_returned_client ON card_returned (client);

-- The end of a pass of which its client was reminded, by which message: once for each end.
CREATE TABLE reminder (
    pass {i64} NOT NULL REFERENCES pass (pass),
    ends {i64} NOT NULL,
    message {i64} NOT NULL REFERENCES message (message),
    PRIMARY KEY (pass, ends)
) STRICT, WITHOUT ROWID;
