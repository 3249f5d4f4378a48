-- The spine: venues and their price list, clients and cards, passes, accounts and lots, visits, the journal.
-- {i64} is INTEGER in SQLite and BIGINT in PostgreSQL. Instants are microseconds of UTC, money is minor units,
-- dates are text, lists that are always read whole are JSON text.

CREATE TABLE store (
    id {i64} PRIMARY KEY CHECK (id = 1),
    node {i64} NOT NULL,
    created {i64} NOT NULL,
    config_version {i64} NOT NULL,
    secret {blob} NOT NULL
) STRICT;

CREATE TABLE counter (
    kind TEXT PRIMARY KEY,
    next {i64} NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE venue (
    venue {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    country TEXT,
    zone {i64} NOT NULL,
    anti_passback TEXT NOT NULL,
    reentry_grace_minutes {i64} NOT NULL,
    entry_service {i64}
) STRICT;

-- How far a venue's time has come, and which business day is open. One row per venue, written with every entry.
CREATE TABLE venue_clock (
    venue {i64} PRIMARY KEY REFERENCES venue (venue),
    high_water {i64} NOT NULL,
    open_date TEXT,
    last_closed_date TEXT,
    last_closed_at {i64}
) STRICT;

CREATE TABLE day (
    venue {i64} NOT NULL REFERENCES venue (venue),
    date TEXT NOT NULL,
    opened {i64} NOT NULL,
    closed {i64},
    PRIMARY KEY (venue, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE operator (
    operator {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE category (
    category {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE service (
    service {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    name TEXT NOT NULL,
    category {i64} REFERENCES category (category),
    currency TEXT NOT NULL,
    price {i64} NOT NULL,
    tax {i64} NOT NULL,
    sex TEXT
) STRICT;

CREATE TABLE plan (
    plan {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    name TEXT,
    kind TEXT NOT NULL,
    start TEXT NOT NULL,
    currency TEXT NOT NULL,
    price {i64} NOT NULL,
    tax {i64} NOT NULL,
    priority {i64} NOT NULL,
    colour TEXT NOT NULL,
    channels TEXT NOT NULL,
    services TEXT NOT NULL,
    categories TEXT NOT NULL,
    venues TEXT NOT NULL,
    deleted {i64} NOT NULL
) STRICT;

-- The host's keys. `kind` is the kind of the entity.
CREATE TABLE external_id (
    kind TEXT NOT NULL,
    system TEXT NOT NULL,
    value TEXT NOT NULL,
    entity {i64} NOT NULL,
    PRIMARY KEY (kind, system, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX external_id_entity ON external_id (kind, entity);

CREATE TABLE client (
    client {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    kind TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    phone TEXT,
    email TEXT,
    email_key TEXT,
    sex TEXT,
    birth_date TEXT,
    notes TEXT,
    venue {i64},
    archived {i64} NOT NULL,
    created {i64} NOT NULL
) STRICT;
CREATE INDEX client_phone ON client (phone) WHERE phone IS NOT NULL;
CREATE INDEX client_email ON client (email_key) WHERE email_key IS NOT NULL;

-- The words of names, normalised, for prefix search by range.
CREATE TABLE client_word (
    word TEXT NOT NULL,
    client {i64} NOT NULL,
    PRIMARY KEY (word, client)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_word_client ON client_word (client);

-- All that a decision needs of a client but what is left of their lots, and the monotone facts about their visits.
-- `inside` is in how many zones the client is. `passes` is what `pass_door` says of the passes that end after
-- `passes_since`, and `account` the one account that they have. Where there are more accounts, or many passes, all
-- three are null and the door reads the passes themselves. Rebuilt by the check.
CREATE TABLE gate (
    client {i64} PRIMARY KEY REFERENCES client (client),
    archived {i64} NOT NULL,
    sex TEXT,
    last_exit {i64},
    inside {i64} NOT NULL,
    passes_since {i64},
    account {i64},
    passes TEXT,
    visits {i64} NOT NULL,
    last_visit {i64}
) STRICT;

CREATE TABLE client_spent (
    client {i64} NOT NULL REFERENCES client (client),
    currency TEXT NOT NULL,
    spent {i64} NOT NULL,
    PRIMARY KEY (client, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE card (
    uid TEXT PRIMARY KEY,
    card {i64} NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    issued {i64} NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX card_id ON card (card);
CREATE INDEX card_client ON card (client, card);

CREATE TABLE account (
    account {i64} PRIMARY KEY,
    client {i64} NOT NULL REFERENCES client (client),
    venue {i64} NOT NULL REFERENCES venue (venue),
    pass {i64},
    unit TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_client ON account (client, unit) WHERE pass IS NULL;

-- `live_until` is `ends`, or the end of time while no end is known: what the door looks passes up by.
CREATE TABLE pass (
    pass {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    plan {i64} NOT NULL REFERENCES plan (plan),
    venue {i64} NOT NULL REFERENCES venue (venue),
    kind TEXT NOT NULL,
    name TEXT,
    priority {i64} NOT NULL,
    sold {i64} NOT NULL,
    starts {i64},
    latest_start {i64},
    ends {i64},
    validity TEXT,
    status TEXT NOT NULL,
    closed {i64},
    currency TEXT NOT NULL,
    price {i64} NOT NULL,
    value {i64} NOT NULL,
    tax {i64} NOT NULL,
    account {i64} REFERENCES account (account),
    services TEXT NOT NULL,
    categories TEXT NOT NULL,
    venues TEXT NOT NULL,
    live_until {i64} NOT NULL
) STRICT;
CREATE INDEX pass_client ON pass (client, live_until);
CREATE INDEX pass_plan ON pass (plan, pass);
CREATE INDEX pass_ends ON pass (live_until, pass);
CREATE INDEX pass_waiting ON pass (venue, latest_start) WHERE starts IS NULL AND latest_start IS NOT NULL;
CREATE INDEX pass_sold ON pass (venue, sold);

-- What the door needs of a pass, in one text: one column to read in place of fifteen. Only a pass that waits for its
-- first use is asked how long it lasts.
CREATE VIEW pass_door AS SELECT pass.client, pass.live_until, pass.pass, pass.account, pass.sold,
    CAST(pass.pass AS TEXT) || '|' || CAST(pass.plan AS TEXT) || '|' || CAST(pass.venue AS TEXT) || '|' || pass.kind
    || '|' || CAST(pass.priority AS TEXT) || '|' || CAST(pass.sold AS TEXT)
    || '|' || COALESCE(CAST(pass.starts AS TEXT), '') || '|' || COALESCE(CAST(pass.latest_start AS TEXT), '')
    || '|' || COALESCE(CAST(pass.ends AS TEXT), '')
    || '|' || CASE WHEN pass.starts IS NULL THEN COALESCE(pass.validity, '') ELSE '' END || '|' || pass.status
    || '|' || pass.currency || '|' || COALESCE(CAST(pass.account AS TEXT), '')
    || '|' || pass.services || '|' || pass.categories || '|' || pass.venues AS facts
FROM pass;

-- `expires` is the end of time for a lot that never does, `origin_rank` puts bonus before paid,
-- `is_open` falls to 0 when nothing is left: behind it, an account has what can still be used in the order of use,
-- however many lots were used up before. The rows lie in that order, so the door finds them with one search.
CREATE TABLE lot (
    lot {i64} NOT NULL,
    account {i64} NOT NULL REFERENCES account (account),
    amount {i64} NOT NULL CHECK (amount > 0),
    rest {i64} NOT NULL CHECK (rest BETWEEN 0 AND amount),
    held {i64} NOT NULL CHECK (held BETWEEN 0 AND rest),
    granted {i64} NOT NULL,
    effective {i64} NOT NULL,
    expires {i64} NOT NULL,
    priority {i64} NOT NULL,
    origin TEXT NOT NULL,
    origin_rank {i64} NOT NULL,
    value {i64} NOT NULL,
    recognised {i64} NOT NULL CHECK (recognised >= 0),
    released {i64} NOT NULL CHECK (released >= 0),
    is_open {i64} NOT NULL,
    CHECK (recognised + released <= value),
    PRIMARY KEY (account, is_open, priority, expires, origin_rank, granted, lot)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX lot_id ON lot (lot);
CREATE INDEX lot_expiry ON lot (expires) WHERE is_open = 1;

-- Exactly one of `debit` and `debit_counter` is given, and of `credit` and `credit_counter`.
CREATE TABLE transfer (
    transfer {i64} PRIMARY KEY,
    grp {i64} NOT NULL,
    at {i64} NOT NULL,
    venue {i64} NOT NULL REFERENCES venue (venue),
    business_date TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount {i64} NOT NULL CHECK (amount >= 0),
    debit {i64},
    debit_counter TEXT,
    credit {i64},
    credit_counter TEXT,
    reason TEXT NOT NULL,
    client {i64},
    pass {i64},
    plan {i64},
    visit {i64},
    lots TEXT,
    CHECK ((debit IS NULL) <> (debit_counter IS NULL)),
    CHECK ((credit IS NULL) <> (credit_counter IS NULL))
) STRICT;
CREATE INDEX transfer_debit ON transfer (debit, at, transfer) WHERE debit IS NOT NULL;
CREATE INDEX transfer_credit ON transfer (credit, at, transfer) WHERE credit IS NOT NULL;
CREATE INDEX transfer_till ON transfer (venue, at) WHERE reason IN ('sale', 'tax', 'top_up', 'refund', 'tax_refund');

CREATE TABLE visit (
    visit {i64} PRIMARY KEY,
    client {i64} NOT NULL REFERENCES client (client),
    venue {i64} NOT NULL REFERENCES venue (venue),
    zone {i64} NOT NULL,
    service {i64},
    entered {i64} NOT NULL,
    exited {i64},
    pass {i64}
) STRICT;
CREATE INDEX visit_client ON visit (client, entered);
CREATE INDEX visit_venue ON visit (venue, entered);

CREATE TABLE presence (
    zone {i64} NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    visit {i64} NOT NULL REFERENCES visit (visit),
    entered {i64} NOT NULL,
    PRIMARY KEY (zone, client)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
    attempt {i64} PRIMARY KEY,
    at {i64} NOT NULL,
    venue {i64} NOT NULL REFERENCES venue (venue),
    client {i64},
    card {i64},
    reason TEXT NOT NULL,
    operator {i64}
) STRICT;
CREATE INDEX attempt_venue ON attempt (venue, at);

-- The chain covers a digest of each payload with a salt of its own; payload and salt lie beside the chain,
-- so that an erasure can delete them and the chain still verifies.
-- sqlite:
CREATE TABLE journal (
    position {i64} PRIMARY KEY,
    op TEXT NOT NULL,
    at {i64} NOT NULL,
    venue {i64},
    operator {i64},
    rules_version {i64} NOT NULL,
    digest {blob} NOT NULL,
    hash {blob} NOT NULL
) STRICT;

CREATE TABLE journal_payload (
    position {i64} PRIMARY KEY REFERENCES journal (position),
    salt {blob} NOT NULL,
    payload TEXT NOT NULL
) STRICT;

-- Keys of callers (`kind` = 'key') and of device events (`kind` = 'late'), with the digest of the content.
CREATE TABLE idempotency (
    venue {i64} NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    content {blob} NOT NULL,
    position {i64} NOT NULL,
    PRIMARY KEY (venue, kind, key)
) STRICT, WITHOUT ROWID;
-- end
-- postgres:
-- Transactions run beside each other: an entry is written with the number it was given, and gets its position and
-- hash from the sealer, once no older transaction runs. The numbers have gaps, the positions have none.
CREATE SEQUENCE journal_entry;

CREATE TABLE journal (
    entry {i64} PRIMARY KEY DEFAULT nextval('journal_entry'),
    position {i64} UNIQUE,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    op TEXT NOT NULL,
    at {i64} NOT NULL,
    venue {i64},
    operator {i64},
    rules_version {i64} NOT NULL,
    clock {i64} NOT NULL,
    digest {blob} NOT NULL,
    hash {blob}
);
CREATE INDEX journal_unsealed ON journal (entry) WHERE position IS NULL;
-- How far a venue's time has come: read from here and not from a row that every write would wait for.
CREATE INDEX journal_clock ON journal (venue, at) WHERE clock = 1;

CREATE TABLE journal_payload (
    entry {i64} PRIMARY KEY REFERENCES journal (entry),
    salt {blob} NOT NULL,
    payload TEXT NOT NULL
);

CREATE TABLE idempotency (
    venue {i64} NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    content {blob} NOT NULL,
    entry {i64} NOT NULL,
    PRIMARY KEY (venue, kind, key)
);
-- end
