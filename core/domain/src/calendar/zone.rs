//! Time zones: instants to local days and hours, and back.

use crate::error::{Error, Reason, Result};
use crate::time::{Date, Instant};
use chrono::{Datelike, FixedOffset, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike, Weekday};
use std::fmt;
use std::str::FromStr;

/// The last year that the tables of chrono-tz describe.
const LAST_TABLE_YEAR: i32 = 2099;
/// The first year in which every zone follows the rule that is its last: Morocco's and Palestine's
/// predicted dates end in 2087.
const FIRST_RULE_YEAR: i32 = 2088;

/// A time zone of the IANA database. In JSON its name, such as `"Europe/Bucharest"`.
///
/// ```
/// use carnet_domain::{Instant, calendar::Zone};
/// let zone: Zone = "Europe/Bucharest".parse()?;
/// let start = zone.start_of(chrono::NaiveDate::from_ymd_opt(2025, 3, 30).unwrap_or_default())?;
/// assert_eq!(start.to_string(), "2025-03-29T22:00:00.000000Z");
/// # Ok::<(), carnet_domain::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(chrono_tz::Tz::UTC);

    /// The name in the IANA database.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What the clock on the wall shows.
    #[must_use]
    pub fn local(self, instant: Instant) -> NaiveDateTime {
        let utc = instant.to_utc().naive_utc();
        let offset = self.0.offset_from_utc_datetime(&in_tables(utc)).fix();
        // Accepted instants lie far inside chrono's range, so the sum always exists.
        utc.checked_add_offset(offset).unwrap_or(utc)
    }

    /// The local date.
    #[must_use]
    pub fn date_of(self, instant: Instant) -> Date {
        self.local(instant).date()
    }

    /// The local hour of day, 0 to 23.
    #[must_use]
    pub fn hour_of(self, instant: Instant) -> u32 {
        self.local(instant).hour()
    }

    /// The local day of the week.
    #[must_use]
    pub fn weekday_of(self, instant: Instant) -> Weekday {
        self.local(instant).weekday()
    }

    /// The instant of a local time. One that does not exist moves forward by the gap; one that exists twice
    /// is the first.
    ///
    /// # Errors
    /// `out_of_range` if the result is not an accepted instant.
    pub fn resolve(self, local: NaiveDateTime) -> Result<Instant> {
        let offset = self.first_offset(in_tables(local))?;
        let utc = local.checked_sub_offset(offset).ok_or(Reason::OutOfRange)?;
        Instant::from_utc(utc.and_utc())
    }

    /// The first instant of a local date. On a date that the zone skipped, or whose midnight it skipped, the
    /// instant to which 00:00 moves.
    ///
    /// # Errors
    /// `out_of_range` if the result is not an accepted instant.
    pub fn start_of(self, date: Date) -> Result<Instant> {
        self.resolve(date.and_time(NaiveTime::MIN))
    }

    /// The offset to read a local time with; in a gap the one from before it, which moves the time forward.
    fn first_offset(self, local: NaiveDateTime) -> Result<FixedOffset> {
        if let Some(offset) = self.0.offset_from_local_datetime(&local).earliest() {
            return Ok(offset.fix());
        }
        let gap = chrono_tz::GapInfo::new(&local, &self.0).and_then(|gap| gap.begin);
        let (_, before) = gap.ok_or_else(|| Error::new(Reason::Internal).with("what", "gap"))?;
        Ok(before.fix())
    }

    /// The latest local date that has begun. Differs from [`Zone::date_of`] where clocks went back over
    /// midnight: a date that has begun does not end for the hour that is lived twice.
    pub(crate) fn day_begun(self, instant: Instant) -> Result<Date> {
        let date = self.date_of(instant);
        let next = date.succ_opt().ok_or(Reason::OutOfRange)?;
        let begun = self.start_of(next).is_ok_and(|start| start <= instant);
        Ok(if begun { next } else { date })
    }
}

/// The same time in a year that the tables describe.
///
/// The tables stop after 2099, but the last rule of a zone holds for ever and depends only on where the
/// weekdays fall. No rule changes clocks in January, in February, on 1 March or around New Year, so it is
/// enough to match the weekdays from January or from March on: the common years 2088 to 2099 have all seven.
fn in_tables(time: NaiveDateTime) -> NaiveDateTime {
    if time.year() <= LAST_TABLE_YEAR {
        return time;
    }
    let month = if time.month() < 3 { 1 } else { 3 };
    let first_of = |year| Date::from_ymd_opt(year, month, 1);
    let moved = first_of(time.year()).and_then(|first| {
        let mut twins = (FIRST_RULE_YEAR..=LAST_TABLE_YEAR).filter_map(first_of);
        let twin = twins.find(|twin| !twin.leap_year() && twin.weekday() == first.weekday())?;
        time.checked_sub_signed(first.signed_duration_since(twin))
    });
    moved.unwrap_or(time)
}

/// How many local days `[start, end)` touches, whole or in part.
///
/// A date that a zone skipped altogether, such as 30 December 2011 in Apia, counts as a day.
///
/// # Errors
/// `end_before_start`, or `out_of_range` at the end of time.
pub fn days_total(zone: Zone, start: Instant, end: Instant) -> Result<u32> {
    if end < start {
        return Err(Reason::EndBeforeStart.into());
    }
    if end == start {
        return Ok(0);
    }
    let last = zone.day_begun(end.plus_micros(-1)?)?;
    let days = last.signed_duration_since(zone.day_begun(start)?).num_days();
    days.checked_add(1).and_then(|days| u32::try_from(days).ok()).ok_or_else(|| Reason::OutOfRange.into())
}

/// How many local days have begun between `start` and `now`, the start's own day being the first. 0 up to
/// and including `start`; [`days_total`] of the whole once `now` reaches the end.
///
/// # Errors
/// `out_of_range` at the end of time.
pub fn days_elapsed(zone: Zone, start: Instant, now: Instant) -> Result<u32> {
    if now <= start { Ok(0) } else { days_total(zone, start, now) }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        text.parse().map(Self).map_err(|_| Reason::UnknownZone.into())
    }
}

impl serde::Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::from_text(deserializer)
    }
}

impl schemars::JsonSchema for Zone {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Zone".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "minLength": 1,
            "description": "A time zone of the IANA database, such as Europe/Bucharest." })
    }
}
