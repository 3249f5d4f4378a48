//! The definition of a package: its kind, what it covers, when it starts and how long it lasts.

use crate::calendar::{self, Period, Zone};
use crate::client::ExternalId;
use crate::error::{Error, Reason, Result};
use crate::ids::{CategoryId, PlanId, ServiceId, VenueId};
use crate::life::LifeRules;
use crate::money::{Money, Percent};
use crate::time::{Date, Instant};
use crate::usage::UseRules;

choice! {
    /// How long a pass lasts.
    pub enum Validity {
        /// A number of days, weeks, months or years. The first day counts whole.
        Period(Period),
        /// Through this day, in the venue's zone.
        Through(Date),
    }

    /// What a plan gives. The quantity is apart from the price.
    pub enum PlanKind {
        /// Any number of uses while it lasts.
        Time {
            /// How long it lasts.
            validity: Validity,
        },
        /// An amount that the prices of services are taken from.
        Credit {
            /// How much.
            credit: Money,
            /// How long it lasts; without one, for ever.
            validity: Option<Validity>,
        },
        /// A number of uses. With a validity these are visits within time.
        Visits {
            /// How many, 1 to 100 000.
            visits: i64,
            /// How long it lasts; without one, for ever.
            validity: Option<Validity>,
        },
    }

    /// When a pass of the plan starts, unless the sale says otherwise.
    pub enum StartRule {
        /// At the instant of the sale.
        AtSale,
        /// On a day named at the sale.
        OnDate,
        /// With the first use, at the latest this long after the day of the sale.
        OnFirstUse {
            /// Without one, it waits for ever.
            latest: Option<Period>,
        },
    }

    /// When one pass starts, chosen at its sale.
    pub enum StartChoice {
        /// At the instant of the sale.
        AtSale,
        /// At the beginning of this day, in the venue's zone.
        OnDate(Date),
        /// With the first use.
        OnFirstUse {
            /// On this day at the latest, used or not.
            latest: Option<Date>,
        },
    }
}

words! {
    /// The kind alone, stable for colours, filters and lists.
    pub enum PlanTag {
        /// Time.
        Time "time",
        /// Credit.
        Credit "credit",
        /// Visits.
        Visits "visits",
    }
    /// Where a plan is sold.
    pub enum Channel {
        /// By staff, at the desk.
        Desk "desk",
        /// By the client, online.
        Online "online",
    }
}

record! {
    /// A package in the price list.
    pub struct Plan {
        /// The id.
        pub plan: PlanId,
        /// Grows by one with every change.
        pub version: i64,
        /// The name; may be empty for visits.
        pub name: Option<String>,
        /// What it gives.
        pub kind: PlanKind,
        /// When its passes start.
        pub start: StartRule,
        /// The price, tax included.
        pub price: Money,
        /// The tax contained in the price.
        pub tax: Percent,
        /// Passes of a lower number pay first.
        pub priority: i32,
        /// Colour of the kind, or its own: `#RRGGBB`.
        pub colour: String,
        /// Where it is sold.
        pub channels: Vec<Channel>,
        /// The services it covers. With `categories` empty too, everything.
        pub services: Vec<ServiceId>,
        /// The categories it covers.
        pub categories: Vec<CategoryId>,
        /// The venues where it can be used. Empty: all.
        pub venues: Vec<VenueId>,
        /// For whom, where and when its passes can be used, and how often.
        #[serde(default)]
        pub usage: UseRules,
        /// What may be done with its passes after the sale.
        #[serde(default)]
        pub life: LifeRules,
        /// Deleted plans suspend their passes.
        pub deleted: bool,
        /// Keys in other systems.
        pub external_ids: Vec<ExternalId>,
    }
}

impl PlanKind {
    /// The kind alone.
    #[must_use]
    pub const fn tag(&self) -> PlanTag {
        match self {
            Self::Time { .. } => PlanTag::Time,
            Self::Credit { .. } => PlanTag::Credit,
            Self::Visits { .. } => PlanTag::Visits,
        }
    }

