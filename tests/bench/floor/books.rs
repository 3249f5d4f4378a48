//! The rows of sales, holds and uses without a door, as `same` writes those of entries and charges.

use super::same::Same;
use crate::data::{GATE, client};
use crate::measure::Result;
use rusqlite::{Connection, Statement, params};

/// How long the journal's payload is for each kind of call, as the engine wrote it.
#[derive(Debug, Clone, Copy)]
pub struct Lengths {
    sale: usize,
    place: usize,
    capture: usize,
    visits: usize,
    time: usize,
}

impl Lengths {
    /// Reads the mean lengths from a store that the engine has written to.
    pub fn measure(db: &Connection) -> Result<Self> {
        let mean = |op: &str, like: &str, not: &str| -> Result<usize> {
            let sql = "SELECT CAST(COALESCE(avg(length(payload)), 0) AS INTEGER) FROM (SELECT payload FROM journal_payload
                JOIN journal USING (position) WHERE op = ?1 AND payload LIKE ?2 AND payload NOT LIKE ?3
                ORDER BY position DESC LIMIT 20)";
            Ok(usize::try_from(db.query_row(sql, [op, like, not], |row| row.get::<_, i64>(0))?)?)
        };
        let transfer = "%\"transfer\":{%";
        Ok(Self {
            sale: mean("pass.sell", "%", "-")?,
            place: mean("hold.place", "%", "-")?,
            capture: mean("hold.capture", "%", "-")?,
            visits: mean("pass.use", transfer, "-")?,
            time: mean("pass.use", "%", transfer)?,
        })
    }
}

/// The statements.
pub struct Books<'a> {
    same: Same<'a>,
    lengths: Lengths,
    known: Statement<'a>,
    money: Statement<'a>,
    account: Statement<'a>,
    pass: Statement<'a>,
    event: Statement<'a>,
    gate: Statement<'a>,
    lot: Statement<'a>,
    transfer: Statement<'a>,
    spent: Statement<'a>,
    hold: Statement<'a>,
    part: Statement<'a>,
    held: Statement<'a>,
    rest: Statement<'a>,
    pass_use: Statement<'a>,
    venue: i64,
    service: i64,
    sample: i64,
    plan: i64,
}

