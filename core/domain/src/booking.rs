//! A booking: a service for a client at an instant to come.

use crate::calendar::Zone;
use crate::course::end_of_day;
use crate::error::Result;
use crate::ids::{BookingId, ClientId, GroupId, PassId, ServiceId, UseId, VenueId, VisitId};
use crate::time::Instant;

words! {
    /// What became of a booking.
    pub enum BookingState {
        /// It was made.
        Booked "booked",
        /// The client came.
        Attended "attended",
        /// It was called off.
        Cancelled "cancelled",
        /// The client did not come, and its day is over. Nobody writes that down: see [`Booking::state_at`].
        Missed "missed",
    }
}

record! {
    /// A service for a client at an instant to come.
    pub struct Booking {
        /// The id.
        pub booking: BookingId,
        /// Grows by one with every change.
        pub version: i64,
        /// Who comes.
        pub client: ClientId,
        /// Where.
        pub venue: VenueId,
        /// For what.
        pub service: ServiceId,
        /// When it begins.
        pub starts: Instant,
        /// When it was made.
        pub made: Instant,
        /// What became of it.
        pub state: BookingState,
        /// The pass that pays, or is going to when it is attended; none while nothing does.
        pub pass: Option<PassId>,
        /// The use that paid.
        pub pass_use: Option<UseId>,
        /// The transfers of that use.
        pub group: Option<GroupId>,
        /// The visit in which it was attended, where the client came in by a door.
        pub visit: Option<VisitId>,
    }
}

impl Booking {
    /// What it is at an instant: missed once the local day on which it begins is over and nobody wrote down that the client
    /// came. What it took stays taken, and it can still be attended or called off.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn state_at(&self, at: Instant, zone: Zone) -> Result<BookingState> {
        let over = self.state == BookingState::Booked && end_of_day(zone, self.starts)? <= at;
        Ok(if over { BookingState::Missed } else { self.state })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::BookingId;

    fn instant(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_booking_is_missed_once_its_local_day_is_over() {
        // 23:00 in Bucharest, which is three hours ahead in June: its day ends at 21:00 of UTC.
        let zone = "Europe/Bucharest".parse().expect("a zone");
        let booked = Booking {
            booking: BookingId(1),
            version: 1,
            client: ClientId(1),
            venue: VenueId(1),
            service: ServiceId(1),
            starts: instant("2026-06-10T20:00:00Z"),
            made: instant("2026-06-01T08:00:00Z"),
            state: BookingState::Booked,
            pass: None,
            pass_use: None,
            group: None,
            visit: None,
        };
        let at =
            |booking: &Booking, text: &str| booking.state_at(instant(text), zone).expect("in the calendar");
        assert_eq!(at(&booked, "2026-06-10T20:59:59.999999Z"), BookingState::Booked);
        assert_eq!(at(&booked, "2026-06-10T21:00:00Z"), BookingState::Missed);
        for state in [BookingState::Attended, BookingState::Cancelled] {
            let done = Booking { state, ..booked.clone() };
            assert_eq!(at(&done, "2026-06-11T08:00:00Z"), state);
        }
    }
}
