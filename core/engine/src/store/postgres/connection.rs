//! One connection to a server. Statements of a batch go out together and are answered together; what opens or ends
//! a transaction travels with them.

use super::dial::{Line, Reached, dial};
use super::failure::{self, Failure, Remedy};
use super::place::Place;
use super::wire::{Messages, Traffic};
use super::{fuse, rewrite, rows};
use crate::store::value::{Connection, Query, Row, Sql, Value, query};
use carnet_domain::{Error, Reason, Result};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Statement};

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
    client: Client,
    traffic: Traffic,
    /// By the addresses of the statements, which are statics: several where they are sent as one.
    prepared: HashMap<Vec<usize>, Statement>,
    /// How the statements of an exchange go out: the lengths of the runs that are sent as one.
    shapes: HashMap<Vec<usize>, Vec<usize>>,
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

type Answer = std::result::Result<Vec<tokio_postgres::Row>, tokio_postgres::Error>;

/// Sends every request before it waits for the first answer. They are polled in their order, which is the order in
/// which they reach the server.
async fn in_order<T>(mut futures: Vec<Pin<Box<dyn Future<Output = T> + Send + '_>>>) -> Vec<T> {
    let mut early: Vec<Option<T>> = Vec::with_capacity(futures.len());
    std::future::poll_fn(|context| {
        for future in &mut futures {
            early.push(match future.as_mut().poll(context) {
                Poll::Ready(value) => Some(value),
                Poll::Pending => None,
            });
        }
        Poll::Ready(())
    })
    .await;
    let mut answers = Vec::with_capacity(futures.len());
    for (future, early) in futures.into_iter().zip(early) {
        answers.push(match early {
            Some(answer) => answer,
            None => future.await,
        });
    }
    answers
}

async fn ask(client: &Client, work: &[(Statement, Vec<&Value>)]) -> Vec<Answer> {
    let futures = work.iter().map(|(statement, params)| {
        let future: Pin<Box<dyn Future<Output = Answer> + Send + '_>> = Box::pin(async move {
            let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| *value as _).collect();
            client.query(statement, &params).await
        });
        future
    });
    in_order(futures.collect()).await
}

type Prepared = std::result::Result<Statement, tokio_postgres::Error>;

async fn prepare(client: &Client, texts: &[String]) -> Vec<Prepared> {
    let futures = texts.iter().map(|text| {
        let future: Pin<Box<dyn Future<Output = Prepared> + Send + '_>> = Box::pin(client.prepare(text));
        future
    });
    in_order(futures.collect()).await
}

fn addresses(run: &[&Query]) -> Vec<usize> {
    run.iter().map(|query| std::ptr::from_ref(query.sql).addr()).collect()
}

impl PgConnection {
    /// Connects to a server.
    pub fn open(place: &Place, deadline: Instant) -> std::result::Result<Self, Failure> {
        let noted: Messages = Arc::new(|message| {
            if let AsyncMessage::Notice(notice) = message {
                tracing::debug!(sqlstate = notice.code().code(), "the server noted something");
            }
        });
        Self::hearing(place, deadline, &noted)
    }

