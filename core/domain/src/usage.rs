//! For whom, where and when a pass can be used, and how often: the rules that a plan gives its passes at the door.

use crate::client::Sex;
use crate::error::{Error, Reason, Result};
use crate::ids::{
    BookingId, ClientId, GroupId, ID_MAX, Id, PassId, ServiceId, UseId, VenueId, VisitId, ZoneId,
};
use crate::time::Instant;
use std::fmt;
use std::str::FromStr;

words! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday "monday",
        /// Tuesday.
        Tuesday "tuesday",
        /// Wednesday.
        Wednesday "wednesday",
        /// Thursday.
        Thursday "thursday",
        /// Friday.
        Friday "friday",
        /// Saturday.
        Saturday "saturday",
        /// Sunday.
        Sunday "sunday",
    }
}

/// A time on the clock of the wall, in minutes. In JSON `"16:00"`; `"24:00"` is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// Minutes of a day.
    pub const DAY: u16 = 24 * 60;

    /// The time this many minutes after midnight.
    ///
    /// # Errors
    /// `out_of_range` beyond 1440.
    pub fn from_minutes(minutes: u16) -> Result<Self> {
        if minutes <= Self::DAY { Ok(Self(minutes)) } else { Err(Reason::OutOfRange.into()) }
    }

    /// Minutes after midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = (self.0.div_euclid(60), self.0.rem_euclid(60));
        write!(f, "{hour:02}:{minute:02}")
    }
}

impl FromStr for TimeOfDay {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::new(Reason::BadFormat);
        let (hour, minute) = text.split_once(':').filter(|_| text.len() == 5).ok_or_else(bad)?;
        let number = |digits: &str| {
            let plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            if plain { digits.parse::<u16>().map_err(|_| bad()) } else { Err(bad()) }
        };
        let (hour, minute) = (number(hour)?, number(minute)?);
        if minute >= 60 {
            return Err(bad());
        }
        let minutes = hour.checked_mul(60).and_then(|minutes| minutes.checked_add(minute)).ok_or_else(bad)?;
        Self::from_minutes(minutes).map_err(|_| bad())
    }
}

impl serde::Serialize for TimeOfDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for TimeOfDay {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::from_text(deserializer)
    }
}

impl schemars::JsonSchema for TimeOfDay {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TimeOfDay".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$",
            "description": "A time on the clock of the wall, `HH:MM`, 00:00 to 24:00." })
    }
}

request! {
    /// Hours of some days of the week, on the clock of the venue's wall. Half-open: 16:00 is outside of `07:00` to `16:00`.
    #[derive(Eq)]
    pub struct WeeklyHours {
        /// The days on which they begin. Empty: every day.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 7))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub days: Vec<Weekday>,
        /// Their beginning.
        pub from: TimeOfDay,
        /// Their end; on the next day if it is not after the beginning.
        pub until: TimeOfDay,
    }

    /// For whom, where and when a pass can be used, and how often. What is left out limits nothing.
    #[derive(Default, Eq)]
    pub struct UseRules {
        /// Only for clients of this sex.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub sex: Option<Sex>,
        /// Only from this age on, in full years on the venue's date. 0 to 150.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 0, max = 150))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub min_age: Option<i32>,
        /// Only up to this age, in full years on the venue's date. 0 to 150.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 0, max = 150))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub max_age: Option<i32>,
        /// Only in these zones. Empty: in all of the venues it covers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub zones: Vec<ZoneId>,
        /// Only within these hours. Empty: always.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 50))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub hours: Vec<WeeklyHours>,
        /// At most this many uses on one day of the venue, 1 to 1000.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub per_day: Option<i32>,
        /// At most this many uses from Monday to Sunday, 1 to 1000.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub per_week: Option<i32>,
        /// At most this many uses in one month of the calendar, 1 to 1000.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub per_month: Option<i32>,
        /// At most this many uses in all, 1 to 100 000.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 100_000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub in_all: Option<i32>,
        /// At least this many minutes from one use to the next, 1 to 100 000.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 100_000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub gap_minutes: Option<i32>,
    }
}

