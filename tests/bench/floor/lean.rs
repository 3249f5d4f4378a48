//! The lean schema: a gate row per client, one table of events clustered by client, and accounts with their movements.

use crate::data::{client, has_visits, is_valid, uid_bytes};
use crate::measure::Result;
use rusqlite::{Connection, Statement, params};
use std::path::Path;

/// Far before the first call of a bench.
const BEFORE: i64 = crate::data::NOW - 10 * 86_400_000_000;
const AFTER: i64 = crate::data::NOW + 300 * 86_400_000_000;

/// Makes the lean store.
pub fn make(path: &Path, clients: i64) -> Result<()> {
    let mut db = Connection::open(path)?;
    db.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;
        CREATE TABLE card (uid BLOB PRIMARY KEY, client INTEGER NOT NULL, status INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE gate (client INTEGER PRIMARY KEY, status INTEGER NOT NULL, pass INTEGER NOT NULL,
            valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL, remaining INTEGER, last_visit INTEGER) STRICT;
        CREATE TABLE event (client INTEGER NOT NULL, at INTEGER NOT NULL, id INTEGER NOT NULL, kind INTEGER NOT NULL,
            pass INTEGER, zone INTEGER NOT NULL, delta INTEGER NOT NULL, after INTEGER,
            PRIMARY KEY (client, at, id)) STRICT, WITHOUT ROWID;
        CREATE TABLE account (account INTEGER PRIMARY KEY, balance INTEGER NOT NULL CHECK (balance >= 0)) STRICT;
        CREATE TABLE movement (id BLOB PRIMARY KEY, debit INTEGER NOT NULL, credit INTEGER NOT NULL,
            amount INTEGER NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO account VALUES (1, 0);",
    )?;
    let transaction = db.transaction()?;
    {
        let mut card = transaction.prepare("INSERT INTO card VALUES (?1, ?2, 1)")?;
        let mut gate = transaction.prepare("INSERT INTO gate VALUES (?1, 1, ?1, ?2, ?3, ?4, ?2)")?;
        let mut event = transaction.prepare("INSERT INTO event VALUES (?1, ?2, ?3, 1, ?1, 1, -1, 900)")?;
        let mut account = transaction.prepare("INSERT INTO account VALUES (?1, 100000000)")?;
        for n in 1..=clients {
            let id = client(n);
            let ends = if is_valid(n) { AFTER } else { BEFORE + 1 };
            card.execute(params![uid_bytes(n), id])?;
            gate.execute(params![id, BEFORE, ends, has_visits(n).then_some(1_000_000)])?;
            event.execute(params![id, BEFORE - 1, 2 * n])?;
            event.execute(params![id, BEFORE, 2 * n + 1])?;
            account.execute([id])?;
        }
    }
    transaction.commit()?;
    db.execute_batch("PRAGMA journal_mode = WAL")?;
    Ok(())
}

/// What the gate row says.
pub struct Gate {
    pub client: i64,
    pub card: i64,
    pub status: i64,
    pub pass: i64,
    pub from: i64,
    pub to: i64,
    pub remaining: Option<i64>,
}

/// The decision of the lean store: card and gate row.
pub struct Decide<'a>(Statement<'a>);

impl<'a> Decide<'a> {
    pub fn new(db: &'a Connection) -> Result<Self> {
        Ok(Self(db.prepare(
            "SELECT gate.client, card.status, gate.status, gate.pass, gate.valid_from, gate.valid_to, gate.remaining
            FROM card JOIN gate ON gate.client = card.client WHERE card.uid = ?1",
        )?))
    }

