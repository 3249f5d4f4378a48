//! Bookings.

use super::value::{Connection, Query, Row, opt, query};
use crate::ops::booking::BookingView;
use carnet_domain::booking::{Booking, BookingState};
use carnet_domain::ids::Id;
use carnet_domain::{BookingId, ClientId, Instant, Result, VenueId, VisitId};

pub(super) fn columns(row: &mut Row) -> Result<Booking> {
    Ok(Booking {
        booking: row.id()?,
        version: row.int()?,
        client: row.id()?,
        venue: row.id()?,
        service: row.id()?,
        starts: row.instant()?,
        made: row.instant()?,
        state: row.word(BookingState::from_text)?,
        pass: row.opt_id()?,
        pass_use: row.opt_id()?,
        group: row.opt_id()?,
        visit: row.opt_id()?,
    })
}

/// One booking.
pub(crate) fn get(connection: &mut dyn Connection, id: BookingId) -> Result<Option<Booking>> {
    connection.first(query!("booking/get.sql", id))?.map(|mut row| columns(&mut row)).transpose()
}

/// Whether a use paid for a booking and was not reversed.
pub(crate) fn is_paid(connection: &mut dyn Connection, id: BookingId) -> Result<bool> {
    Ok(connection.first(query!("booking/is_paid.sql", id))?.is_some())
}

/// The bookings of a client that wait and that nothing pays, by their beginning.
pub(crate) fn unpaid(connection: &mut dyn Connection, client: ClientId, limit: i64) -> Result<Vec<Booking>> {
    connection.rows(query!("booking/unpaid.sql", client, limit))?.iter_mut().map(columns).collect()
}

/// The first visit of a booking's client there that began in a stretch of time and had not ended when the booking began.
pub(crate) fn visit(
    connection: &mut dyn Connection,
    booking: &Booking,
    from: Instant,
    until: Instant,
) -> Result<Option<VisitId>> {
    let (client, venue) = (booking.client, booking.venue);
    let query = query!("booking/visit.sql", client, venue, from, until, booking.starts);
    connection.first(query)?.map(|mut row| row.id()).transpose()
}

/// Whose bookings a list shows.
pub(crate) enum Listed {
    OfClient(ClientId),
    OfVenue(VenueId),
}

/// A page of bookings by their beginning.
pub(crate) fn list(
    connection: &mut dyn Connection,
    listed: &Listed,
    (from, to): (Instant, Instant),
    after: Option<&Booking>,
    limit: i64,
) -> Result<Vec<BookingView>> {
    let (starts, id) = after.map_or((Instant::MIN, 0), |after| (after.starts, after.booking.get()));
    let query = match listed {
        Listed::OfClient(client) => query!("booking/of_client.sql", *client, from, to, starts, id, limit),
        Listed::OfVenue(venue) => query!("booking/of_venue.sql", *venue, from, to, starts, id, limit),
    };
    let view = |row: &mut Row| {
        let booking = columns(row)?;
        Ok(BookingView { state: booking.state, is_paid: row.flag()?, booking })
    };
    connection.rows(query)?.iter_mut().map(view).collect()
}

/// Stores a booking.
pub(crate) fn put(booking: &Booking) -> Query {
    query!(
        "booking/put.sql",
        booking.booking,
        booking.version,
        booking.client,
        booking.venue,
        booking.service,
        booking.starts,
        booking.made,
        booking.state.as_str(),
        opt(booking.pass),
        opt(booking.pass_use),
        opt(booking.group),
        opt(booking.visit),
    )
}
