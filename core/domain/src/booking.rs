//! A booking: a service for a client at an instant to come.

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
        /// The client did not come.
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
        /// The visit in which it was attended.
        pub visit: Option<VisitId>,
    }
}
