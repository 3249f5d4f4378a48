//! Instants and dates. Days and hours of day belong to a venue's zone: see [`crate::calendar`].

use crate::error::{Error, Reason, Result};
use chrono::{DateTime, Datelike, Timelike, Utc};
use std::fmt;
use std::str::FromStr;

/// A calendar date without a zone. In JSON `"2026-05-14"`.
pub type Date = chrono::NaiveDate;

/// A point in time: whole microseconds since 1970-01-01T00:00:00Z. In JSON `"2026-05-14T08:30:00.000000Z"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i64);

/// Microseconds of one second.
pub const SECOND: i64 = 1_000_000;

impl Instant {
    /// The first instant that is accepted: 1900-01-01T00:00:00Z.
    pub const MIN: Self = Self(-2_208_988_800_000_000);
    /// The instant after which nothing is accepted: 9999-01-01T00:00:00Z. As an end it means "never".
    pub const FOREVER: Self = Self(253_370_764_800_000_000);

    /// The instant at this many microseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// `out_of_range` outside [`Instant::MIN`] to [`Instant::FOREVER`].
    pub fn from_micros(micros: i64) -> Result<Self> {
        if (Self::MIN.0..=Self::FOREVER.0).contains(&micros) {
            Ok(Self(micros))
        } else {
            Err(Reason::OutOfRange.into())
        }
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This instant as chrono knows it.
    #[must_use]
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// The instant of a chrono time, cut to whole microseconds.
    ///
    /// # Errors
    /// `out_of_range` outside [`Instant::MIN`] to [`Instant::FOREVER`].
    pub fn from_utc(time: DateTime<Utc>) -> Result<Self> {
        Self::from_micros(time.timestamp_micros())
    }

    /// This instant moved by a number of microseconds, which may be negative.
    ///
    /// # Errors
    /// `out_of_range` if the result is not an accepted instant.
    pub fn plus_micros(self, micros: i64) -> Result<Self> {
        Self::from_micros(self.0.checked_add(micros).ok_or(Reason::OutOfRange)?)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every entry of the journal and every reply has some of them: written in place, all years having four digits.
        let utc = self.to_utc().naive_utc();
        let mut text = *b"0000-00-00T00:00:00.000000Z";
        let [y1, y2, y3, y4, _, m1, m2, _, d1, d2, _, time @ ..] = &mut text;
        let [h1, h2, _, n1, n2, _, s1, s2, _, fraction @ .., _] = time;
        digits([y1, y2, y3, y4], utc.year().unsigned_abs());
        digits([m1, m2], utc.month());
        digits([d1, d2], utc.day());
        digits([h1, h2], utc.hour());
        digits([n1, n2], utc.minute());
        digits([s1, s2], utc.second());
        digits(fraction.each_mut(), utc.nanosecond() / 1000);
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

/// Writes the last digits of a number.
fn digits<const N: usize>(places: [&mut u8; N], number: u32) {
    let mut rest = number;
    for place in places.into_iter().rev() {
        *place |= (rest % 10).to_le_bytes()[0];
        rest /= 10;
    }
}

impl FromStr for Instant {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let time = DateTime::parse_from_rfc3339(text).map_err(|_| Error::new(Reason::BadFormat))?;
        Self::from_utc(time.with_timezone(&Utc))
    }
}

impl serde::Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::from_text(deserializer)
    }
}

impl schemars::JsonSchema for Instant {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Instant".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time",
            "description": "A point in time, RFC 3339, kept in microseconds of UTC." })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_always_six_digits_and_comes_back() {
        let instant: Instant = "2026-05-14T10:30:00.5+02:00".parse().expect("valid");
        assert_eq!(instant.to_string(), "2026-05-14T08:30:00.500000Z");
        assert_eq!(instant.to_string().parse(), Ok(instant));
        assert_eq!(Instant::FOREVER.to_string(), "9999-01-01T00:00:00.000000Z");
        assert_eq!(Instant::MIN.to_string(), "1900-01-01T00:00:00.000000Z");
    }

    #[test]
    fn text_is_that_of_chrono() {
        // A day and a bit, so that every hour, month and fraction comes.
        const STEP: i64 = 90_061_123_457;
        let mut next = Ok(Instant::MIN);
        while let Ok(instant) = next {
            let other = instant.to_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
            assert_eq!(instant.to_string(), other);
            next = instant.plus_micros(STEP);
        }
        assert_eq!(Instant(1_789_113_599_987_654).to_string(), "2026-09-11T07:59:59.987654Z");
        assert_eq!(Instant(-1).to_string(), "1969-12-31T23:59:59.999999Z");
    }
}
