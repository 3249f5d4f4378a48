//! What a door needs: the facts of a decision, visits, presence, attempts.

use super::account::lot_columns;
use super::pass::door;
use super::value::{Connection, Query, Row, opt, query};
use carnet_domain::calendar::Zone;
use carnet_domain::client::{CardState, Sex};
use carnet_domain::coverage::{Counted, Windows};
use carnet_domain::decision::{DenyReason, EntryFacts, HeldPass};
use carnet_domain::visit::{Attempt, Conflict, Visit};
use carnet_domain::{CardId, ClientId, ConflictId, Instant, PassId, Result, VenueId, VisitId, ZoneId};

/// Passes that ended longer ago than this are not looked at: for the door they never were. 400 days.
const LOOK_BACK: i64 = 400 * 86_400 * 1_000_000;

/// How a client is recognised.
pub(crate) enum Who<'a> {
    Card(&'a str),
    Client(ClientId),
}

/// The facts of a decision, the card shown, and the version that the configuration had when they were read.
pub(crate) struct Found {
    pub config_version: i64,
    pub card: Option<CardId>,
    /// When the visit that has not ended began.
    pub entered: Option<Instant>,
    pub facts: EntryFacts,
}

/// Asks for all that a decision rests on.
pub(crate) fn facts_query(who: &Who<'_>, zone: ZoneId, at: Instant) -> Query {
    let since = at.micros().saturating_sub(LOOK_BACK);
    match who {
        Who::Card(uid) => query!("access/by_card.sql", *uid, zone, since),
        Who::Client(client) => query!("access/by_client.sql", *client, zone, since),
    }
}

/// Loads all that a decision rests on, in one statement.
pub(crate) fn facts(
    connection: &mut dyn Connection,
    who: &Who<'_>,
    zone: ZoneId,
    at: Instant,
) -> Result<Option<Found>> {
    let rows = connection.rows(facts_query(who, zone, at))?;
    found(rows, at)
}

/// Counts anew what is held of lots whose holds may be over now, whenever it is that is asked about.
pub(crate) fn recount(connection: &mut dyn Connection, facts: &mut EntryFacts, at: Instant) -> Result<()> {
    facts.passes.iter_mut().try_for_each(|held| super::hold::recount(connection, &mut held.lots, at))
}

/// The same for many clients in one exchange; nothing of those who do not exist.
pub(crate) fn facts_of(
    connection: &mut dyn Connection,
    clients: &[ClientId],
    zone: ZoneId,
    at: Instant,
) -> Result<Vec<EntryFacts>> {
    let queries: Vec<Query> =
        clients.iter().map(|client| facts_query(&Who::Client(*client), zone, at)).collect();
    let answers = connection.batch(&queries)?.into_iter();
    let found = answers.filter_map(|rows| found(rows, at).transpose());
    found.map(|found| Ok(found?.facts)).collect()
}

fn found(rows: Vec<Row>, at: Instant) -> Result<Option<Found>> {
    let since = at.micros().saturating_sub(LOOK_BACK);
    let mut rows = rows.into_iter();
    let Some(mut first) = rows.next() else { return Ok(None) };
    let mut found = head(&mut first)?;
    // The rows of one client say the same of a pass for each of its lots.
    let said = first.opt_str()?.unwrap_or_default();
    passes(said, since, &mut found.facts.passes)?;
    let mut said = if rows.len() > 0 { said.to_owned() } else { String::new() };
    lot(&mut first, &mut found.facts.passes)?;
    for mut row in rows {
        row.skip(HEAD_COLUMNS);
        let facts = row.opt_str()?.unwrap_or_default();
        if facts != said {
            passes(facts, since, &mut found.facts.passes)?;
            facts.clone_into(&mut said);
        }
        lot(&mut row, &mut found.facts.passes)?;
    }
    // As the text of the gate has them: what is said of them comes in one order from every store.
    found.facts.passes.sort_by_key(|held| held.pass.pass);
    Ok(Some(found))
}

const HEAD_COLUMNS: usize = 9;

