//! A plan held by a client: what was copied at the sale, its state at an instant, its recognition.

use crate::calendar::Zone;
use crate::client::ExternalId;
use crate::course::Course;
use crate::error::Result;
use crate::ids::{AccountId, CategoryId, ClientId, PassId, PlanId, ServiceId, VenueId};
use crate::life::{Dunning, Frozen, LifeRules};
use crate::money::{Currency, Money, Percent};
use crate::plan::{PlanTag, Validity, end_of_validity};
use crate::time::{Date, Instant};
use crate::usage::UseRules;

words! {
    /// What the desk did to a pass. What time does to it is [`PassState`].
    pub enum PassStatus {
        /// Nothing: it runs.
        Open "open",
        /// It was cancelled.
        Cancelled "cancelled",
        /// It was given to another client; another pass goes on.
        Transferred "transferred",
        /// It was changed for a pass of another plan.
        Replaced "replaced",
    }
    /// What a pass is at an instant.
    pub enum PassState {
        /// Sold, its start lies ahead.
        NotStarted "not_started",
        /// It can be used.
        Active "active",
        /// Nothing is left.
        Exhausted "exhausted",
        /// Its time is over.
        Expired "expired",
        /// It was cancelled.
        Cancelled "cancelled",
        /// Its plan was deleted; what is owed stays on the books.
        Suspended "suspended",
        /// It is frozen: it cannot be used, and its end has moved.
        Frozen "frozen",
        /// It was given to another client.
        Transferred "transferred",
        /// It was changed for a pass of another plan.
        Replaced "replaced",
    }
}

record! {
    /// A plan held by a client. Price, tax and rules were copied at the sale and never change with the plan.
    pub struct Pass {
        /// The id.
        pub pass: PassId,
        /// Grows by one with every change.
        pub version: i64,
        /// Who holds it.
        pub client: ClientId,
        /// The plan it was sold from.
        pub plan: PlanId,
        /// The venue that sold it; its books carry what is owed.
        pub venue: VenueId,
        /// Time, credit or visits.
        pub kind: PlanTag,
        /// The name of the plan at the sale.
        pub name: Option<String>,
        /// Passes of a lower number pay first.
        pub priority: i32,
        /// When it was sold.
        pub sold: Instant,
        /// Its first instant; none until the first use.
        pub starts: Option<Instant>,
        /// It starts at this instant at the latest.
        pub latest_start: Option<Instant>,
        /// The instant at which it has ended; none for ever.
        pub ends: Option<Instant>,
        /// How long it lasts from its start.
        pub validity: Option<Validity>,
        /// What the desk did to it.
        pub status: PassStatus,
        /// When it was cancelled, transferred or replaced.
        pub closed: Option<Instant>,
        /// The price paid, tax included.
        pub price: Money,
        /// The price net of tax: what is recognised over its life.
        pub value: Money,
        /// The tax contained in the price.
        pub tax: Percent,
        /// The account of its visits or credit; none for time.
        pub account: Option<AccountId>,
        /// The services it covers. With `categories` empty too, everything.
        pub services: Vec<ServiceId>,
        /// The categories it covers.
        pub categories: Vec<CategoryId>,
        /// The venues where it can be used. Empty: all.
        pub venues: Vec<VenueId>,
        /// For whom, where and when it can be used, and how often.
        #[serde(default)]
        pub usage: UseRules,
        /// What may be done with it.
        #[serde(default)]
        pub life: LifeRules,
        /// When it is frozen, in order and apart from each other. Its end has moved by these days already.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub frozen: Vec<Frozen>,
        /// The first day of the row of renewals that it belongs to: its end is counted from here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub anchor: Option<Date>,
        /// Which period of that row it is, from 0 on.
        #[serde(default)]
        pub term: i32,
        /// The pass that it renews, or takes over from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub previous: Option<PassId>,
        /// The pass that renews it, or takes over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<PassId>,
        /// Whether it renews by itself.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub auto_renew: bool,
        /// It was cancelled for its end: it goes on until then.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub cancel_at_end: bool,
        /// The payment of its renewal has failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dunning: Option<Dunning>,
        /// Notes for the reception.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub notes: Option<String>,
        /// Of a time pass whose course was changed: the value recognised until then, net of tax. The rest is spread over the
        /// days that were left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub recognised: Option<Money>,
        /// The last instant of the day of that change: the rest is spread over the days from here on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub recognised_until: Option<Instant>,
        /// Keys in other systems.
        pub external_ids: Vec<ExternalId>,
    }
}

impl Pass {
    /// The start and end that hold at an instant: a pass that waits for its first use starts by itself
    /// when its latest start is reached, whether or not anything has been written.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn span_at(&self, at: Instant, zone: Zone) -> Result<(Option<Instant>, Option<Instant>)> {
        self.term().span_at(at, zone)
    }

    /// The end of this pass if it starts at `start`.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn end_when_started(&self, start: Instant, zone: Zone) -> Result<Option<Instant>> {
        self.term().end_when_started(start, zone)
    }

    fn term(&self) -> Term<'_> {
        Term {
            kind: self.kind,
            status: self.status,
            starts: self.starts,
            latest_start: self.latest_start,
            ends: self.ends,
            validity: self.validity.as_ref(),
            frozen: &self.frozen,
        }
    }

    /// Its end, or the end of time while none is known: by this the door looks it up.
    #[must_use]
    pub fn live_until(&self) -> Instant {
        self.term().live_until()
    }

    /// What the pass is at an instant. `rest` is what its account holds; `plan_deleted` suspends it.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn state_at(
        &self,
        at: Instant,
        zone: Zone,
        rest: Option<i64>,
        plan_deleted: bool,
    ) -> Result<PassState> {
        self.term().state_at(at, zone, rest, plan_deleted)
    }

    /// The part of the value of a time pass that is earned at an instant: equal parts per local day, frozen days left
    /// out, a day counted from its beginning. Zero for the other kinds, whose value is earned use by use.
    ///
    /// # Errors
    /// `overflow`, or `out_of_range` beyond the calendar.
    pub fn earned_by_time(&self, at: Instant, zone: Zone) -> Result<i64> {
        if self.kind != PlanTag::Time {
            return Ok(0);
        }
        let fixed = self.recognised.map(Money::minor).zip(self.recognised_until);
        let (Some(starts), ends) = self.span_at(at, zone)? else {
            return Ok(fixed.map_or(0, |(done, _)| done));
        };
        let course = Course { value: self.value.minor(), starts, ends, frozen: &self.frozen, fixed };
        course.earned(at, zone)
    }
}

