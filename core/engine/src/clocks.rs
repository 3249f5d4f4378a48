//! The clocks of venues inside one transaction: read once, moved in memory, written once before the commit.
//!
//! Only the latest time is kept back. Who reads it inside a transaction reads it here.

use crate::store::journal::{self, VenueClock};
use crate::store::value::{Connection, Query};
use carnet_domain::{Instant, Result, VenueId};

#[derive(Debug, Clone)]
struct Kept {
    venue: VenueId,
    clock: VenueClock,
    /// Whether `clock` is as the store has it, but for the latest time.
    read: bool,
    /// Whether the latest time must be written.
    moved: bool,
}

/// What the open transaction knows of the clocks. A store has few venues, a transaction meets one or two.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clocks(Vec<Kept>);

impl Clocks {
    /// With that of a venue, which was read already.
    #[cfg(feature = "postgres")]
    pub fn knowing(venue: VenueId, clock: VenueClock) -> Self {
        Self(vec![Kept { venue, clock, read: true, moved: false }])
    }

    /// The clock of a venue.
    pub fn get(&mut self, connection: &mut dyn Connection, venue: VenueId) -> Result<VenueClock> {
        if let Some(kept) = self.0.iter().find(|kept| kept.venue == venue && kept.read) {
            return Ok(kept.clock);
        }
        let mut clock = journal::clock(connection, venue)?;
        match self.0.iter_mut().find(|kept| kept.venue == venue) {
            Some(kept) => {
                clock.high_water = clock.high_water.max(kept.clock.high_water);
                (kept.clock, kept.read) = (clock, true);
            }
            None => self.0.push(Kept { venue, clock, read: true, moved: false }),
        }
        Ok(clock)
    }

    /// Moves the clock of a venue forward.
    pub fn advance(&mut self, venue: VenueId, at: Instant) {
        match self.0.iter_mut().find(|kept| kept.venue == venue) {
            Some(kept) => {
                kept.clock.high_water = kept.clock.high_water.max(Some(at));
                kept.moved = true;
            }
            None => {
                let clock = VenueClock { high_water: Some(at), ..VenueClock::default() };
                self.0.push(Kept { venue, clock, read: false, moved: true });
            }
        }
    }

    /// A day was opened or closed: the rest of the clock must be read again.
    pub fn forget_days(&mut self) {
        self.0.iter_mut().for_each(|kept| kept.read = false);
    }

    /// The statements that write what has moved.
    pub fn take(&mut self) -> Vec<Query> {
        let moved = std::mem::take(&mut self.0).into_iter().filter(|kept| kept.moved);
        moved.filter_map(|kept| Some(journal::advance_clock(kept.venue, kept.clock.high_water?))).collect()
    }
}
