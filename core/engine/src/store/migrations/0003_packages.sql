-- The life of a pass: its rules, uses, freezes and renewals; bookings; holds; debts; what was reversed and corrected.
-- Rules that limit nothing and lists that are empty are null.

ALTER TABLE plan ADD COLUMN usage TEXT;
ALTER TABLE plan ADD COLUMN life TEXT;

ALTER TABLE pass ADD COLUMN usage TEXT;
ALTER TABLE pass ADD COLUMN life TEXT;
ALTER TABLE pass ADD COLUMN frozen TEXT;
ALTER TABLE pass ADD COLUMN anchor TEXT;
ALTER TABLE pass ADD COLUMN term {i64} NOT NULL DEFAULT 0;
ALTER TABLE pass ADD COLUMN previous {i64};
ALTER TABLE pass ADD COLUMN next_pass {i64};
ALTER TABLE pass ADD COLUMN auto_renew {i64} NOT NULL DEFAULT 0;
ALTER TABLE pass ADD COLUMN cancel_at_end {i64} NOT NULL DEFAULT 0;
ALTER TABLE pass ADD COLUMN dunning TEXT;
ALTER TABLE pass ADD COLUMN notes TEXT;
ALTER TABLE pass ADD COLUMN recognised {i64};
ALTER TABLE pass ADD COLUMN recognised_until {i64};
-- What is to be renewed, by its end.
CREATE INDEX pass_renewal ON pass (venue, ends, pass) WHERE auto_renew = 1 AND next_pass IS NULL AND status = 'open';

ALTER TABLE account ADD COLUMN debt_limit {i64} NOT NULL DEFAULT 0 CHECK (debt_limit >= 0);
ALTER TABLE account ADD COLUMN debt {i64} NOT NULL DEFAULT 0 CHECK (debt >= 0);

-- The first instant at which one of the holds on the lot runs out. `held` counts those too that nobody has written down as expired.
ALTER TABLE lot ADD COLUMN held_until {i64};

