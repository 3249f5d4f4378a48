-- Moving in: what was taken over from another system, by its key there, for ever. `rest` counts `unit`, which is null for a pass of
-- time, and is negative for a debt; `owed` and `price` are in `currency`.
CREATE TABLE opening (
    kind TEXT NOT NULL,
    system TEXT NOT NULL,
    value TEXT NOT NULL,
    content TEXT NOT NULL,
    venue {i64} NOT NULL REFERENCES venue (venue),
    client {i64} NOT NULL REFERENCES client (client),
    pass {i64},
    account {i64},
    lot {i64},
    grp {i64} NOT NULL,
    unit TEXT,
    rest {i64} NOT NULL,
    currency TEXT NOT NULL,
    owed {i64} NOT NULL,
    price {i64},
    PRIMARY KEY (kind, system, value)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX opening_pass ON opening (pass) WHERE pass IS NOT NULL;
CREATE INDEX opening_group ON opening (grp);
