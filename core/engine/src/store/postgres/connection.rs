//! One connection to a server. Statements of a batch go out together and are answered together; what opens or ends
//! a transaction travels with them.

use super::dial::{Line, Reached, dial};
use super::failure::{self, Failure, Remedy};
use super::place::Place;
use super::talk::{Ear, Outcome, Statement, Talk, Unasked};
use super::{fuse, rewrite};
use crate::store::value::{Connection, Query, Row, Sql, Value, query};
use carnet_domain::{Error, Reason, Result};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_postgres::CancelToken;

/// How long the answer to a commit is waited for beyond the caller's deadline: without it nobody knows the outcome.
const COMMIT_WAIT: Duration = Duration::from_secs(30);

/// How many combinations of statements a connection remembers; an import has one for every number of changes.
const SHAPES: usize = 512;

/// Deadlines that differ by less are the same: a call has waited for its connection a little.
const SAME_WAIT: Duration = Duration::from_millis(25);
/// The longest time-out that a server takes, in milliseconds.
const LONGEST_WAIT: u128 = 2_147_483_647;

static BEGIN: Sql = Sql { text: "BEGIN", postgres: None };
static SNAPSHOT: Sql = Sql { text: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", postgres: None };
static COMMIT: Sql = Sql { text: "COMMIT", postgres: None };
static ROLLBACK: Sql = Sql { text: "ROLLBACK", postgres: None };

fn plain(sql: &'static Sql) -> Query {
    Query { sql, params: Vec::new() }
}

/// Where blocks of ids come from: taken at once and for good, whatever becomes of the transaction that asks.
pub(crate) trait Bank: Send + Sync {
    /// The first of a block of numbers that nobody else gets.
    fn reserve(&self, kind: &str, count: i64, deadline: Instant) -> Result<i64>;
}

/// How far the transaction has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    None,
    /// Begun, or about to be: its first statements wait for the next exchange.
    Open,
    /// A statement failed: nothing but a rollback is left.
    Failed,
}

/// A connection.
pub(crate) struct PgConnection {
    place: Place,
    reached: Reached,
    /// What tells the server to give up.
    token: CancelToken,
    talk: Talk,
    /// By the addresses of the statements, which are statics: several where they are sent as one.
    prepared: HashMap<Vec<usize>, Arc<Statement>>,
    /// How exchanges go out, by their statements and whether they end the transaction.
    shapes: HashMap<(bool, Vec<usize>), Parts>,
    stage: Stage,
    /// Goes out before the next batch.
    before: Vec<Query>,
    /// Answers that were asked for before anybody needed them.
    ahead: Vec<(Query, Vec<Row>)>,
    /// The next batch ends the transaction.
    last: bool,
    remedy: Remedy,
    /// Where blocks of ids come from.
    bank: Option<Arc<dyn Bank>>,
    /// How long the server waits for a lock where it is not told.
    lock_wait: Duration,
    /// Until when an answer is waited for.
    pub deadline: Instant,
    /// How often the server was waited for.
    pub exchanges: u64,
}

/// What an exchange is sent as: as how many of its statements each, and as which.
type Parts = Arc<[(usize, Arc<Statement>)]>;

fn addresses(run: &[&Query]) -> Vec<usize> {
    run.iter().map(|query| std::ptr::from_ref(query.sql).addr()).collect()
}

impl PgConnection {
    /// Connects to a server.
    pub fn open(place: &Place, deadline: Instant) -> std::result::Result<Self, Failure> {
        let noted: Ear = Arc::new(|said| {
            if let Unasked::Notice(state) = said {
                tracing::debug!(sqlstate = state, "the server noted something");
            }
        });
        Self::hearing(place, deadline, noted)
    }

    /// Connects, and hands on what the server says without being asked.
    pub fn hearing(place: &Place, deadline: Instant, ear: Ear) -> std::result::Result<Self, Failure> {
        let Line { talk, token, reached } = dial(place, deadline, ear)?;
        Ok(Self {
            place: place.clone(),
            reached,
            token,
            talk,
            prepared: HashMap::new(),
            shapes: HashMap::new(),
            stage: Stage::None,
            before: Vec::new(),
            ahead: Vec::new(),
            last: false,
            remedy: Remedy::Tell,
            bank: None,
            lock_wait: place.wait,
            deadline,
            exchanges: 0,
        })
    }

    /// Whether the connection can be used again.
    pub fn is_sound(&mut self) -> bool {
        self.is_free() && self.talk.traffic().is_open()
    }

    /// Itself if it can be used again.
    pub fn if_sound(mut self) -> Option<Self> {
        self.is_sound().then_some(self)
    }

    /// Whether nothing of a transaction is left on it and it was not given up: without a look at the server.
    pub fn is_free(&self) -> bool {
        self.stage == Stage::None && self.remedy != Remedy::Reconnect
    }

    /// Whether a transaction is open in which nothing has failed.
    pub fn is_open(&self) -> bool {
        self.stage == Stage::Open
    }

    /// The conversation, for a thread that does nothing but listen.
    pub fn into_talk(self) -> Talk {
        self.talk
    }

