//! The same work on a PostgreSQL server without the engine: one PL/pgSQL call for an entry, one prepared statement for a
//! decision, each on a connection whose traffic its own thread carries.

use crate::data::{has_visits, is_valid, uid};
use crate::decide::SAME;
use crate::measure::Result;
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Row, Statement};

/// A connection, blocking.
pub struct Server {
    runtime: Runtime,
    client: Client,
}

impl Server {
    /// Connects as libpq would.
    pub fn connect(url: &str) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (client, connection) = runtime.block_on(tokio_postgres::connect(url, NoTls))?;
        runtime.spawn(connection);
        Ok(Self { runtime, client })
    }

    /// Executes statements without parameters.
    pub fn script(&self, sql: &str) -> Result<()> {
        Ok(self.runtime.block_on(self.client.batch_execute(sql))?)
    }

    pub fn rows(&self, sql: &str) -> Result<Vec<Row>> {
        Ok(self.runtime.block_on(self.client.query(sql, &[]))?)
    }

    /// A whole number.
    pub fn number(&self, sql: &str) -> Result<i64> {
        Ok(self.rows(sql)?.first().ok_or("no row")?.try_get(0)?)
    }

    pub fn prepare(&self, sql: &str) -> Result<Statement> {
        Ok(self.runtime.block_on(self.client.prepare(sql))?)
    }

    pub fn ask(&self, statement: &Statement, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>> {
        Ok(self.runtime.block_on(self.client.query(statement, params))?)
    }
}