    /// Reads the row, and whether it lets the client in.
    pub fn decide(&mut self, n: i64, at: i64) -> Result<(Gate, bool)> {
        let gate = self.0.query_row([uid_bytes(n)], |row| {
            Ok(Gate {
                client: row.get(0)?,
                card: row.get(1)?,
                status: row.get(2)?,
                pass: row.get(3)?,
                from: row.get(4)?,
                to: row.get(5)?,
                remaining: row.get(6)?,
            })
        })?;
        let open = gate.card == 1
            && gate.status == 1
            && gate.from <= at
            && at < gate.to
            && gate.remaining.is_none_or(|left| left > 0);
        Ok((gate, open))
    }
}

/// The writes of the lean store.
pub struct Lean<'a> {
    begin: Statement<'a>,
    commit: Statement<'a>,
    decide: Decide<'a>,
    gate: Statement<'a>,
    event: Statement<'a>,
    debit: Statement<'a>,
    credit: Statement<'a>,
    movement: Statement<'a>,
    sold: Statement<'a>,
    next: i64,
}

impl<'a> Lean<'a> {
    pub fn new(db: &'a Connection) -> Result<Self> {
        Ok(Self {
            begin: db.prepare("BEGIN IMMEDIATE")?,
            commit: db.prepare("COMMIT")?,
            decide: Decide::new(db)?,
            gate: db.prepare("UPDATE gate SET remaining = ?2, last_visit = ?3 WHERE client = ?1")?,
            event: db.prepare("INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, 1, -1, ?6)")?,
            debit: db.prepare("UPDATE account SET balance = balance - ?2 WHERE account = ?1")?,
            credit: db.prepare("UPDATE account SET balance = balance + ?1 WHERE account = 1")?,
            movement: db.prepare("INSERT INTO movement VALUES (?1, ?2, 1, ?3, ?4)")?,
            sold: db.prepare(
                "UPDATE gate SET pass = ?2, valid_from = ?3, valid_to = ?3 + 31536000000000, remaining = 1000 WHERE client = ?1",
            )?,
            next: 1 << 40,
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

    /// An entry inside the open transaction: the gate row and one event; a refusal is an event.
    pub fn enter(&mut self, n: i64, at: i64) -> Result<()> {
        let (gate, open) = self.decide.decide(n, at)?;
        self.next += 1;
        let left = gate.remaining.map(|left| left - 1);
        if open {
            self.gate.execute(params![gate.client, left, at])?;
        }
        self.event.execute(params![gate.client, at, self.next, i64::from(open), gate.pass, left])?;
        Ok(())
    }

    /// A charge inside the open transaction: two balances and one movement with a unique id.
    pub fn charge(&mut self, n: i64, at: i64) -> Result<()> {
        self.debit.execute([client(n), 1])?;
        self.credit.execute([1])?;
        self.moved(n, 1, at)
    }

    fn moved(&mut self, n: i64, amount: i64, at: i64) -> Result<()> {
        self.next += 1;
        let mut id = [7_u8; 16];
        id.iter_mut().skip(8).zip(self.next.to_be_bytes()).for_each(|(to, from)| *to = from);
        self.movement.execute(params![id, client(n), amount, at])?;
        Ok(())
    }

    /// A sale in a transaction of its own: the gate row, one event, and what was paid.
    pub fn sell(&mut self, n: i64, at: i64) -> Result<()> {
        self.begin()?;
        self.next += 1;
        let pass = self.next;
        self.sold.execute([client(n), pass, at])?;
        self.event.execute(params![client(n), at, pass, 2, pass, 1000])?;
        self.credit.execute([10_000])?;
        self.moved(n, 10_000, at)?;
        self.commit()
    }

    /// A hold of one minor unit and its capture, each in a transaction of its own: it leaves the balance and is an event,
    /// and then it is paid.
    pub fn hold(&mut self, n: i64, at: i64) -> Result<()> {
        self.begin()?;
        self.next += 1;
        self.debit.execute([client(n), 1])?;
        self.event.execute(params![client(n), at, self.next, 3, None::<i64>, 1])?;
        self.commit()?;
        self.begin()?;
        self.credit.execute([1])?;
        self.moved(n, 1, at)?;
        self.commit()
    }
}
