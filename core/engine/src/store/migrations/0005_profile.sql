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
