-- The front desk: what a venue has switched off, cards that are blocked and given back.

ALTER TABLE venue ADD COLUMN switched_off TEXT;

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
