-- The tags of clients, trimmed and in lower case.
CREATE TABLE client_tag (
    tag TEXT NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    PRIMARY KEY (tag, client)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_tag_client ON client_tag (client);