/// The rows of an entry as the engine writes them, the gate row locked before they are read. What is written of the
/// journal comes from the caller, as long as the engine's.
const ENTER: &str = "
CREATE SEQUENCE floor_ids START 7971459301376 CACHE 64;
CREATE FUNCTION floor_enter(p_uid text, p_venue bigint, p_zone bigint, p_at bigint, p_key text, p_digest bytea,
    p_salt bytea, p_payload text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    f record;
    v bigint;
    t bigint;
    e bigint;
BEGIN
    PERFORM client FROM gate WHERE client = (SELECT card.client FROM card WHERE card.uid = p_uid) FOR UPDATE;
    SELECT card.client, presence.visit AS inside, pass.pass, pass.plan, pass.live_until,
        lot.lot, lot.account, lot.rest, lot.recognised, lot.released
    INTO f
    FROM card JOIN gate ON gate.client = card.client
    LEFT JOIN presence ON presence.zone = p_zone AND presence.client = card.client
    JOIN pass ON pass.client = card.client
    LEFT JOIN lot ON lot.account = pass.account AND lot.is_open = 1
    WHERE card.uid = p_uid;
    v := nextval('floor_ids');
    IF f.live_until > p_at THEN
        IF f.inside IS NOT NULL THEN
            UPDATE visit SET exited = p_at WHERE visit = f.inside;
            DELETE FROM presence WHERE zone = p_zone AND client = f.client;
            UPDATE gate SET last_exit = p_at WHERE client = f.client;
        END IF;
        INSERT INTO visit (visit, client, venue, zone, service, entered, exited, pass)
        VALUES (v, f.client, p_venue, p_zone, NULL, p_at, NULL, f.pass);
        INSERT INTO presence (zone, client, visit, entered) VALUES (p_zone, f.client, v, p_at);
        UPDATE gate SET visits = visits + 1, last_visit = p_at WHERE client = f.client;
        IF f.lot IS NOT NULL THEN
            t := nextval('floor_ids');
            INSERT INTO transfer (transfer, grp, at, venue, business_date, unit, amount, debit, debit_counter, credit,
                credit_counter, reason, client, pass, plan, visit, lots)
            VALUES (t, t, p_at, p_venue, '2026-06-01', 'visits', 1, f.account, NULL, NULL, 'used', 'use', f.client,
                f.pass, f.plan, v, '[{\"lot\":' || f.lot || ',\"amount\":1,\"recognised\":10}]'),
                (nextval('floor_ids'), t, p_at, p_venue, '2026-06-01', 'EUR', 10, NULL, 'deferred_revenue', NULL, 'revenue',
                'recognition', f.client, f.pass, f.plan, v, NULL);
            UPDATE lot SET rest = f.rest - 1, recognised = f.recognised + 10, released = f.released WHERE lot = f.lot;
        END IF;
    ELSE
        INSERT INTO attempt (attempt, at, venue, client, card, reason, operator)
        VALUES (v, p_at, p_venue, f.client, NULL, 'expired', NULL);
    END IF;
    INSERT INTO journal (op, at, venue, operator, rules_version, clock, digest)
    VALUES ('access.enter', p_at, p_venue, NULL, 1, 1, p_digest) RETURNING entry INTO e;
    INSERT INTO journal_payload (entry, salt, payload) VALUES (e, p_salt, p_payload);
    INSERT INTO idempotency (venue, kind, key, content, entry) VALUES (p_venue, 'key', p_key, p_digest, e);
    RETURN e;
END $$;";

/// Makes the function of the floor in a schema that has the engine's tables.
pub fn install(url: &str) -> Result<()> {
    Server::connect(url)?.script(ENTER)
}

/// How long what the engine writes into the journal is.
#[derive(Debug, Clone, Copy)]
pub struct Lengths {
    refused: usize,
    visits: usize,
    time: usize,
    salt: usize,
}

impl Lengths {
    /// Reads the mean lengths from a store that the engine has written to.
    pub fn measure(server: &Server) -> Result<Self> {
        let mean = |what: &str, filter: &str| -> Result<usize> {
            let sql = format!(
                "SELECT CAST(COALESCE(avg(length({what})), 0) AS BIGINT) FROM journal_payload
                WHERE payload LIKE '%access.enter%' AND {filter}"
            );
            Ok(usize::try_from(server.number(&sql)?)?)
        };
        Ok(Self {
            refused: mean("payload", "payload LIKE '%\"attempt\":{%'")?,
            visits: mean("payload", "payload LIKE '%\"transfer\":{%'")?,
            time: mean(
                "payload",
                "payload NOT LIKE '%\"transfer\":{%' AND payload NOT LIKE '%\"attempt\":{%'",
            )?,
            salt: mean("salt", "true")?,
        })
    }

    fn of(&self, n: i64) -> usize {
        match (is_valid(n), has_visits(n)) {
            (false, _) => self.refused,
            (true, true) => self.visits,
            (true, false) => self.time,
        }
    }
}

/// A connection that lets clients in.
pub struct Enter {
    server: Server,
    call: Statement,
    venue: i64,
    zone: i64,
    lengths: Lengths,
    filler: String,
}

impl Enter {
    pub fn new(url: &str, lengths: Lengths) -> Result<Self> {
        let server = Server::connect(url)?;
        Ok(Self {
            call: server.prepare("SELECT floor_enter($1, $2, $3, $4, $5, $6, $7, $8)")?,
            venue: server.number("SELECT venue FROM venue")?,
            zone: server.number("SELECT zone FROM venue")?,
            lengths,
            filler: "x".repeat(1 << 14),
            server,
        })
    }

    pub fn enter(&mut self, n: i64, at: i64, key: &str) -> Result<()> {
        let (digest, salt) = ([9_u8; 32].as_slice(), vec![5_u8; self.lengths.salt]);
        let payload = self.filler.get(..self.lengths.of(n)).unwrap_or("");
        let rows = self
            .server
            .ask(&self.call, &[&uid(n), &self.venue, &self.zone, &at, &key, &digest, &salt, &payload])?;
        std::hint::black_box(rows.first().ok_or("no row")?.try_get::<_, i64>(0)?);
        Ok(())
    }
}

/// A connection that decides.
pub struct Decide {
    server: Server,
    statement: Statement,
    zone: i64,
}

impl Decide {
    pub fn new(url: &str) -> Result<Self> {
        let server = Server::connect(url)?;
        Ok(Self {
            statement: server.prepare(&SAME.replace('?', "$"))?,
            zone: server.number("SELECT zone FROM venue")?,
            server,
        })
    }

    pub fn decide(&mut self, n: i64) -> Result<()> {
        let rows = self.server.ask(&self.statement, &[&uid(n), &self.zone])?;
        let mut sum = 0_i64;
        for column in 0..16 {
            sum ^= rows.first().ok_or("no row")?.try_get::<_, Option<i64>>(column)?.unwrap_or(0);
        }
        std::hint::black_box(sum);
        Ok(())
    }
}
