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
