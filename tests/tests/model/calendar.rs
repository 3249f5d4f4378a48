//! Days, months and shares. Money is in cents, time in microseconds of UTC, which is the zone of the model's venue.

use crate::steps::DAY;

/// `value · part / whole`, half away from zero.
pub fn share(value: i64, part: i64, whole: i64) -> i64 {
    let (product, whole) = (i128::from(value) * i128::from(part), i128::from(whole));
    let doubled = 2 * product + if product < 0 { -whole } else { whole };
    i64::try_from(doubled / (2 * whole)).unwrap()
}

/// The part of a price that is not its tax of 20 percent.
pub fn net(gross: i64, taxed: bool) -> i64 {
    if taxed { share(gross, 100, 120) } else { gross }
}

pub const fn day_of(at: i64) -> i64 {
    at.div_euclid(DAY)
}

/// Year, month and day of a day, and back: by the rule of the Gregorian calendar.
pub fn civil(day: i64) -> (i64, i64, i64) {
    let mut year = 2026;
    let mut left = day - day_number(2026, 1, 1);
    while left >= days_of_year(year) {
        left -= days_of_year(year);
        year += 1;
    }
    let mut month = 1;
    while left >= days_of_month(year, month) {
        left -= days_of_month(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

pub fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let years: i64 = (1970..year).map(days_of_year).sum();
    let months: i64 = (1..month).map(|month| days_of_month(year, month)).sum();
    years + months + day - 1
}

const fn days_of_year(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day some months later, cut to the last of its month.
pub fn months_later(day: i64, months: i64) -> i64 {
    let (year, month, of_month) = civil(day);
    let count = year * 12 + month - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    day_number(year, month, of_month.min(days_of_month(year, month)))
}

/// How long something lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lasts {
    Days(i64),
    Months(i64),
}

impl Lasts {
    pub fn after(self, day: i64) -> i64 {
        self.times(1, day)
    }

    /// The day after so many of these from a day on, counted from that day and not from the one before.
    pub fn times(self, count: i64, day: i64) -> i64 {
        match self {
            Self::Days(days) => day + days * count,
            Self::Months(months) => months_later(day, months * count),
        }
    }
}