fn head(row: &mut Row) -> Result<Found> {
    let (config_version, card) = (row.int()?, row.opt_id()?);
    let card_state = row.opt_word(CardState::from_text)?;
    let (client, archived, sex) = (row.id()?, row.flag()?, row.opt_word(Sex::from_text)?);
    let (last_exit, inside, entered) = (row.opt_instant()?, row.opt_id()?, row.opt_instant()?);
    let (birth_date, passes) = (None, Vec::new());
    let facts = EntryFacts { card: card_state, client, archived, sex, birth_date, inside, last_exit, passes };
    Ok(Found { config_version, card, entered, facts })
}

/// The passes of a text of the gate: those that the door looks at.
fn passes(mut facts: &str, since: i64, passes: &mut Vec<HeldPass>) -> Result<()> {
    while !facts.is_empty() {
        let pass = door(&mut facts)?;
        // A server may give the rows of one pass between those of another.
        let is_known = passes.iter().any(|held| held.pass.pass == pass.pass);
        if !is_known && pass.live_until().micros() > since {
            passes.push(HeldPass { pass, lots: Vec::new(), plan_deleted: false, counted: None });
        }
    }
    Ok(())
}

/// Loads what few passes ask for: how often they were used, and the age of the client. No statement for the others.
pub(crate) fn asked_by_rules(
    connection: &mut dyn Connection,
    facts: &mut EntryFacts,
    at: Instant,
    zone: Zone,
) -> Result<()> {
    if facts.passes.iter().any(|held| held.pass.usage.has_ages()) {
        let row = connection.first(query!("access/birth_date.sql", facts.client))?;
        facts.birth_date = row.map(|mut row| row.opt_parsed()).transpose()?.flatten();
    }
    let mut counting: Vec<&mut HeldPass> =
        facts.passes.iter_mut().filter(|held| held.pass.usage.counts()).collect();
    if counting.is_empty() {
        return Ok(());
    }
    let Windows { day, week, month } = Windows::around(at, zone)?;
    let query = |held: &&mut HeldPass| {
        // All uses are counted only where there is a limit to them: the others have a window at most.
        let since = if held.pass.usage.in_all.is_some() { Instant::MIN } else { Instant::FOREVER };
        let pass = held.pass.pass;
        query!("access/counted.sql", pass, at, day.0, day.1, week.0, week.1, month.0, month.1, since)
    };
    let queries: Vec<Query> = counting.iter().map(query).collect();
    let answers = connection.batch(&queries)?;
    for (held, rows) in counting.iter_mut().zip(answers) {
        let Some(mut row) = rows.into_iter().next() else { continue };
        held.counted = Some(Counted {
            day: row.int()?,
            week: row.int()?,
            month: row.int()?,
            all: row.int()?,
            before: row.opt_instant()?,
            after: row.opt_instant()?,
        });
    }
    Ok(())
}

/// The columns of a lot, empty where there is none.
fn lot(row: &mut Row, passes: &mut [HeldPass]) -> Result<()> {
    if row.peek_int().is_some() {
        let lot = lot_columns(row)?;
        // Most rows come pass by pass: the last that was read is most likely the one.
        if let Some(held) = passes.iter_mut().rev().find(|held| held.pass.account == Some(lot.account)) {
            held.lots.push(lot);
        }
    }
    Ok(())
}

/// Asks for the visit of a client that has not ended.
pub(crate) fn inside_query(zone: ZoneId, client: ClientId) -> Query {
    query!("access/inside.sql", zone, client)
}

/// The visit of a client that has not ended, and when it began.
pub(crate) fn inside(
    connection: &mut dyn Connection,
    zone: ZoneId,
    client: ClientId,
) -> Result<Option<(VisitId, Instant)>> {
    match connection.first(inside_query(zone, client))? {
        Some(mut row) => Ok(Some((row.id()?, row.instant()?))),
        None => Ok(None),
    }
}

/// Asks for the client of a card, with the visit that has not ended.
pub(crate) fn inside_by_card_query(zone: ZoneId, uid: &str) -> Query {
    query!("access/inside_by_card.sql", zone, uid)
}

