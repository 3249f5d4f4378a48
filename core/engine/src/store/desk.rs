//! What the desk asks about a day: who is there, how often they come, what is due.

use super::value::{Connection, Row, query};
use carnet_domain::booking::BookingState;
use carnet_domain::{ClientId, Date, Instant, PassId, Result, VenueId, VisitId, ZoneId};

/// A visit that was in an interval, with the name of the client.
pub(crate) struct Stayed {
    pub client: ClientId,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub visit: VisitId,
    pub venue: VenueId,
    pub entered: Instant,
    pub exited: Option<Instant>,
    pub pass: Option<PassId>,
}

/// Whose presence is asked about.
pub(crate) enum Whose {
    Client(ClientId),
    Venue(VenueId),
}

/// How many clients were there in an interval, and a page of their visits by their beginning, after one of them. Of a venue all
/// visits before the end of the interval are looked at: an index of exits would cost every exit more than this question is worth.
pub(crate) fn presence(
    connection: &mut dyn Connection,
    whose: &Whose,
    (from, until): (Instant, Instant),
    after: (Instant, i64),
    limit: i64,
) -> Result<(i64, Vec<Stayed>)> {
    let (at, id) = after;
    let queries = match whose {
        Whose::Client(client) => [
            query!("desk/present_of_client.sql", *client, from, until),
            query!("desk/presence_of_client.sql", *client, from, until, at, id, limit),
        ],
        Whose::Venue(venue) => [
            query!("desk/present_of_venue.sql", *venue, from, until),
            query!("desk/presence_of_venue.sql", *venue, from, until, at, id, limit),
        ],
    };
    let mut answers = connection.batch(&queries)?.into_iter();
    let count = match answers.next().and_then(|rows| rows.into_iter().next()) {
        Some(mut row) => row.int()?,
        None => 0,
    };
    let read = |mut row: Row| {
        Ok(Stayed {
            client: row.id()?,
            first_name: row.opt_text()?,
            last_name: row.opt_text()?,
            visit: row.id()?,
            venue: row.id()?,
            entered: row.instant()?,
            exited: row.opt_instant()?,
            pass: row.opt_id()?,
        })
    };
    let visits = answers.next().unwrap_or_default().into_iter().map(read).collect::<Result<_>>()?;
    Ok((count, visits))
}

/// A visit as the frequency asks for it.
pub(crate) struct Stay {
    pub client: ClientId,
    pub zone: ZoneId,
    pub venue: VenueId,
    pub entered: Instant,
    pub exited: Option<Instant>,
}

fn stay(row: &mut Row) -> Result<Stay> {
    Ok(Stay {
        client: row.id()?,
        zone: row.id()?,
        venue: row.id()?,
        entered: row.instant()?,
        exited: row.opt_instant()?,
    })
}

/// The visits of a client that began in an interval, and those before it that ended after an instant.
pub(crate) fn stays_of(
    connection: &mut dyn Connection,
    client: ClientId,
    (from, until): (Instant, Instant),
    ended_after: Instant,
) -> Result<Vec<Stay>> {
    let query = query!("desk/stays_of_client.sql", client, from, until, ended_after);
    connection.rows(query)?.iter_mut().map(stay).collect()
}

/// The visits of a venue that began in an interval.
pub(crate) fn stays_at(
    connection: &mut dyn Connection,
    venue: VenueId,
    (from, until): (Instant, Instant),
) -> Result<Vec<Stay>> {
    let query = query!("desk/stays_of_venue.sql", venue, from, until);
    connection.rows(query)?.iter_mut().map(stay).collect()
}

/// First and last name of some clients, in their order.
pub(crate) fn names(connection: &mut dyn Connection, clients: &[ClientId]) -> Result<Vec<String>> {
    let queries: Vec<_> = clients.iter().map(|client| query!("desk/names.sql", *client)).collect();
    let answers = connection.batch(&queries)?.into_iter();
    let name = |rows: Vec<Row>| match rows.into_iter().next() {
        Some(mut row) => Ok(joined(row.opt_text()?, row.opt_text()?)),
        None => Ok(String::new()),
    };
    answers.map(name).collect()
}

/// First and last name as one.
pub(crate) fn joined(first_name: Option<String>, last_name: Option<String>) -> String {
    let parts: Vec<String> = [first_name, last_name].into_iter().flatten().collect();
    parts.join(" ")
}

/// Clients who are not archived and were born on one of these days of the year, `05-31`: with name and date of birth.
pub(crate) fn birthdays(
    connection: &mut dyn Connection,
    days: (&str, &str),
    limit: i64,
) -> Result<Vec<(ClientId, String, Date)>> {
    let rows = connection.rows(query!("desk/birthdays.sql", days.0, days.1, limit))?;
    let read = |mut row: Row| {
        let client = row.id()?;
        Ok((client, joined(row.opt_text()?, row.opt_text()?), row.parsed()?))
    };
    rows.into_iter().map(read).collect()
}

/// Numbers of a venue's day.
pub(crate) struct Numbers {
    pub inside: i64,
    pub new_clients: i64,
    pub conflicts: i64,
    pub holds: i64,
}

/// Numbers of a venue's day, which lasts from one instant to another, and of now.
pub(crate) fn numbers(
    connection: &mut dyn Connection,
    (venue, zone): (VenueId, ZoneId),
    (from, until): (Instant, Instant),
    at: Instant,
) -> Result<Numbers> {
    let row = connection.first(query!("desk/day.sql", venue, zone, from, until, at))?;
    let mut row = row.ok_or_else(Row::wrong)?;
    Ok(Numbers { inside: row.int()?, new_clients: row.int()?, conflicts: row.int()?, holds: row.int()? })
}

/// The bookings of a venue that begin in an interval: of each state how many, and how many of those nothing pays.
pub(crate) fn bookings(
    connection: &mut dyn Connection,
    venue: VenueId,
    (from, until): (Instant, Instant),
) -> Result<Vec<(BookingState, i64, i64)>> {
    let rows = connection.rows(query!("desk/bookings.sql", venue, from, until))?;
    let read = |mut row: Row| Ok((row.word(BookingState::from_text)?, row.int()?, row.int()?));
    rows.into_iter().map(read).collect()
}

/// What a close of the day is going to write down: passes that have begun by themselves, lots whose time is over.
pub(crate) fn due(connection: &mut dyn Connection, venue: VenueId, at: Instant) -> Result<(i64, i64)> {
    match connection.first(query!("desk/due.sql", venue, at))? {
        Some(mut row) => Ok((row.int()?, row.int()?)),
        None => Ok((0, 0)),
    }
}