    /// What could be done about the last error.
    pub const fn remedy(&self) -> Remedy {
        self.remedy
    }

    /// Begins a transaction with the next exchange, and these statements first in it.
    pub fn begin(&mut self, first: impl IntoIterator<Item = Query>) {
        self.remedy = Remedy::Tell;
        self.stage = Stage::Open;
        self.last = false;
        self.ahead.clear();
        self.before.push(plain(&BEGIN));
        self.before.extend(self.lock_timeout());
        self.before.extend(first);
    }

    /// Tells the server how long a lock may be waited for, where the deadline is another than that of every call.
    fn lock_timeout(&self) -> Option<Query> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.abs_diff(self.lock_wait) < SAME_WAIT {
            return None;
        }
        // Rounded up: 0 would be for ever, and nobody is to be told before the deadline.
        let millis = left.as_millis().saturating_add(1).min(LONGEST_WAIT);
        Some(query!("../schema/lock_timeout.pg.sql", i64::try_from(millis).unwrap_or(i64::MAX)))
    }

    /// Begins a transaction that sees one state and writes nothing.
    pub fn begin_snapshot(&mut self) {
        self.begin([]);
        self.before = vec![plain(&SNAPSHOT)];
    }

    /// Takes blocks of ids from there.
    pub fn reserve_from(&mut self, bank: Arc<dyn Bank>) {
        self.bank = Some(bank);
    }

    /// Asks now for what is going to be asked for: each of these statements is answered from here when its time comes.
    pub fn look_ahead(&mut self, queries: Vec<Query>) -> Result<()> {
        let answers = self.exchange(&queries.iter().collect::<Vec<_>>())?;
        self.ahead = queries.into_iter().zip(answers).collect();
        Ok(())
    }

    /// Ends the transaction if it has not ended with its last batch.
    pub fn commit(&mut self) -> Result<()> {
        match self.stage {
            Stage::None => Ok(()),
            Stage::Open if self.unsent() => {
                // Nothing was sent yet.
                self.before.clear();
                self.stage = Stage::None;
                Ok(())
            }
            Stage::Open => {
                self.last = true;
                self.exchange(&[]).map(drop)
            }
            Stage::Failed => {
                self.rollback();
                Err(Error::new(Reason::Internal).with("what", "commit of a failed transaction"))
            }
        }
    }

    /// Ends the transaction with nothing of it left.
    pub fn rollback(&mut self) {
        let sent = !self.unsent();
        let open = self.stage != Stage::None;
        self.before.clear();
        self.ahead.clear();
        self.last = false;
        if !open || !sent {
            self.stage = Stage::None;
            return;
        }
        let remedy = self.remedy;
        self.stage = Stage::None;
        if self.exchange(&[&plain(&ROLLBACK)]).is_err() {
            // Whoever closes the connection ends the transaction.
            self.stage = Stage::Failed;
        }
        if self.remedy == Remedy::Tell {
            self.remedy = remedy;
        }
    }

    /// Whether the server has not yet heard of the open transaction.
    fn unsent(&self) -> bool {
        let begins = [std::ptr::from_ref(&BEGIN), std::ptr::from_ref(&SNAPSHOT)];
        self.before.iter().any(|query| begins.contains(&std::ptr::from_ref(query.sql)))
    }

    /// Executes texts that take no parameters: a migration.
    pub fn script(&mut self, text: &str) -> Result<()> {
        self.wait(|talk| talk.script(text))
    }

    fn failed(&mut self, failure: &Failure) -> Error {
        self.remedy = failure.remedy;
        if self.stage == Stage::Open {
            self.stage = Stage::Failed;
        }
        failure.error.clone()
    }

    /// Waits for the server. Who has waited too long gives the connection up: its answers would come to the wrong ears.
    fn wait<T>(&mut self, work: impl FnOnce(&mut Talk) -> Option<Outcome<T>>) -> Result<T> {
        self.exchanges = self.exchanges.saturating_add(1);
        let patience = if self.last { COMMIT_WAIT } else { Duration::from_millis(50) };
        self.talk.deadline = Some(self.deadline.checked_add(patience).unwrap_or(self.deadline));
        match work(&mut self.talk) {
            Some(Ok(value)) => return Ok(value),
            Some(Err(failure)) => return Err(self.failed(&failure)),
            None if self.talk.traffic().has_ended() => return Err(self.failed(&failure::gone())),
            None => self.talk.traffic().give_up(),
        }
        self.reached.clone().cancel(self.place.clone(), self.token.clone());
        let reason = if self.last { Reason::UnknownOutcome } else { Reason::Busy };
        let error = Error::new(reason).with("what", "the server did not answer in time");
        Err(self.failed(&Failure { error, remedy: Remedy::Reconnect }))
    }

    fn prepare(&mut self, runs: &[Vec<&Query>]) -> Result<()> {
        let mut missing: Vec<(Vec<usize>, String)> = Vec::new();
        for run in runs {
            let key = addresses(run);
            if !self.prepared.contains_key(&key) && !missing.iter().any(|(other, _)| *other == key) {
                missing.push((key, rewrite::statement(&fuse::statement(run))));
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let (keys, texts): (Vec<_>, Vec<_>) = missing.into_iter().unzip();
        let statements = self.wait(|talk| talk.prepare(&texts))?;
        self.prepared.extend(keys.into_iter().zip(statements.into_iter().map(Arc::new)));
        Ok(())
    }

    /// What an exchange is sent as. The writes of an operation are fused; those of a batch come in too many combinations.
    fn parts(&mut self, all: &[&Query], last: bool) -> Result<Parts> {
        let key = (last, addresses(all));
        if let Some(parts) = self.shapes.get(&key) {
            return Ok(Arc::clone(parts));
        }
        let runs = if last { fuse::runs(all) } else { all.iter().map(|query| vec![*query]).collect() };
        self.prepare(&runs)?;
        let prepared = |run: &Vec<&Query>| {
            let statement = self.prepared.get(&addresses(run)).cloned();
            statement.map(|statement| (run.len(), statement)).ok_or(Reason::Internal)
        };
        let parts: Parts = runs.iter().map(prepared).collect::<std::result::Result<_, _>>()?;
        if self.shapes.len() >= SHAPES {
            self.shapes.clear();
        }
        self.shapes.insert(key, Arc::clone(&parts));
        Ok(parts)
    }

    /// One exchange: what waits to be sent, these statements, and the end of the transaction if they are its last.
    fn exchange(&mut self, queries: &[&Query]) -> Result<Vec<Vec<Row>>> {
        if self.stage == Stage::Failed {
            return Err(Error::new(Reason::Internal).with("what", "a failed transaction goes on"));
        }
        if !self.talk.traffic().is_open() {
            // Known before anything is sent, so nothing of it can have been carried out.
            self.last = false;
            return Err(self.failed(&failure::gone()));
        }
        let before = std::mem::take(&mut self.before);
        let end = self.last.then(|| plain(&COMMIT));
        let all: Vec<&Query> = before.iter().chain(queries.iter().copied()).chain(end.as_ref()).collect();
        let last = std::mem::take(&mut self.last);
        // Statements are prepared once for a connection; that exchange ends nothing.
        let begun = self.stage == Stage::Open && before.is_empty();
        let parts = match self.parts(&all, last) {
            Ok(parts) => parts,
            Err(error) => {
                // Where nothing was sent yet, there is nothing to take back.
                self.stage = if begun { Stage::Failed } else { Stage::None };
                return Err(error);
            }
        };
        let mut rest = all.iter();
        let work: Vec<(Arc<Statement>, Vec<&Value>)> = parts
            .iter()
            .map(|(length, statement)| {
                let params = rest.by_ref().take(*length).flat_map(|query| &query.params);
                (Arc::clone(statement), params.collect())
            })
            .collect();
        self.last = last;
        let answers = self.wait(|talk| talk.execute(&work));
        self.last = false;
        let answers = answers.map_err(|error| {
            self.stage = Stage::Failed;
            // The commit may have reached the server before the connection broke.
            if last && self.remedy == Remedy::Reconnect { Reason::UnknownOutcome.into() } else { error }
        })?;
        if last {
            self.stage = Stage::None;
            // What nobody asked for is not the answer to a later question.
            self.ahead.clear();
        }
        let mut rows = Vec::with_capacity(all.len());
        for (answer, (length, _)) in answers.into_iter().zip(parts.iter()) {
            rows.push(answer);
            // What is fused answers nothing.
            rows.extend((1..*length).map(|_| Vec::new()));
        }
        Ok(rows.into_iter().skip(before.len()).take(queries.len()).collect())
    }
}

impl Connection for PgConnection {
    fn batch(&mut self, queries: &[Query]) -> Result<Vec<Vec<Row>>> {
        let mut answers: Vec<Option<Vec<Row>>> = Vec::with_capacity(queries.len());
        let mut rest = Vec::new();
        for query in queries {
            let place = self.ahead.iter().position(|(asked, _)| asked == query);
            match place {
                Some(place) => answers.push(Some(self.ahead.swap_remove(place).1)),
                None => {
                    answers.push(None);
                    rest.push(query);
                }
            }
        }
        if rest.is_empty() && !self.last {
            return Ok(answers.into_iter().map(Option::unwrap_or_default).collect());
        }
        let mut found = self.exchange(&rest)?.into_iter();
        Ok(answers.into_iter().map(|answer| answer.or_else(|| found.next()).unwrap_or_default()).collect())
    }

    fn reserve_ids(&mut self, kind: &str, count: i64) -> Result<i64> {
        match &self.bank {
            Some(bank) => bank.reserve(kind, count, self.deadline),
            None => Err(Error::new(Reason::Internal).with("what", "a connection without ids")),
        }
    }

    fn commit_with_next(&mut self) {
        self.last = self.stage == Stage::Open;
    }

    fn table(&mut self, sql: &str) -> Result<Vec<Row>> {
        let mut prepared = self.wait(|talk| talk.prepare(&[sql.to_owned()]))?;
        let statement = Arc::new(prepared.pop().unwrap_or_default());
        Ok(self.wait(|talk| talk.execute(&[(statement, Vec::new())]))?.pop().unwrap_or_default())
    }
}