ALTER TABLE transfer ADD COLUMN lot {i64};
ALTER TABLE transfer ADD COLUMN reverses {i64};
CREATE INDEX transfer_reverses ON transfer (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX transfer_group ON transfer (grp);
-- What was taken back at the tills.
CREATE INDEX transfer_reversal ON transfer (venue, at) WHERE reason = 'reversal';

UPDATE transfer SET lot = (
    SELECT min(lot.lot) FROM lot WHERE lot.account = transfer.credit AND lot.granted = transfer.at AND lot.amount = transfer.amount
        AND lot.origin = CASE WHEN transfer.reason = 'bonus' THEN 'bonus' ELSE 'paid' END)
WHERE reason IN ('grant', 'top_up', 'bonus', 'refund') AND credit IS NOT NULL;

-- Counted uses of passes, by the instant of the service.
CREATE TABLE pass_use (
    pass_use {i64} PRIMARY KEY,
    pass {i64} NOT NULL REFERENCES pass (pass),
    client {i64} NOT NULL REFERENCES client (client),
    venue {i64} NOT NULL REFERENCES venue (venue),
    service {i64},
    at {i64} NOT NULL,
    made {i64} NOT NULL,
    visit {i64},
    booking {i64},
    grp {i64} NOT NULL,
    amount {i64} NOT NULL CHECK (amount >= 0),
    quantity {i64} NOT NULL CHECK (quantity > 0),
    reversed {i64}
) STRICT;
CREATE INDEX pass_use_pass ON pass_use (pass, at) WHERE reversed IS NULL;
CREATE INDEX pass_use_group ON pass_use (grp);
CREATE INDEX pass_use_venue ON pass_use (venue, at);

CREATE TABLE booking (
    booking {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    venue {i64} NOT NULL REFERENCES venue (venue),
    service {i64} NOT NULL REFERENCES service (service),
    starts {i64} NOT NULL,
    made {i64} NOT NULL,
    state TEXT NOT NULL,
    pass {i64},
    pass_use {i64},
    grp {i64},
    visit {i64}
) STRICT;
CREATE INDEX booking_client ON booking (client, starts, booking);
CREATE INDEX booking_venue ON booking (venue, starts, booking);

CREATE TABLE pass_freeze (
    pass_freeze {i64} PRIMARY KEY,
    pass {i64} NOT NULL REFERENCES pass (pass),
    from_date TEXT NOT NULL,
    until_date TEXT NOT NULL,
    ended TEXT,
    reason TEXT,
    made {i64} NOT NULL,
    operator {i64},
    grp {i64},
    free {i64} NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX pass_freeze_pass ON pass_freeze (pass, pass_freeze);

-- What was done to a pass after its sale, each with the version that it made.
CREATE TABLE pass_event (
    pass {i64} NOT NULL REFERENCES pass (pass),
    version {i64} NOT NULL,
    at {i64} NOT NULL,
    act TEXT NOT NULL,
    operator {i64},
    reason TEXT,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (pass, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold (
    hold {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    venue {i64} NOT NULL REFERENCES venue (venue),
    placed {i64} NOT NULL,
    expires {i64} NOT NULL,
    state TEXT NOT NULL,
    ended {i64},
    grp {i64},
    reason TEXT,
    more_up_to TEXT
) STRICT;
CREATE INDEX hold_client ON hold (client, hold);
CREATE INDEX hold_open ON hold (venue, expires) WHERE state = 'open';

-- `held` is what is still held of `amount`: what is held of a lot is their sum.
CREATE TABLE hold_part (
    hold {i64} NOT NULL REFERENCES hold (hold),
    lot {i64} NOT NULL,
    account {i64} NOT NULL REFERENCES account (account),
    pass {i64},
    amount {i64} NOT NULL CHECK (amount > 0),
    held {i64} NOT NULL CHECK (held BETWEEN 0 AND amount),
    PRIMARY KEY (hold, lot)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_part_account ON hold_part (account, lot) WHERE held > 0;

CREATE TABLE conflict (
    conflict {i64} PRIMARY KEY,
    at {i64} NOT NULL,
    made {i64} NOT NULL,
    venue {i64} NOT NULL REFERENCES venue (venue),
    client {i64} NOT NULL REFERENCES client (client),
    visit {i64},
    reason TEXT NOT NULL,
    settled {i64},
    note TEXT
) STRICT;
CREATE INDEX conflict_open ON conflict (venue, conflict) WHERE settled IS NULL;
CREATE INDEX conflict_visit ON conflict (visit) WHERE visit IS NOT NULL;

-- Who corrected by hand, and why.
CREATE TABLE adjustment (
    grp {i64} PRIMARY KEY,
    operator {i64},
    reason TEXT NOT NULL
) STRICT;

DROP VIEW pass_door;
CREATE VIEW pass_door AS SELECT pass.client, pass.live_until, pass.pass, pass.account, pass.sold,
    CAST(pass.pass AS TEXT) || '|' || CAST(pass.plan AS TEXT) || '|' || CAST(pass.venue AS TEXT) || '|' || pass.kind
    || '|' || CAST(pass.priority AS TEXT) || '|' || CAST(pass.sold AS TEXT)
    || '|' || COALESCE(CAST(pass.starts AS TEXT), '') || '|' || COALESCE(CAST(pass.latest_start AS TEXT), '')
    || '|' || COALESCE(CAST(pass.ends AS TEXT), '')
    || '|' || CASE WHEN pass.starts IS NULL THEN COALESCE(pass.validity, '') ELSE '' END || '|' || pass.status
    || '|' || pass.currency || '|' || COALESCE(CAST(pass.account AS TEXT), '')
    || '|' || pass.services || '|' || pass.categories || '|' || pass.venues
    || '|' || COALESCE(pass.usage, '') || '|' || COALESCE(pass.frozen, '')
    || '|' || CASE WHEN pass.life LIKE '%"ends_by_visit":true%' THEN '1' ELSE '' END AS facts
FROM pass;

UPDATE gate SET (passes_since, account, passes) = (
    SELECT CASE WHEN count(*) <= 8 AND count(held.account) <= 1 THEN max(bound.since) END,
        CASE WHEN count(*) <= 8 AND count(held.account) <= 1 THEN max(held.account) END,
        CASE WHEN count(*) <= 8 AND count(held.account) <= 1 THEN string_agg(held.facts, ';' ORDER BY held.pass) END
    FROM (SELECT max(sold) - 34560000000000 AS since FROM pass WHERE client = gate.client) AS bound
    JOIN pass_door AS held ON held.client = gate.client AND held.live_until > bound.since
)
WHERE EXISTS (SELECT 1 FROM pass WHERE pass.client = gate.client);
