-- Search. A name is stored as every pair of its words, so that two words are looked up at once, in any order: `other` is another
-- word of the name, or nothing where there is only one. Words repeat from client to client; what leads to a word is stored once:
-- of kind 0 the word itself, of kind 1 its keys, in which other spellings of the same sound are one, of kind 2 its endings.
-- Rust makes the rows, also those of the clients that were there before: `search::fill`.
CREATE TABLE search_name (
    word TEXT NOT NULL,
    other TEXT NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    PRIMARY KEY (word, other, client)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_word (
    kind {i64} NOT NULL,
    key TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (kind, key, word)
) STRICT, WITHOUT ROWID;

-- Of kind 0 the digits of phone numbers, last first; of kind 1 e-mail addresses in the form in which they are compared.
CREATE TABLE search_contact (
    kind {i64} NOT NULL,
    key TEXT NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    PRIMARY KEY (kind, key, client)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_contact_client ON search_contact (client);

-- Who has a key in whatever system.
CREATE INDEX external_id_value ON external_id (kind, value);