/// A client, with the visit that has not ended and when it began.
pub(crate) type Visitor = (ClientId, Option<(VisitId, Instant)>);

/// The client of a card, with the visit that has not ended. Nothing if there is no such card.
pub(crate) fn inside_by_card(
    connection: &mut dyn Connection,
    zone: ZoneId,
    uid: &str,
) -> Result<Option<Visitor>> {
    let Some(mut row) = connection.first(inside_by_card_query(zone, uid))? else { return Ok(None) };
    let client = row.id()?;
    let visit = row.opt_id()?.zip(row.opt_instant()?);
    Ok(Some((client, visit)))
}

/// Asks when a client last left a zone, after one instant and not after another.
pub(crate) fn last_exit_query(who: &Who<'_>, zone: ZoneId, after: Instant, at: Instant) -> Query {
    match who {
        Who::Card(uid) => query!("access/last_exit_by_card.sql", *uid, zone, after, at),
        Who::Client(client) => query!("access/last_exit.sql", *client, zone, after, at),
    }
}

/// When a client last left a zone, after one instant and not after another.
pub(crate) fn last_exit(
    connection: &mut dyn Connection,
    who: &Who<'_>,
    zone: ZoneId,
    after: Instant,
    at: Instant,
) -> Result<Option<Instant>> {
    match connection.first(last_exit_query(who, zone, after, at))? {
        Some(mut row) => row.opt_instant(),
        None => Ok(None),
    }
}

/// Stores a visit that begins, or a late one that has ended already.
pub(crate) fn put_visit(visit: &Visit, queries: &mut Vec<Query>) {
    queries.push(query!(
        "access/visit_put.sql",
        visit.visit,
        visit.client,
        visit.venue,
        visit.zone,
        opt(visit.service),
        visit.entered,
        opt(visit.exited),
        opt(visit.pass),
    ));
    queries.push(match visit.exited {
        None => query!("access/presence_put.sql", visit.zone, visit.client, visit.visit, visit.entered),
        Some(exited) => query!("access/gate_exit.sql", visit.client, exited, false),
    });
    queries.push(query!("access/gate_enter.sql", visit.client, visit.entered, visit.exited.is_none()));
}

/// Stores that a visit ended.
pub(crate) fn end_visit(
    visit: VisitId,
    client: ClientId,
    zone: ZoneId,
    at: Instant,
    queries: &mut Vec<Query>,
) {
    queries.push(query!("access/visit_end.sql", visit, at));
    queries.push(query!("access/presence_end.sql", zone, client));
    queries.push(query!("access/gate_exit.sql", client, at, true));
}

/// Stores a refused attempt.
pub(crate) fn put_attempt(attempt: &Attempt) -> Query {
    query!(
        "access/attempt_put.sql",
        attempt.attempt,
        attempt.at,
        attempt.venue,
        opt(attempt.client),
        opt(attempt.card),
        attempt.reason.as_str(),
        opt(attempt.operator),
    )
}

/// One client inside, as the list shows it.
pub(crate) struct Inside {
    pub client: ClientId,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub visit: VisitId,
    pub since: Instant,
    pub pass: Option<PassId>,
    pub card: Option<CardId>,
}

/// How many clients are inside a zone, and a page of them.
pub(crate) fn who_is_in(
    connection: &mut dyn Connection,
    zone: ZoneId,
    after: i64,
    limit: i64,
) -> Result<(i64, Vec<Inside>)> {
    let queries = [query!("access/count_in.sql", zone), query!("access/who_is_in.sql", zone, after, limit)];
    let mut answers = connection.batch(&queries)?.into_iter();
    let count = match answers.next().and_then(|rows| rows.into_iter().next()) {
        Some(mut row) => row.int()?,
        None => 0,
    };
    let clients = answers
        .next()
        .unwrap_or_default()
        .into_iter()
        .map(|mut row| {
            Ok(Inside {
                client: row.id()?,
                first_name: row.opt_text()?,
                last_name: row.opt_text()?,
                visit: row.id()?,
                since: row.instant()?,
                pass: row.opt_id()?,
                card: row.opt_id()?,
            })
        })
        .collect::<Result<_>>()?;
    Ok((count, clients))
}