impl UseRules {
    /// Whether uses of the pass must be counted for these rules.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.per_day.is_some()
            || self.per_week.is_some()
            || self.per_month.is_some()
            || self.in_all.is_some()
            || self.gap_minutes.is_some()
    }

    /// Whether somebody's age must be known for these rules.
    #[must_use]
    pub const fn has_ages(&self) -> bool {
        self.min_age.is_some() || self.max_age.is_some()
    }

    /// Whether these rules can be kept by anybody at all.
    ///
    /// # Errors
    /// `out_of_range`, `too_long` or `already_exists` with the field, such as `hours.0.from`; `contradiction` where the
    /// least age is above the highest.
    pub fn validate(&self) -> Result<()> {
        let limits = [
            ("min_age", self.min_age, 0, 150),
            ("max_age", self.max_age, 0, 150),
            ("per_day", self.per_day, 1, 1000),
            ("per_week", self.per_week, 1, 1000),
            ("per_month", self.per_month, 1, 1000),
            ("in_all", self.in_all, 1, 100_000),
            ("gap_minutes", self.gap_minutes, 1, 100_000),
        ];
        for (field, value, min, max) in limits {
            if value.is_some_and(|value| value < min || value > max) {
                return Err(Error::field(Reason::OutOfRange, field).with("min", min).with("max", max));
            }
        }
        if self.min_age.zip(self.max_age).is_some_and(|(min, max)| min > max) {
            return Err(Error::field(Reason::Contradiction, "max_age"));
        }
        for (field, length, max) in [("zones", self.zones.len(), 200), ("hours", self.hours.len(), 50)] {
            if length > max {
                return Err(Error::field(Reason::TooLong, field).with("max", max));
            }
        }
        if let Some(index) = self.zones.iter().position(|zone| !(1..=ID_MAX).contains(&zone.get())) {
            let field = format!("zones.{index}");
            return Err(Error::field(Reason::OutOfRange, field).with("min", 1).with("max", ID_MAX));
        }
        let hours = self.hours.iter().enumerate();
        hours
            .map(|(index, hours)| (index, hours.validate()))
            .try_for_each(|(index, checked)| checked.map_err(|error| error.within(&format!("hours.{index}"))))
    }

    /// Whether nothing is limited.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl WeeklyHours {
    fn validate(&self) -> Result<()> {
        if self.days.len() > 7 {
            return Err(Error::field(Reason::TooLong, "days").with("max", 7));
        }
        let twice = |index: usize, day| self.days.iter().take(index).any(|other| *other == day);
        if let Some((index, _)) = self.days.iter().enumerate().find(|(index, day)| twice(*index, **day)) {
            return Err(Error::field(Reason::AlreadyExists, format!("days.{index}")));
        }
        // The end of a day begins nothing.
        if self.from.minutes() >= TimeOfDay::DAY {
            return Err(Error::field(Reason::OutOfRange, "from").with("max", "23:59"));
        }
        Ok(())
    }
}

record! {
    /// One use of a pass that is counted: for its limits, for what was rendered, for giving it back.
    pub struct PassUse {
        /// The id.
        pub pass_use: UseId,
        /// The pass that paid.
        pub pass: PassId,
        /// Who used it.
        pub client: ClientId,
        /// Where.
        pub venue: VenueId,
        /// For which service.
        pub service: Option<ServiceId>,
        /// When the service is rendered: the limits count by this.
        pub at: Instant,
        /// When it was entered.
        pub made: Instant,
        /// The visit that it paid.
        pub visit: Option<VisitId>,
        /// The booking that it paid.
        pub booking: Option<BookingId>,
        /// Its transfers, which can be reversed. A time pass has none under it.
        pub group: GroupId,
        /// What it took, in the pass's unit; 0 for a time pass.
        pub amount: i64,
        /// How many it was.
        pub quantity: i32,
        /// How many of them have gone back. The limits count the others.
        #[serde(default)]
        pub back: i32,
        /// When it was reversed whole.
        pub reversed: Option<Instant>,
    }
}

#[cfg(test)]
mod tests;
