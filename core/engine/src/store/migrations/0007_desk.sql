-- The desk: parameters of visits, presence.

-- What waits to be settled, by client.
CREATE INDEX conflict_client ON conflict (client, conflict) WHERE settled IS NULL;

-- The names of clients in their order: see `domain/catalogue.rs`. What is here before the first change of a client is as near as
-- the store itself can say.
CREATE TABLE client_name (
    client {i64} PRIMARY KEY REFERENCES client (client),
    name_key TEXT NOT NULL
) STRICT;
INSERT INTO client_name (client, name_key)
SELECT client, lower(trim(COALESCE(last_name, '') || ' ' || COALESCE(first_name, ''))) FROM client;
CREATE INDEX client_name_key ON client_name (name_key, client);
CREATE INDEX client_created ON client (created, client);
-- Month and day of birth.
CREATE INDEX client_birthday ON client (substr(birth_date, 6));

-- Client, service and time are those of the visit: by them the last value of each parameter is found.
CREATE TABLE visit_parameter (
    visit {i64} NOT NULL REFERENCES visit (visit),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    client {i64} NOT NULL REFERENCES client (client),
    service {i64},
    entered {i64} NOT NULL,
    PRIMARY KEY (visit, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_parameter_client ON visit_parameter (client, name, entered, visit);

-- The history of a client. What every entry writes is left out: the visit tells it.
CREATE INDEX pass_use_client ON pass_use (client, at) WHERE visit IS NULL AND booking IS NULL;
CREATE INDEX transfer_client ON transfer (client, at)
WHERE reason <> 'use' AND reason <> 'recognition' AND reason <> 'time_recognition' AND reason <> 'grant';

-- What was written by a paper of the host, with the groups of transfers that it made.
CREATE TABLE document (
    document {i64} PRIMARY KEY,
    system TEXT NOT NULL,
    station TEXT,
    shift TEXT,
    business_date TEXT,
    number TEXT NOT NULL,
    line {i64},
    op TEXT NOT NULL,
    at {i64} NOT NULL,
    venue {i64},
    operator {i64},
    groups TEXT NOT NULL
) STRICT;
CREATE INDEX document_number ON document (system, number, document);
CREATE INDEX document_day ON document (system, business_date, document) WHERE business_date IS NOT NULL;
