//! What an operation works with: its facts, its time, new ids, and the changes it adds.

use crate::call::Call;
use crate::changes::Change;
use crate::ids::Ids;
use crate::store::config::Config;
use crate::store::journal::VenueClock;
use crate::store::value::Connection;
use carnet_domain::calendar::Zone;
use carnet_domain::client::ExternalId;
use carnet_domain::ids::Id;
use carnet_domain::switches::{self, Switch};
use carnet_domain::venue::Venue;
use carnet_domain::{Date, Error, Instant, Reason, Result, VenueId};
use std::sync::Arc;

/// The surroundings of one operation.
pub(crate) struct Work<'a> {
    pub connection: &'a mut dyn Connection,
    pub ids: Option<&'a mut Ids>,
    pub config: Arc<Config>,
    /// A statement of this operation saw that `config` is as of this version of the store.
    pub config_seen: bool,
    pub call: &'a Call,
    pub at: Instant,
    pub venue: Option<VenueId>,
    pub clock: VenueClock,
    /// The time of the request is refused; only a door asks, every other operation has failed before.
    pub clock_refused: bool,
    pub changes: Vec<Change>,
}

impl Work<'_> {
    /// The database, for the loaders of the store.
    pub fn db(&mut self) -> &mut dyn Connection {
        self.connection
    }

    /// A new id.
    pub fn id<T: Id>(&mut self) -> Result<T> {
        match self.ids.as_deref_mut() {
            Some(ids) => ids.next(self.connection),
            None => Err(Error::new(Reason::Internal).with("what", "a reading operation asked for an id")),
        }
    }

    /// Adds a change.
    pub fn add(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// The venue of the operation.
    pub fn venue(&self) -> Result<&Venue> {
        let id = self.venue.ok_or_else(|| Error::field(Reason::Required, "venue"))?;
        self.config.venues.get(&id).ok_or_else(|| Error::field(Reason::VenueNotFound, "venue"))
    }

    /// Refuses what the venue of the operation has switched off; nothing is, where it belongs to none.
    pub fn require(&self, switch: Switch, field: &str) -> Result<()> {
        let venue = self.venue.and_then(|id| self.config.venues.get(&id));
        venue.map_or(Ok(()), |venue| switches::require(&venue.switched_off, switch, field))
    }

    /// When it was entered: for what comes late the latest time that its venue has seen.
    pub fn entered(&self) -> Instant {
        self.clock.high_water.map_or(self.at, |high| high.max(self.at))
    }

    /// When the time of a hold is up. What comes late takes of what has rest now: a hold that ended in between holds nothing,
    /// whether or not anybody has written that down.
    pub fn holds_end(&self) -> Instant {
        if self.call.late.is_some() { self.entered() } else { self.at }
    }

    /// The zone of a venue's days.
    pub fn zone_of(&self, venue: VenueId) -> Result<Zone> {
        let venue = self.config.venues.get(&venue).ok_or(Reason::VenueNotFound)?;
        Ok(venue.time_zone)
    }

    /// The business date that entries are posted to: that of the open day, else the date in the venue's zone.
    pub fn business_date(&self) -> Result<Date> {
        match self.clock.open_date {
            Some(date) => Ok(date),
            None => Ok(self.venue()?.time_zone.date_of(self.at)),
        }
    }

    /// Refuses keys in other systems that belong to another entity of the kind or are given twice.
    pub fn refuse_taken<T: Id>(
        &mut self,
        of: Option<T>,
        external_ids: &[ExternalId],
        field: &str,
    ) -> Result<()> {
        for (index, external) in external_ids.iter().enumerate() {
            let here = || format!("{field}.{index}");
            let twice = external_ids.iter().take(index).any(|other| other == external);
            if twice {
                return Err(Error::field(Reason::AlreadyExists, here()));
            }
            let query = crate::store::config::external_id_owner(T::KIND, external);
            let owner = self.db().first(query)?.map(|mut row| row.int()).transpose()?;
            if owner.is_some_and(|owner| of.is_none_or(|id| owner != id.get())) {
                return Err(Error::field(Reason::ExternalIdTaken, here()));
            }
        }
        Ok(())
    }
}

/// Refuses a version that is not the one stored.
pub(crate) fn refuse_stale(expected: Option<i64>, found: i64) -> Result<()> {
    let Some(expected) = expected else { return Ok(()) };
    if crate::input::range(expected, "expected_version", 1, i64::MAX)? == found {
        return Ok(());
    }
    Err(Error::field(Reason::StaleVersion, "expected_version")
        .with("expected", expected)
        .with("found", found))
}

/// Refuses a field that is to be set and cleared at once.
pub(crate) fn refuse_both(set: bool, index: usize) -> Result<()> {
    if set { Err(Error::field(Reason::Contradiction, format!("clear.{index}"))) } else { Ok(()) }
}

/// The version after this one.
pub(crate) fn next_version(version: i64) -> Result<i64> {
    version.checked_add(1).ok_or_else(|| Reason::Overflow.into())
}
