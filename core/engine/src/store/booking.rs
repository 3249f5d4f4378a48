//! Bookings.

use super::value::{Query, opt, query};
use carnet_domain::booking::Booking;

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
