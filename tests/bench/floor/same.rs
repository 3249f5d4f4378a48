//! The rows that the engine writes, in the engine's schema and as long as the engine's, without the engine.

use crate::data::{client, has_visits, is_valid, uid};
use crate::measure::Result;
use rusqlite::{Connection, Statement, params};

/// How long the journal's payload is for each kind of call, as the engine wrote it.
#[derive(Debug, Clone, Default)]
pub struct Payloads {
    visits: usize,
    visits_again: usize,
    time: usize,
    time_again: usize,
    refused: usize,
    charge: usize,
}

impl Payloads {
    /// Reads the mean lengths from a store that the engine has written to.
    pub fn measure(db: &Connection) -> Result<Self> {
        let mean = |like: &str, not: &str| {
            db.query_row(
                "SELECT CAST(COALESCE(avg(length(payload)), 0) AS INTEGER) FROM (SELECT payload FROM journal_payload
                WHERE payload LIKE ?1 AND payload NOT LIKE ?2 ORDER BY position DESC LIMIT 500)",
                [like, not],
                |row| row.get::<_, i64>(0),
            )
        };
        let length = |like: &str, not: &str| -> Result<usize> { Ok(usize::try_from(mean(like, not)?)?) };
        Ok(Self {
            visits: length("%access.enter%visit_began%transfer\":{%", "%visit_ended%")?,
            visits_again: length("%access.enter%visit_ended%visit_began%transfer\":{%", "-")?,
            time: length("%access.enter%visit_began%\"kind\":\"time\"%", "%visit_ended%")?,
            time_again: length("%access.enter%visit_ended%visit_began%\"kind\":\"time\"%", "-")?,
            refused: length("%access.enter%\"attempt\":{%", "%visit_began%")?,
            charge: length("%account.charge%", "-")?,
        })
    }
}

/// What the floor of an entry, or of another use of a pass, reads.
pub(super) struct Facts {
    pub client: i64,
    inside: Option<i64>,
    pub pass: i64,
    plan: i64,
    ends: i64,
    lot: Option<(i64, i64, i64, i64, i64)>,
}

/// The statements.
pub struct Same<'a> {
    begin: Statement<'a>,
    commit: Statement<'a>,
    facts: Statement<'a>,
    visit_end: Statement<'a>,
    presence_end: Statement<'a>,
    gate_exit: Statement<'a>,
    visit: Statement<'a>,
    presence: Statement<'a>,
    gate_enter: Statement<'a>,
    transfer: Statement<'a>,
    lot: Statement<'a>,
    attempt: Statement<'a>,
    money: Statement<'a>,
    journal: Statement<'a>,
    payload: Statement<'a>,
    key: Statement<'a>,
    clock: Statement<'a>,
    venue: i64,
    zone: i64,
    position: i64,
    next: i64,
    payloads: Payloads,
    filler: String,
}

