//! Everything about a client in two exchanges: what is theirs, then what is left of it.

use super::value::{Connection, Query, Row, query};
use carnet_domain::account::Account;
use carnet_domain::booking::Booking;
use carnet_domain::client::{Card, Client};
use carnet_domain::hold::HoldState;
use carnet_domain::lots::Lot;
use carnet_domain::pass::Pass;
use carnet_domain::visit::Visit;
use carnet_domain::warning::HoldSeen;
use carnet_domain::{ClientId, ConflictId, Currency, Instant, Money, Result};

/// How many passes are shown, and how many things of one kind may give a warning each.
const SHOWN: i64 = 50;
/// How many visits are shown.
const VISITS: i64 = 10;

/// How many there are in all, where only some are shown.
pub(crate) struct Counts {
    pub passes: i64,
    pub bookings: i64,
    pub holds: i64,
    pub conflicts: i64,
}

/// What is a client's.
pub(crate) struct Loaded {
    pub client: Client,
    pub passes: Vec<Pass>,
    pub accounts: Vec<Account>,
    pub cards: Vec<Card>,
    pub visits: Vec<Visit>,
    pub visit_count: i64,
    pub last_visit: Option<Instant>,
    pub spent: Vec<Money>,
    pub unpaid: Vec<Booking>,
    pub holds: Vec<HoldSeen>,
    pub conflicts: Vec<(ConflictId, Instant)>,
    pub tags: Vec<String>,
    pub counts: Counts,
}

impl Loaded {
    /// Leaves out all that a door writes down.
    pub fn forget_visits(&mut self) {
        (self.visits, self.visit_count, self.last_visit) = (Vec::new(), 0, None);
    }
}

/// The answers to a batch, one after the other.
struct Answers(std::vec::IntoIter<Vec<Row>>);

impl Answers {
    fn next(&mut self) -> Vec<Row> {
        self.0.next().unwrap_or_default()
    }

    fn each<T>(&mut self, read: impl Fn(&mut Row) -> Result<T>) -> Result<Vec<T>> {
        self.next().iter_mut().map(read).collect()
    }
}

/// Loads all that is a client's; nothing if there is no such client.
pub(crate) fn load(connection: &mut dyn Connection, client: ClientId, at: Instant) -> Result<Option<Loaded>> {
    let mut queries: Vec<Query> = super::client::load(client).into_iter().collect();
    queries.extend([
        query!("pass/of_client.sql", client, i64::MAX, SHOWN),
        query!("account/of_client.sql", client),
        query!("card/of_client.sql", client),
        query!("access/visits_of.sql", client, VISITS),
        query!("client/gate.sql", client),
        query!("client/spent.sql", client),
        query!("booking/unpaid.sql", client, SHOWN),
        query!("overview/holds.sql", client, at, SHOWN),
        query!("overview/conflicts.sql", client, SHOWN),
        super::client::tags_query(client),
        query!("overview/counts.sql", client, at),
    ]);
    let mut answers = Answers(connection.batch(&queries)?.into_iter());
    let Some(found) = super::client::client(answers.next(), answers.next())? else { return Ok(None) };
    let passes = answers.each(super::pass::columns)?;
    let accounts = answers.next().into_iter().map(super::account::account).collect::<Result<_>>()?;
    let cards = answers.next().into_iter().map(super::card::card).collect::<Result<_>>()?;
    let visits = answers.each(super::access::visit_columns)?;
    let gate = answers.each(|row| Ok((row.int()?, row.opt_instant()?)))?;
    let (visit_count, last_visit) = gate.into_iter().next().unwrap_or_default();
    let spent = answers.each(|row| {
        let currency: Currency = row.parsed()?;
        Ok(Money::new(row.int()?, currency))
    })?;
    let unpaid = answers.each(super::booking::columns)?;
    let holds = answers.each(|row| Ok((row.id()?, row.word(HoldState::from_text)?, row.instant()?)))?;
    let conflicts = answers.each(|row| Ok((row.id()?, row.instant()?)))?;
    let tags = answers.each(Row::text)?;
    let mut counted = answers.next().into_iter().next().unwrap_or_default();
    let counts = Counts {
        passes: counted.int()?,
        bookings: counted.int()?,
        holds: counted.int()?,
        conflicts: counted.int()?,
    };
    Ok(Some(Loaded {
        client: found,
        passes,
        accounts,
        cards,
        visits,
        visit_count,
        last_visit,
        spent,
        unpaid,
        holds,
        conflicts,
        tags,
        counts,
    }))
}

/// What is left: the lots of each pass, none of a time pass, and what can be spent from each money account.
pub(crate) fn rests(
    connection: &mut dyn Connection,
    passes: &[Pass],
    accounts: &[Account],
    at: Instant,
) -> Result<(Vec<Vec<Lot>>, Vec<i64>)> {
    let of_pass = passes.iter().filter_map(|pass| pass.account).map(|id| query!("account/lots.sql", id));
    let of_account = accounts.iter().map(|found| query!("account/available.sql", found.account, at));
    let queries: Vec<Query> = of_pass.chain(of_account).collect();
    let mut answers = Answers(connection.batch(&queries)?.into_iter());
    let mut lots = Vec::new();
    for pass in passes {
        lots.push(match pass.account {
            Some(_) => answers.each(super::account::lot_columns)?,
            None => Vec::new(),
        });
    }
    let mut available = Vec::new();
    for _ in accounts {
        available.push(answers.each(Row::int)?.into_iter().next().unwrap_or(0));
    }
    Ok((lots, available))
}
