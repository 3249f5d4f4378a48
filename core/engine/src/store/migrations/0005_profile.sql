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