    /// Connects, and hands on what the server says without being asked.
    pub fn hearing(
        place: &Place,
        deadline: Instant,
        messages: &Messages,
    ) -> std::result::Result<Self, Failure> {
        let Line { client, traffic, reached } = dial(place, deadline, messages)?;
        Ok(Self {
            place: place.clone(),
            reached,
            client,
            traffic,
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
        self.is_free() && self.traffic.is_open()
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

    /// The traffic and its client, for a thread that does nothing but listen.
    pub fn into_listener(self) -> (Client, Traffic) {
        (self.client, self.traffic)
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
        let answers = self.exchange(&queries)?;
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
        if self.exchange(&[plain(&ROLLBACK)]).is_err() {
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
        let outcome = self.wait(async |client| client.batch_execute(text).await)?;
        outcome.map_err(|error| self.failed(&failure::of(&error)))
    }

    fn failed(&mut self, failure: &Failure) -> Error {
        self.remedy = failure.remedy;
        if self.stage == Stage::Open {
            self.stage = Stage::Failed;
        }
        failure.error.clone()
    }

    /// Waits for the server. Who has waited too long gives the connection up: its answers would come to the wrong ears.
    fn wait<T>(&mut self, work: impl AsyncFnOnce(&Client) -> T) -> Result<T> {
        self.exchanges = self.exchanges.saturating_add(1);
        let patience = if self.last { COMMIT_WAIT } else { Duration::from_millis(50) };
        let deadline = self.deadline.checked_add(patience).unwrap_or(self.deadline);
        if let Some(value) = self.traffic.wait(deadline, work(&self.client)) {
            return Ok(value);
        }
        self.reached.clone().cancel(self.place.clone(), self.client.cancel_token());
        self.remedy = Remedy::Reconnect;
        let reason = if self.last { Reason::UnknownOutcome } else { Reason::Busy };
        Err(Error::new(reason).with("what", "the server did not answer in time"))
    }

    fn prepare(&mut self, runs: &[(Vec<usize>, Vec<&Query>)]) -> Result<()> {
        let mut missing: Vec<(Vec<usize>, String)> = Vec::new();
        for (key, run) in runs {
            if !self.prepared.contains_key(key) && !missing.iter().any(|(other, _)| other == key) {
                missing.push((key.clone(), rewrite::statement(&fuse::statement(run))));
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let (keys, texts): (Vec<_>, Vec<_>) = missing.into_iter().unzip();
        let answers = self.wait(async |client| prepare(client, &texts).await)?;
        for (key, answer) in keys.into_iter().zip(answers) {
            let statement = answer.map_err(|error| self.failed(&failure::of(&error)))?;
            self.prepared.insert(key, statement);
        }
        Ok(())
    }

    /// What goes out as one statement each. The writes of an operation alone; those of a batch come in too many combinations.
    fn runs<'a>(&mut self, all: &[&'a Query], last: bool) -> Vec<(Vec<usize>, Vec<&'a Query>)> {
        let alone = |query: &&'a Query| (addresses(&[query]), vec![*query]);
        if !last {
            return all.iter().map(alone).collect();
        }
        if self.shapes.len() >= SHAPES {
            self.shapes.clear();
        }
        let lengths = self
            .shapes
            .entry(addresses(all))
            .or_insert_with(|| fuse::runs(all).iter().map(Vec::len).collect());
        let mut rest = all.iter().copied();
        lengths
            .iter()
            .map(|length| rest.by_ref().take(*length).collect::<Vec<_>>())
            .map(|run| (addresses(&run), run))
            .collect()
    }

    /// One exchange: what waits to be sent, these statements, and the end of the transaction if they are its last.
    fn exchange(&mut self, queries: &[Query]) -> Result<Vec<Vec<Row>>> {
        if self.stage == Stage::Failed {
            return Err(Error::new(Reason::Internal).with("what", "a failed transaction goes on"));
        }
        if !self.traffic.is_open() {
            // Known before anything is sent, so nothing of it can have been carried out.
            self.last = false;
            return Err(self.failed(&failure::gone()));
        }
        let before = std::mem::take(&mut self.before);
        let end = self.last.then(|| plain(&COMMIT));
        let all: Vec<&Query> = before.iter().chain(queries).chain(end.as_ref()).collect();
        let last = std::mem::take(&mut self.last);
        let runs = self.runs(&all, last);
        // Statements are prepared once for a connection; that exchange ends nothing.
        let begun = self.stage == Stage::Open && before.is_empty();
        if let Err(error) = self.prepare(&runs) {
            // Where nothing was sent yet, there is nothing to take back.
            self.stage = if begun { Stage::Failed } else { Stage::None };
            return Err(error);
        }
        self.last = last;
        let mut work = Vec::with_capacity(runs.len());
        for (key, run) in &runs {
            let statement = self.prepared.get(key).cloned().ok_or(Reason::Internal)?;
            work.push((statement, run.iter().flat_map(|query| &query.params).collect()));
        }
        let answers = self.wait(async |client| ask(client, &work).await);
        self.last = false;
        let answers = answers.inspect_err(|_| self.stage = Stage::Failed)?;
        if let Some(failure) = first_failure(&answers) {
            let mut told = self.failed(&failure);
            if last && failure.remedy == Remedy::Reconnect {
                // The commit may have reached the server before the connection broke.
                told = Error::new(Reason::UnknownOutcome);
                self.stage = Stage::Failed;
            }
            return Err(told);
        }
        if last {
            self.stage = Stage::None;
            // What nobody asked for is not the answer to a later question.
            self.ahead.clear();
        }
        let mut rows = Vec::with_capacity(all.len());
        for (answer, (_, run)) in answers.into_iter().zip(&runs) {
            rows.push(answer.unwrap_or_default().iter().map(rows::row).collect::<Result<Vec<Row>>>()?);
            // What is fused answers nothing.
            rows.extend(run.iter().skip(1).map(|_| Vec::new()));
        }
        Ok(rows.into_iter().skip(before.len()).take(queries.len()).collect())
    }
}

/// What went wrong first; later statements of the transaction fail only because of it.
fn first_failure(answers: &[Answer]) -> Option<Failure> {
    let mut errors = answers.iter().filter_map(|answer| answer.as_ref().err());
    let first = errors.next()?;
    if failure::follows(first) {
        return Some(Failure {
            error: Error::new(Reason::Internal).with("what", "a failed transaction went on"),
            remedy: Remedy::Tell,
        });
    }
    Some(failure::of(first))
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
                    rest.push(query.clone());
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
        let answer = self.wait(async |client| client.query(sql, &[]).await)?;
        let found = answer.map_err(|error| self.failed(&failure::of(&error)))?;
        found.iter().map(rows::row).collect()
    }
}