/// What the door needs of a pass.
#[derive(Debug, Clone, PartialEq)]
pub struct DoorPass {
    /// The id.
    pub pass: PassId,
    /// The plan it was sold from.
    pub plan: PlanId,
    /// The venue that sold it.
    pub venue: VenueId,
    /// Time, credit or visits.
    pub kind: PlanTag,
    /// Passes of a lower number pay first.
    pub priority: i32,
    /// When it was sold.
    pub sold: Instant,
    /// Its first instant; none until the first use.
    pub starts: Option<Instant>,
    /// It starts at this instant at the latest.
    pub latest_start: Option<Instant>,
    /// The instant at which it has ended; none for ever.
    pub ends: Option<Instant>,
    /// How long it lasts from its start.
    pub validity: Option<Validity>,
    /// What the desk did to it.
    pub status: PassStatus,
    /// The currency of its price and value.
    pub currency: Currency,
    /// The account of its visits or credit; none for time.
    pub account: Option<AccountId>,
    /// The services it covers. With `categories` empty too, everything.
    pub services: Vec<ServiceId>,
    /// The categories it covers.
    pub categories: Vec<CategoryId>,
    /// The venues where it can be used. Empty: all.
    pub venues: Vec<VenueId>,
    /// For whom, where and when it can be used, and how often.
    pub usage: UseRules,
    /// When it is frozen.
    pub frozen: Vec<Frozen>,
    /// A visit while it is frozen ends the freeze.
    pub freeze_ends_by_visit: bool,
}

impl DoorPass {
    /// As [`Pass::span_at`].
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn span_at(&self, at: Instant, zone: Zone) -> Result<(Option<Instant>, Option<Instant>)> {
        self.term().span_at(at, zone)
    }

    /// As [`Pass::end_when_started`].
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn end_when_started(&self, start: Instant, zone: Zone) -> Result<Option<Instant>> {
        self.term().end_when_started(start, zone)
    }

    /// As [`Pass::state_at`].
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn state_at(
        &self,
        at: Instant,
        zone: Zone,
        rest: Option<i64>,
        plan_deleted: bool,
    ) -> Result<PassState> {
        self.term().state_at(at, zone, rest, plan_deleted)
    }

    /// Its end, or the end of time while none is known.
    #[must_use]
    pub fn live_until(&self) -> Instant {
        self.term().live_until()
    }

    fn term(&self) -> Term<'_> {
        Term {
            kind: self.kind,
            status: self.status,
            starts: self.starts,
            latest_start: self.latest_start,
            ends: self.ends,
            validity: self.validity.as_ref(),
            frozen: &self.frozen,
        }
    }
}

/// What the state of a pass is made of.
struct Term<'a> {
    kind: PlanTag,
    status: PassStatus,
    starts: Option<Instant>,
    latest_start: Option<Instant>,
    ends: Option<Instant>,
    validity: Option<&'a Validity>,
    frozen: &'a [Frozen],
}

impl Term<'_> {
    fn live_until(&self) -> Instant {
        if self.starts.is_none() { Instant::FOREVER } else { self.ends.unwrap_or(Instant::FOREVER) }
    }

    fn span_at(&self, at: Instant, zone: Zone) -> Result<(Option<Instant>, Option<Instant>)> {
        match (self.starts, self.latest_start) {
            (None, Some(latest)) if latest <= at => Ok((Some(latest), self.end_when_started(latest, zone)?)),
            _ => Ok((self.starts, self.ends)),
        }
    }

    fn end_when_started(&self, start: Instant, zone: Zone) -> Result<Option<Instant>> {
        match self.validity {
            None => Ok(self.ends),
            Some(validity) => end_of_validity(validity, zone.date_of(start), zone).map(Some),
        }
    }

    fn state_at(&self, at: Instant, zone: Zone, rest: Option<i64>, plan_deleted: bool) -> Result<PassState> {
        let (starts, ends) = self.span_at(at, zone)?;
        let closed = match self.status {
            PassStatus::Open => None,
            PassStatus::Cancelled => Some(PassState::Cancelled),
            PassStatus::Transferred => Some(PassState::Transferred),
            PassStatus::Replaced => Some(PassState::Replaced),
        };
        Ok(if let Some(closed) = closed {
            closed
        } else if plan_deleted {
            PassState::Suspended
        } else if ends.is_some_and(|end| end <= at) {
            PassState::Expired
        } else if self.kind != PlanTag::Time && rest == Some(0) {
            PassState::Exhausted
        } else if starts.is_none_or(|start| at < start) {
            PassState::NotStarted
        } else if frozen_at(self.frozen, at) {
            PassState::Frozen
        } else {
            PassState::Active
        })
    }
}

/// Whether one of these stretches holds an instant.
fn frozen_at(frozen: &[Frozen], at: Instant) -> bool {
    frozen.iter().any(|one| one.from <= at && at < one.until)
}
