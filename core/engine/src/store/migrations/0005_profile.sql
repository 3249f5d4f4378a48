-- The profile: more ways to reach a client, addresses, photo, files, comments, consents, the chart, households, messages.

ALTER TABLE client ADD COLUMN notes_by {i64};
ALTER TABLE client ADD COLUMN notes_at {i64};
ALTER TABLE client ADD COLUMN language TEXT;
ALTER TABLE client ADD COLUMN source TEXT;
ALTER TABLE client ADD COLUMN addresses TEXT;
ALTER TABLE client ADD COLUMN phones TEXT;
ALTER TABLE client ADD COLUMN emails TEXT;
ALTER TABLE client ADD COLUMN company {i64};
ALTER TABLE client ADD COLUMN notifications TEXT;
CREATE INDEX client_source ON client (source) WHERE source IS NOT NULL;
CREATE INDEX client_company ON client (company) WHERE company IS NOT NULL;

-- The further phones (`kind` = 'phone') and e-mail addresses ('email') of clients, as they are looked up.
CREATE TABLE client_contact (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    PRIMARY KEY (kind, key, client)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_contact_client ON client_contact (client);

-- Which fields a version of a client changed: their names, so that who read an older one can be told.
CREATE TABLE client_edit (
    client {i64} NOT NULL REFERENCES client (client),
    version {i64} NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (client, version)
) STRICT, WITHOUT ROWID;

-- What a venue asks of a client's profile.
ALTER TABLE venue ADD COLUMN mandatory TEXT;
ALTER TABLE venue ADD COLUMN language TEXT;

-- What an operator may do beyond what everybody may.
ALTER TABLE operator ADD COLUMN rights TEXT;

-- What staff wrote about a client. One that was removed keeps who and when, not the text.
CREATE TABLE client_comment (
    comment {i64} PRIMARY KEY,
    client {i64} NOT NULL REFERENCES client (client),
    at {i64} NOT NULL,
    operator {i64},
    text TEXT,
    pinned {i64} NOT NULL,
    removed {i64},
    removed_by {i64}
) STRICT;
CREATE INDEX client_comment_client ON client_comment (client, at, comment);

-- What a client agreed to, each time that something was said.
CREATE TABLE client_consent (
    consent {i64} PRIMARY KEY,
    client {i64} NOT NULL REFERENCES client (client),
    kind TEXT NOT NULL,
    granted {i64} NOT NULL,
    text_version TEXT,
    source TEXT,
    channel TEXT,
    at {i64} NOT NULL,
    operator {i64}
) STRICT;
CREATE INDEX client_consent_client ON client_consent (client, at, consent);

-- The bytes come last: who asks only for what is known of them does not read them.
CREATE TABLE client_photo (
    client {i64} PRIMARY KEY REFERENCES client (client),
    media_type TEXT,
    size {i64},
    sha256 TEXT,
    reference TEXT,
    at {i64} NOT NULL,
    operator {i64},
    bytes {blob}
) STRICT;

CREATE TABLE client_file (
    file {i64} PRIMARY KEY,
    client {i64} NOT NULL REFERENCES client (client),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size {i64} NOT NULL,
    sha256 TEXT NOT NULL,
    at {i64} NOT NULL,
    operator {i64},
    bytes {blob} NOT NULL
) STRICT;
CREATE INDEX client_file_client ON client_file (client, at, file);

-- What a venue wants to know of its clients beside the profile, what stands there, and who read it.
CREATE TABLE field (
    field {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    venue {i64} NOT NULL REFERENCES venue (venue),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    options TEXT,
    required {i64} NOT NULL,
    sensitive {i64} NOT NULL,
    archived {i64} NOT NULL
) STRICT;
CREATE INDEX field_venue ON field (venue, field);

CREATE TABLE client_chart (
    client {i64} NOT NULL REFERENCES client (client),
    field {i64} NOT NULL REFERENCES field (field),
    value TEXT NOT NULL,
    at {i64} NOT NULL,
    operator {i64},
    PRIMARY KEY (client, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE chart_reading (
    client {i64} NOT NULL REFERENCES client (client),
    at {i64} NOT NULL,
    operator {i64} NOT NULL,
    venue {i64} NOT NULL,
    PRIMARY KEY (client, at, operator, venue)
) STRICT, WITHOUT ROWID;

CREATE TABLE household (
    household {i64} PRIMARY KEY,
    version {i64} NOT NULL,
    name TEXT
) STRICT;

CREATE TABLE household_member (
    client {i64} PRIMARY KEY REFERENCES client (client),
    household {i64} NOT NULL REFERENCES household (household)
) STRICT;
CREATE INDEX household_member_household ON household_member (household, client);

-- What is to be sent, by the host. Of a token only the digest is kept.
CREATE TABLE message (
    message {i64} PRIMARY KEY,
    client {i64} NOT NULL REFERENCES client (client),
    venue {i64},
    channel TEXT NOT NULL,
    template TEXT NOT NULL,
    language TEXT NOT NULL,
    parameters TEXT NOT NULL,
    at {i64} NOT NULL,
    state TEXT NOT NULL,
    done {i64},
    failure TEXT
) STRICT;
CREATE INDEX message_queued ON message (message) WHERE state = 'queued';

CREATE TABLE activation (
    message {i64} PRIMARY KEY REFERENCES message (message),
    client {i64} NOT NULL REFERENCES client (client),
    digest TEXT NOT NULL,
    expires {i64} NOT NULL,
    used {i64}
) STRICT;
CREATE UNIQUE INDEX activation_digest ON activation (digest);
CREATE INDEX activation_client ON activation (client);

CREATE TABLE token_attempt (
    attempt {i64} PRIMARY KEY,
    at {i64} NOT NULL,
    venue {i64},
    client {i64},
    reason TEXT NOT NULL
) STRICT;
