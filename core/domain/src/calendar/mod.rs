//! The calendar of a venue: zones, periods, days, ages. Pure functions over the tables of chrono-tz.
//!
//! Three rules hold everywhere. A local time that does not exist moves forward by the gap, and one that
//! exists twice is the first. Period *k* is computed from the anchor, never from period *k*−1. Intervals are
//! half-open.

mod birthday;
mod period;
mod zone;

#[cfg(test)]
mod tests;

pub use birthday::{age_on, birthday_in};
pub use period::{
    Period, Span, Unit, add, anchored, anchored_local, end_of_last_day, last_day, next_after,
    period_containing,
};
pub use zone::{Zone, days_elapsed, days_total};
