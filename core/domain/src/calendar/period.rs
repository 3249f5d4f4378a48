//! Periods of days, weeks, months or years, counted from an anchor.

use super::Zone;
use crate::error::{Error, Reason, Result};
use crate::time::{Date, Instant};
use chrono::{Datelike, Days, Months, NaiveDateTime};

/// The unit of a period.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PeriodUnit")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi(name = "PeriodUnit"))]
pub enum Unit {
    /// A local day, which may have 23 or 25 hours.
    Day,
    /// Seven local days.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// A length of calendar time. In JSON `{"count":3,"unit":"month"}`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Period {
    /// How many units, 1 to 1200.
    #[schemars(range(min = 1, max = 1200))]
    pub count: i32,
    /// Of what.
    pub unit: Unit,
}

/// Period `k` counted from an anchor, `[start, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The number of the period; the one that begins at the anchor is 0.
    pub k: u32,
    /// `anchor + k·period`.
    pub start: Instant,
    /// `anchor + (k+1)·period`.
    pub end: Instant,
}

/// `k` periods as chrono adds them.
enum Step {
    Days(u64),
    Months(u32),
}

impl Period {
    /// The largest count.
    pub const COUNT_MAX: i32 = 1200;

    /// A period of `count` units.
    #[must_use]
    pub const fn new(count: i32, unit: Unit) -> Self {
        Self { count, unit }
    }

    /// Whether the count is 1 to 1200.
    ///
    /// # Errors
    /// `out_of_range` with the field `count`.
    pub fn validate(self) -> Result<()> {
        if (1..=Self::COUNT_MAX).contains(&self.count) {
            Ok(())
        } else {
            Err(Error::field(Reason::OutOfRange, "count"))
        }
    }

    fn times(self, k: u32) -> Result<Step> {
        self.validate()?;
        let count = u64::try_from(self.count).map_err(|_| Reason::OutOfRange)?;
        let count = count.checked_mul(u64::from(k)).ok_or(Reason::OutOfRange)?;
        let (count, days) = match self.unit {
            Unit::Day => (Some(count), true),
            Unit::Week => (count.checked_mul(7), true),
            Unit::Month => (Some(count), false),
            Unit::Year => (count.checked_mul(12), false),
        };
        let count = count.ok_or(Reason::OutOfRange)?;
        Ok(if days {
            Step::Days(count)
        } else {
            Step::Months(u32::try_from(count).map_err(|_| Reason::OutOfRange)?)
        })
    }

    /// The number of the period in which `to` lies, up to one too high or too low.
    fn guess(self, from: Date, to: Date) -> Result<u32> {
        self.validate()?;
        let days = to.signed_duration_since(from).num_days();
        let years = i64::from(to.year()).saturating_sub(from.year().into());
        let months =
            years.saturating_mul(12).saturating_add(to.month().into()).saturating_sub(from.month().into());
        let units = match self.unit {
            Unit::Day => days,
            Unit::Week => days.div_euclid(7),
            Unit::Month => months,
            Unit::Year => years,
        };
        u32::try_from(units.div_euclid(self.count.into())).map_err(|_| Reason::OutOfRange.into())
    }
}

/// `date + k·period`, clamped to the last day of the month: 29 February and one year is 28 February.
///
/// # Errors
/// `out_of_range` if the count is, or if chrono has no such date.
pub fn add(date: Date, period: Period, k: u32) -> Result<Date> {
    let sum = match period.times(k)? {
        Step::Days(days) => date.checked_add_days(Days::new(days)),
        Step::Months(months) => date.checked_add_months(Months::new(months)),
    };
    sum.ok_or_else(|| Reason::OutOfRange.into())
}

/// The inclusive last day of `k` periods that begin on `start`: 15 April and one month is 14 May.
///
/// # Errors
/// `out_of_range` as in [`add`], or for `k` = 0, which has no last day.
pub fn last_day(start: Date, period: Period, k: u32) -> Result<Date> {
    let end = add(start, period, k)?;
    end.pred_opt().filter(|last| *last >= start).ok_or_else(|| Reason::OutOfRange.into())
}

/// When "valid through this day" ends: the start of the next local day.
///
/// # Errors
/// `out_of_range` if the result is not an accepted instant.
pub fn end_of_last_day(last_valid_day: Date, zone: Zone) -> Result<Instant> {
    zone.start_of(last_valid_day.succ_opt().ok_or(Reason::OutOfRange)?)
}

/// `anchor + k·period` for an anchor in local time. Keeps the local time of day.
///
/// # Errors
/// `out_of_range` if the count is, or if the result is not an accepted instant.
pub fn anchored_local(anchor: NaiveDateTime, zone: Zone, period: Period, k: u32) -> Result<Instant> {
    zone.resolve(add(anchor.date(), period, k)?.and_time(anchor.time()))
}

/// `anchor + k·period` in the local calendar, always computed from the anchor, so that month ends never drift.
///
/// ```
/// use carnet_domain::{Instant, calendar::{Period, Unit, Zone, anchored}};
/// let zone: Zone = "Europe/Bucharest".parse()?;
/// let anchor: Instant = "2024-01-31T00:00:00+02:00".parse()?;
/// let month = Period::new(1, Unit::Month);
/// assert_eq!(anchored(anchor, zone, month, 1)?, "2024-02-29T00:00:00+02:00".parse()?);
/// assert_eq!(anchored(anchor, zone, month, 2)?, "2024-03-31T00:00:00+02:00".parse()?);
/// # Ok::<(), carnet_domain::Error>(())
/// ```
///
/// # Errors
/// `out_of_range` if the count is, or if the result is not an accepted instant.
pub fn anchored(anchor: Instant, zone: Zone, period: Period, k: u32) -> Result<Instant> {
    if k == 0 {
        // An anchor in the hour that is lived twice may be the second one; it stays what it is.
        return period.validate().map(|()| anchor);
    }
    anchored_local(zone.local(anchor), zone, period, k)
}

/// The period in which `now` lies: `start ≤ now < end`.
///
/// # Errors
/// `out_of_range` if `now` lies before the anchor, or the period ends after the last accepted instant.
pub fn period_containing(anchor: Instant, zone: Zone, period: Period, now: Instant) -> Result<Span> {
    if now < anchor {
        return Err(Reason::OutOfRange.into());
    }
    let mut k = period.guess(zone.date_of(anchor), zone.date_of(now).max(zone.date_of(anchor)))?;
    let mut start = anchored_or_forever(anchor, zone, period, k)?;
    while start > now {
        k = k.checked_sub(1).ok_or(Reason::Internal)?;
        start = anchored(anchor, zone, period, k)?;
    }
    loop {
        let next = k.checked_add(1).ok_or(Reason::OutOfRange)?;
        let end = anchored(anchor, zone, period, next)?;
        if now < end {
            return Ok(Span { k, start, end });
        }
        (k, start) = (next, end);
    }
}

/// As [`anchored`], but the last instant where the guess reaches one period beyond the end of time.
fn anchored_or_forever(anchor: Instant, zone: Zone, period: Period, k: u32) -> Result<Instant> {
    period.validate()?;
    Ok(anchored(anchor, zone, period, k).unwrap_or(Instant::FOREVER))
}

/// The first `anchor + k·period` strictly after `now`; the anchor itself if `now` lies before it.
///
/// # Errors
/// `out_of_range` if the count is, or if there is no such accepted instant.
pub fn next_after(anchor: Instant, zone: Zone, period: Period, now: Instant) -> Result<Instant> {
    if now < anchor {
        return period.validate().map(|()| anchor);
    }
    period_containing(anchor, zone, period, now).map(|span| span.end)
}
