//! Birthdays and ages.

use crate::error::{Reason, Result};
use crate::time::Date;
use chrono::Datelike;

/// The birthday in a year. Who was born on 29 February has it on 28 February in common years.
///
/// # Errors
/// `out_of_range` if chrono has no such year.
pub fn birthday_in(birth: Date, year: i32) -> Result<Date> {
    birth
        .with_year(year)
        .or_else(|| Date::from_ymd_opt(year, 2, 28).filter(|_| birth.month() == 2))
        .ok_or_else(|| Reason::OutOfRange.into())
}

/// The age in full years on a date; `None` before birth. It rises on the day of [`birthday_in`].
#[must_use]
pub fn age_on(birth: Date, on: Date) -> Option<u32> {
    if on < birth {
        return None;
    }
    let years = on.year().checked_sub(birth.year())?;
    let had_it = birthday_in(birth, on.year()).is_ok_and(|birthday| birthday <= on);
    u32::try_from(if had_it { years } else { years.checked_sub(1)? }).ok()
}