    /// How long it lasts, if it ends.
    #[must_use]
    pub const fn validity(&self) -> Option<&Validity> {
        match self {
            Self::Time { validity } => Some(validity),
            Self::Credit { validity, .. } | Self::Visits { validity, .. } => validity.as_ref(),
        }
    }

    /// Checks quantities and periods.
    ///
    /// # Errors
    /// `out_of_range` with the field, relative to the kind: `visits.visits`.
    pub fn validate(&self) -> Result<()> {
        let tag = self.tag();
        match self {
            Self::Visits { visits, .. } if !(1..=100_000).contains(visits) => {
                return Err(Error::field(Reason::OutOfRange, "visits.visits"));
            }
            Self::Credit { credit, .. } if credit.minor() <= 0 => {
                return Err(Error::field(Reason::OutOfRange, "credit.credit"));
            }
            _ => {}
        }
        match self.validity() {
            Some(Validity::Period(period)) => {
                period.validate().map_err(|e| e.within(&format!("{tag}.validity.period")))
            }
            _ => Ok(()),
        }
    }
}

impl PlanTag {
    /// The default colour: time yellow, credit purple, visits green.
    #[must_use]
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Time => "#F2C94C",
            Self::Credit => "#9B51E0",
            Self::Visits => "#27AE60",
        }
    }
}

/// When a pass sold now starts and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first instant; `None` until the first use.
    pub starts: Option<Instant>,
    /// The instant at which it starts though unused.
    pub latest_start: Option<Instant>,
    /// The instant at which it has ended; `None` for ever, or until it starts.
    pub ends: Option<Instant>,
}

/// The instant at which a pass has ended that starts on `first_day`.
///
/// The first day counts whole: one month from 31 January 2024 ends 29 February 00:00 local.
///
/// # Errors
/// `end_before_start` if a fixed end is not after the start; `out_of_range` beyond the calendar.
pub fn end_of_validity(validity: &Validity, first_day: Date, zone: Zone) -> Result<Instant> {
    match validity {
        Validity::Period(period) => zone.start_of(calendar::add(first_day, *period, 1)?),
        Validity::Through(last) if *last < first_day => Err(Reason::EndBeforeStart.into()),
        Validity::Through(last) => calendar::end_of_last_day(*last, zone),
    }
}

/// The span of a pass sold at `sold`, by the plan's rule or the choice made at the sale.
///
/// # Errors
/// `required` for the field `start` where the plan starts on a date and none is given; `end_before_start`.
pub fn span_of_sale(
    rule: &StartRule,
    choice: Option<&StartChoice>,
    validity: Option<&Validity>,
    sold: Instant,
    zone: Zone,
) -> Result<Span> {
    let today = zone.date_of(sold);
    let (starts, latest_start) = match (choice, rule) {
        (Some(StartChoice::AtSale), _) | (None, StartRule::AtSale) => (Some(sold), None),
        (Some(StartChoice::OnDate(day)), _) => (Some(zone.start_of(*day)?), None),
        (None, StartRule::OnDate) => return Err(Error::field(Reason::Required, "start")),
        (Some(StartChoice::OnFirstUse { latest }), _) => {
            (None, latest.map(|day| zone.start_of(day)).transpose()?)
        }
        (None, StartRule::OnFirstUse { latest }) => {
            let day = latest.map(|period| calendar::add(today, period, 1)).transpose()?;
            (None, day.map(|day| zone.start_of(day)).transpose()?)
        }
    };
    let first = starts.or(latest_start).map(|start| zone.date_of(start));
    let ends = match (validity, first, starts) {
        (Some(validity), Some(first), Some(_)) => Some(end_of_validity(validity, first, zone)?),
        // Not started: a fixed last day is known already, and must leave room for the latest start.
        (Some(validity @ Validity::Through(_)), first, None) => {
            Some(end_of_validity(validity, first.unwrap_or(today), zone)?)
        }
        _ => None,
    };
    Ok(Span { starts, latest_start, ends })
}