impl<'a> Books<'a> {
    pub fn new(db: &'a Connection, same: Same<'a>, lengths: Lengths) -> Result<Self> {
        let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
        Ok(Self {
            same,
            lengths,
            known: db.prepare("SELECT version, archived FROM client WHERE client = ?1")?,
            money: db.prepare(
                "SELECT lot.lot, lot.account, lot.rest FROM account JOIN lot ON lot.account = account.account
                WHERE account.client = ?1 AND account.unit = 'EUR' AND account.pass IS NULL AND lot.is_open = 1",
            )?,
            account: db.prepare("INSERT INTO account (account, client, venue, pass, unit) VALUES (?1, ?2, ?3, ?1, 'visits')")?,
            pass: db.prepare(
                "INSERT INTO pass SELECT ?1, 1, ?2, plan, venue, kind, name, priority, ?3, ?3, latest_start, ?3 + 31536000000000,
                    validity, status, closed, currency, price, value, tax, ?1, services, categories, venues, ?3 + 31536000000000,
                    usage, life, frozen, anchor, term, previous, next_pass, auto_renew, cancel_at_end, dunning, notes, recognised,
                    recognised_until FROM pass WHERE pass = ?4",
            )?,
            event: db.prepare(
                "INSERT INTO pass_event SELECT ?1, line, version, ?2, act, operator, reason, before, after
                FROM pass_event WHERE pass = ?3 AND act = 'sell'",
            )?,
            gate: db.prepare(GATE)?,
            lot: db.prepare(
                "INSERT INTO lot (lot, account, amount, rest, held, granted, effective, expires, priority, origin, origin_rank,
                    value, recognised, released, is_open)
                VALUES (?1, ?1, 1000, 1000, 0, ?2, ?2, ?2 + 31536000000000, 0, 'paid', 2, 10000, 0, 0, 1)",
            )?,
            transfer: db.prepare(
                "INSERT INTO transfer (transfer, grp, at, venue, business_date, unit, amount, debit, debit_counter,
                    credit, credit_counter, reason, client, pass, plan, visit, lots, lot)
                VALUES (?1, ?2, ?3, ?4, '2026-06-01', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, NULL, ?15, ?16)",
            )?,
            spent: db.prepare(
                "INSERT INTO client_spent (client, currency, spent) VALUES (?1, 'EUR', ?2)
                ON CONFLICT (client, currency) DO UPDATE SET spent = client_spent.spent + excluded.spent",
            )?,
            hold: db.prepare(
                "INSERT INTO hold (hold, version, client, venue, placed, expires, state, ended, grp)
                VALUES (?1, ?2, ?3, ?4, ?5, ?5 + 3600000000, ?6, ?7, ?8)
                ON CONFLICT (hold) DO UPDATE SET version = excluded.version, state = excluded.state, ended = excluded.ended,
                    grp = excluded.grp",
            )?,
            part: db.prepare(
                "INSERT INTO hold_part (hold, lot, account, pass, amount, held) VALUES (?1, ?2, ?3, NULL, 1, ?4)
                ON CONFLICT (hold, lot) DO UPDATE SET held = excluded.held",
            )?,
            held: db.prepare("UPDATE lot SET held = ?2, held_until = ?3 WHERE lot = ?1")?,
            rest: db.prepare("UPDATE lot SET rest = ?2, recognised = 0, released = 0 WHERE lot = ?1")?,
            pass_use: db.prepare(
                "INSERT INTO pass_use (pass_use, pass, client, venue, service, at, made, visit, booking, grp, amount, quantity, reversed)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, NULL, NULL, ?1, ?7, 1, NULL)",
            )?,
            venue: number("SELECT venue FROM venue")?,
            service: number("SELECT min(service) FROM service")?,
            sample: number("SELECT min(pass) FROM pass WHERE kind = 'visits'")?,
            plan: number("SELECT min(plan) FROM pass WHERE kind = 'visits'")?,
        })
    }

    /// A sale of a pass of visits for cash, in a transaction of its own.
    pub fn sell(&mut self, n: i64, at: i64, key: &str) -> Result<()> {
        let client = client(n);
        self.same.begin()?;
        self.known.query_row([client], |row| row.get::<_, i64>(0))?;
        let (pass, grant, sale) = (self.same.id(), self.same.id(), self.same.id());
        self.account.execute([pass, client, self.venue])?;
        self.pass.execute([pass, client, at, self.sample])?;
        self.event.execute([pass, at, self.sample])?;
        self.gate.execute([pass])?;
        self.lot.execute([pass, at])?;
        let (none, no_text) = (None::<i64>, None::<&str>);
        let (venue, plan) = (self.venue, self.plan);
        self.transfer.execute(params![
            grant, grant, at, venue, "visits", 1000, none, "issued", pass, no_text, "grant", client, pass,
            plan, no_text, pass
        ])?;
        self.transfer.execute(params![
            sale,
            grant,
            at,
            venue,
            "EUR",
            10_000,
            none,
            "cash",
            none,
            "deferred_revenue",
            "sale",
            client,
            pass,
            plan,
            no_text,
            none
        ])?;
        self.spent.execute([client, 10_000])?;
        self.same.entry("pass.sell", self.lengths.sale, at, key)?;
        self.same.commit()
    }

    /// A use of a pass for a service, in a transaction of its own.
    pub fn render(&mut self, n: i64, at: i64, key: &str) -> Result<()> {
        self.same.begin()?;
        let facts = self.same.facts(n)?;
        let id = self.same.id();
        let amount = self.same.used(&facts, None, at)?;
        self.pass_use.execute([id, facts.pass, facts.client, self.venue, self.service, at, amount])?;
        let length = if amount > 0 { self.lengths.visits } else { self.lengths.time };
        self.same.entry("pass.use", length, at, key)?;
        self.same.commit()
    }

    /// A hold of one minor unit and its capture, each in a transaction of its own.
    pub fn hold(&mut self, n: i64, at: i64, keys: [&str; 2]) -> Result<()> {
        let client = client(n);
        let hold = self.place(client, at, keys[0])?;
        self.same.begin()?;
        let (lot, account, rest) = self.lot_of(client)?;
        let id = self.same.id();
        self.held.execute(params![lot, 0, None::<i64>])?;
        let lots = format!("[{{\"lot\":{lot},\"amount\":1,\"recognised\":0}}]");
        let (none, no_text) = (None::<i64>, None::<&str>);
        self.transfer.execute(params![
            id, id, at, self.venue, "EUR", 1, account, no_text, none, "revenue", "charge", client, none,
            none, lots, none
        ])?;
        self.rest.execute([lot, rest - 1])?;
        self.hold.execute(params![hold, 2, client, self.venue, at, "captured", at, id])?;
        self.part.execute([hold, lot, account, 0])?;
        self.same.entry("hold.capture", self.lengths.capture, at, keys[1])?;
        self.same.commit()
    }

    fn lot_of(&mut self, client: i64) -> Result<(i64, i64, i64)> {
        Ok(self.money.query_row([client], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    }

    fn place(&mut self, client: i64, at: i64, key: &str) -> Result<i64> {
        self.same.begin()?;
        self.known.query_row([client], |row| row.get::<_, i64>(0))?;
        let (lot, account, _) = self.lot_of(client)?;
        let hold = self.same.id();
        self.held.execute(params![lot, 1, at + 3_600_000_000])?;
        let (none, state) = (None::<i64>, "open");
        self.hold.execute(params![hold, 1, client, self.venue, at, state, none, none])?;
        self.part.execute([hold, lot, account, 1])?;
        self.same.entry("hold.place", self.lengths.place, at, key)?;
        self.same.commit()?;
        Ok(hold)
    }
}