/// Reads the columns of a visit.
pub(super) fn visit_columns(row: &mut Row) -> Result<Visit> {
    Ok(Visit {
        visit: row.id()?,
        client: row.id()?,
        venue: row.id()?,
        zone: row.id()?,
        service: row.opt_id()?,
        entered: row.instant()?,
        exited: row.opt_instant()?,
        pass: row.opt_id()?,
    })
}

/// Stores a conflict.
pub(crate) fn put_conflict(conflict: &Conflict) -> Query {
    query!(
        "access/conflict_put.sql",
        conflict.conflict,
        conflict.at,
        conflict.made,
        conflict.venue,
        conflict.client,
        opt(conflict.visit),
        conflict.reason.as_str(),
        opt(conflict.settled),
        opt(conflict.note.as_ref()),
    )
}

/// One conflict.
pub(crate) fn conflict(connection: &mut dyn Connection, id: ConflictId) -> Result<Option<Conflict>> {
    let row = connection.first(query!("access/conflict_get.sql", id))?;
    row.map(|mut row| conflict_columns(&mut row)).transpose()
}

/// The conflicts of a venue after one, in the order in which they were entered.
pub(crate) fn conflicts(
    connection: &mut dyn Connection,
    venue: VenueId,
    settled_too: bool,
    after: ConflictId,
    limit: i64,
) -> Result<Vec<Conflict>> {
    let query = if settled_too {
        query!("access/conflicts_all.sql", venue, after, limit)
    } else {
        query!("access/conflicts_open.sql", venue, after, limit)
    };
    connection.rows(query)?.iter_mut().map(conflict_columns).collect()
}

fn conflict_columns(row: &mut Row) -> Result<Conflict> {
    Ok(Conflict {
        conflict: row.id()?,
        at: row.instant()?,
        made: row.instant()?,
        venue: row.id()?,
        client: row.id()?,
        visit: row.opt_id()?,
        reason: row.word(DenyReason::from_text)?,
        settled: row.opt_instant()?,
        note: row.opt_text()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnet_domain::ids::Id;

    /// A row of `by_client.sql` on a client with the passes 1 and 2 and their accounts 11 and 12.
    fn row(pass: i64, lot: i64) -> Row {
        let mut row = Row::with_width(HEAD_COLUMNS + 15);
        let account = pass.saturating_add(10);
        row.push_int(1);
        row.push_null();
        row.push_null();
        row.push_int(7);
        row.push_int(0);
        (0..4).for_each(|_| row.push_null());
        row.push_text(format!("{pass}|9|9|visits|0|0|0||||open|EUR|{account}|[]|[]|[]|||").as_bytes());
        for value in [lot, account, 10, 10, 0] {
            row.push_int(value);
        }
        row.push_null();
        for value in [0, 0, Instant::FOREVER.micros(), 0] {
            row.push_int(value);
        }
        row.push_text(b"paid");
        (0..3).for_each(|_| row.push_int(0));
        row
    }

    #[test]
    fn a_pass_is_one_and_has_all_its_lots_in_whatever_order_a_server_gives_the_rows() {
        let at = Instant::from_micros(0).expect("an instant");
        for order in [[(1, 21), (1, 22), (2, 23)], [(1, 21), (2, 23), (1, 22)], [(2, 23), (1, 22), (1, 21)]] {
            let rows = order.map(|(pass, lot)| row(pass, lot)).into();
            let facts = found(rows, at).expect("rows as they are written").expect("a client").facts;
            let seen: Vec<_> = facts
                .passes
                .iter()
                .map(|held| {
                    let mut lots: Vec<_> = held.lots.iter().map(|lot| lot.lot.get()).collect();
                    lots.sort_unstable();
                    (held.pass.pass.get(), lots)
                })
                .collect();
            assert_eq!(seen, [(1, vec![21, 22]), (2, vec![23])], "{order:?}");
        }
    }
}