impl<'a> Same<'a> {
    pub fn new(db: &'a Connection, payloads: Payloads) -> Result<Self> {
        let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
        Ok(Self {
            begin: db.prepare("BEGIN IMMEDIATE")?,
            commit: db.prepare("COMMIT")?,
            facts: db.prepare(
                "SELECT card.client, presence.visit, gate.passes,
                    lot.lot, lot.account, lot.rest, lot.recognised, lot.released
                FROM card JOIN gate ON gate.client = card.client
                LEFT JOIN presence ON presence.zone = ?2
                    AND presence.client = CASE WHEN gate.inside > 0 THEN gate.client END
                LEFT JOIN lot ON lot.account = gate.account AND lot.is_open = 1
                WHERE card.uid = ?1",
            )?,
            visit_end: db.prepare("UPDATE visit SET exited = ?2 WHERE visit = ?1")?,
            presence_end: db.prepare("DELETE FROM presence WHERE zone = ?1 AND client = ?2")?,
            gate_exit: db.prepare("UPDATE gate SET last_exit = ?2, inside = inside - 1 WHERE client = ?1")?,
            visit: db.prepare(
                "INSERT INTO visit (visit, client, venue, zone, service, entered, exited, pass)
                VALUES (?1, ?2, ?3, ?4, NULL, ?5, NULL, ?6)",
            )?,
            presence: db.prepare("INSERT INTO presence (zone, client, visit, entered) VALUES (?1, ?2, ?3, ?4)")?,
            gate_enter: db
                .prepare("UPDATE gate SET visits = visits + 1, last_visit = ?2, inside = inside + 1 WHERE client = ?1")?,
            transfer: db.prepare(
                "INSERT INTO transfer (transfer, grp, at, venue, business_date, unit, amount, debit, debit_counter,
                    credit, credit_counter, reason, client, pass, plan, visit, lots)
                VALUES (?1, ?1, ?2, ?3, '2026-06-01', ?4, ?5, ?6, ?7, NULL, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?,
            lot: db.prepare("UPDATE lot SET rest = ?2, recognised = ?3, released = ?4 WHERE lot = ?1")?,
            attempt: db.prepare(
                "INSERT INTO attempt (attempt, at, venue, client, card, reason, operator)
                VALUES (?1, ?2, ?3, ?4, ?4, 'expired', NULL)",
            )?,
            money: db.prepare(
                "SELECT lot.lot, lot.account, lot.rest FROM account JOIN lot ON lot.account = account.account
                WHERE account.client = ?1 AND account.unit = 'EUR' AND account.pass IS NULL AND lot.is_open = 1",
            )?,
            journal: db.prepare(
                "INSERT INTO journal (position, op, at, venue, operator, rules_version, digest, hash)
                VALUES (?1, ?2, ?3, ?4, NULL, 1, ?5, ?5)",
            )?,
            payload: db.prepare("INSERT INTO journal_payload (position, salt, payload) VALUES (?1, ?2, ?3)")?,
            key: db.prepare(
                "INSERT INTO idempotency (venue, kind, key, content, position) VALUES (?1, 'key', ?2, ?3, ?4)",
            )?,
            clock: db.prepare(
                "INSERT INTO venue_clock (venue, high_water) VALUES (?1, ?2)
                ON CONFLICT (venue) DO UPDATE SET high_water = max(venue_clock.high_water, excluded.high_water)",
            )?,
            venue: number("SELECT venue FROM venue")?,
            zone: number("SELECT zone FROM venue")?,
            position: number("SELECT max(position) FROM journal")?,
            // Above every id of the store, in the same node, and above those of an earlier run of the floor.
            next: number("SELECT max(max(visit), (SELECT max(transfer) FROM transfer),
                (SELECT COALESCE(max(attempt), 0) FROM attempt)) FROM visit")?
                .max(client(0) + (1 << 38)),
            payloads,
            filler: "x".repeat(1 << 16),
        })
    }

    pub fn begin(&mut self) -> Result<()> {
        self.begin.execute([])?;
        Ok(())
    }

    pub fn commit(&mut self) -> Result<()> {
        self.commit.execute([])?;
        Ok(())
    }

    /// A new id.
    pub fn id(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    pub(super) fn facts(&mut self, n: i64) -> Result<Facts> {
        Ok(self.facts.query_row(params![uid(n), self.zone], |row| {
            let lot = match row.get::<_, Option<i64>>(3)? {
                Some(lot) => Some((lot, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?)),
                None => None,
            };
            let passes = row.get_ref(2)?.as_str()?;
            let field = |index| passes.split('|').nth(index).and_then(|text| text.parse().ok()).unwrap_or(0);
            Ok(Facts {
                client: row.get(0)?,
                inside: row.get(1)?,
                pass: field(0),
                plan: field(1),
                ends: field(8),
                lot,
            })
        })?)
    }

    /// An entry inside the open transaction.
    pub fn enter(&mut self, n: i64, at: i64, key: &str) -> Result<()> {
        let facts = self.facts(n)?;
        let again = facts.inside.is_some();
        let length = match (is_valid(n), has_visits(n)) {
            (false, _) => self.payloads.refused,
            (true, true) if again => self.payloads.visits_again,
            (true, true) => self.payloads.visits,
            (true, false) if again => self.payloads.time_again,
            (true, false) => self.payloads.time,
        };
        self.next += 1;
        let id = self.next;
        if facts.ends > at {
            if let Some(inside) = facts.inside {
                self.visit_end.execute([inside, at])?;
                self.presence_end.execute([self.zone, facts.client])?;
                self.gate_exit.execute([facts.client, at])?;
            }
            self.visit.execute(params![id, facts.client, self.venue, self.zone, at, facts.pass])?;
            self.presence.execute([self.zone, facts.client, id, at])?;
            self.gate_enter.execute([facts.client, at])?;
            self.used(&facts, Some(id), at)?;
        } else {
            self.attempt.execute([id, at, self.venue, facts.client])?;
        }
        self.entry("access.enter", length, at, key)
    }

    /// A visit less on the pass, if it has visits, and what that earns. Returns how many were taken.
    pub(super) fn used(&mut self, facts: &Facts, visit: Option<i64>, at: i64) -> Result<i64> {
        let Some((lot, account, rest, recognised, released)) = facts.lot else { return Ok(0) };
        let lots = format!("[{{\"lot\":{lot},\"amount\":1,\"recognised\":10}}]");
        let Facts { client, pass, plan, .. } = facts;
        self.next += 2;
        self.transfer.execute(params![
            self.next - 1,
            at,
            self.venue,
            "visits",
            1,
            account,
            None::<&str>,
            "used",
            "use",
            client,
            pass,
            plan,
            visit,
            lots
        ])?;
        self.transfer.execute(params![
            self.next,
            at,
            self.venue,
            "EUR",
            10,
            None::<i64>,
            "deferred_revenue",
            "revenue",
            "recognition",
            client,
            pass,
            plan,
            visit,
            None::<&str>
        ])?;
        self.lot.execute([lot, rest - 1, recognised + 10, released])?;
        Ok(1)
    }

    /// A charge of one minor unit inside the open transaction.
    pub fn charge(&mut self, n: i64, at: i64, key: &str) -> Result<()> {
        let client = client(n);
        let (lot, account, rest) = self.money.query_row([client], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })?;
        let lots = format!("[{{\"lot\":{lot},\"amount\":1,\"recognised\":0}}]");
        self.next += 1;
        self.transfer.execute(params![
            self.next,
            at,
            self.venue,
            "EUR",
            1,
            account,
            None::<&str>,
            "revenue",
            "charge",
            client,
            None::<i64>,
            None::<i64>,
            None::<i64>,
            lots
        ])?;
        self.lot.execute([lot, rest - 1, 0, 0])?;
        self.entry("account.charge", self.payloads.charge, at, key)
    }

    /// The journal entry, its key and the venue's clock.
    pub fn entry(&mut self, op: &str, length: usize, at: i64, key: &str) -> Result<()> {
        self.position += 1;
        let digest = [9_u8; 32];
        self.journal.execute(params![self.position, op, at, self.venue, digest])?;
        let payload = self.filler.get(..length).unwrap_or("");
        self.payload.execute(params![self.position, [5_u8; 16], payload])?;
        self.key.execute(params![self.venue, key, digest, self.position])?;
        self.clock.execute([self.venue, at])?;
        Ok(())
    }
}

/// The tables that the calls of a bench write to, but for the clocks, which have a row for each venue.
pub const WRITTEN: [&str; 14] = [
    "visit",
    "presence",
    "transfer",
    "attempt",
    "account",
    "pass",
    "lot",
    "pass_use",
    "hold",
    "hold_part",
    "client_spent",
    "journal",
    "journal_payload",
    "idempotency",
];

/// How many rows each table has.
pub fn rows(db: &Connection) -> Result<Vec<(&'static str, i64)>> {
    WRITTEN
        .into_iter()
        .map(|table| {
            Ok((table, db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?))
        })
        .collect()
}
