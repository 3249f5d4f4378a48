//! Proration by true days: what a part of a period costs, and what a pass that is given back is still worth.

use crate::calendar::{self, Zone};
use crate::error::{Reason, Result};
use crate::money::{Money, proportion};
use crate::time::Date;

/// The price of some days of a period of `whole` days, rounded half away from zero.
///
/// # Errors
/// `end_before_start` if the days are more than the period has; `overflow`.
pub fn part(price: Money, days: i64, whole: i64) -> Result<Money> {
    if days < 0 || days > whole {
        return Err(Reason::EndBeforeStart.into());
    }
    Ok(Money::new(proportion(price.minor(), days, whole)?, price.currency()))
}

/// The days from one date to another, the second not counted, over the days of its period.
///
/// # Errors
/// `end_before_start`, or `out_of_range` beyond the calendar.
pub fn days(from: Date, until: Date, zone: Zone) -> Result<i64> {
    if until < from {
        return Err(Reason::EndBeforeStart.into());
    }
    Ok(calendar::days_total(zone, zone.start_of(from)?, zone.start_of(until)?)?.into())
}

/// The amount with tax of a value that is still owed: in proportion to the price, so that the whole value is worth the
/// whole price, to the cent.
///
/// # Errors
/// `overflow`.
pub fn gross_of(owed: Money, value: Money, price: Money) -> Result<Money> {
    if value.minor() == 0 {
        return Ok(Money::zero(price.currency()));
    }
    Ok(Money::new(proportion(price.minor(), owed.minor(), value.minor())?, price.currency()))
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests {
    use super::*;
    use crate::course::Course;
    use crate::money::{Currency, Percent};
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn money(minor: i64) -> Money {
        Money::new(minor, "EUR".parse::<Currency>().expect("a currency"))
    }

    fn zones() -> [Zone; 4] {
        ["UTC", "Europe/Bucharest", "Asia/Tokyo", "America/Los_Angeles"]
            .map(|name| name.parse().expect("a zone"))
    }

    #[test]
    fn s20_fractions_by_true_days() {
        for zone in zones() {
            let of = |from: &str, until: &str| days(day(from), day(until), zone).expect("in order");
            // Billed on the 15th: 1 to 15 January is 14 of the 31 days from 15 December, then a whole month, then
            // 15 to 27 February is 12 of the 28 days that begin on 15 February.
            assert_eq!((of("2011-01-01", "2011-01-15"), of("2010-12-15", "2011-01-15")), (14, 31));
            assert_eq!((of("2011-02-15", "2011-02-27"), of("2011-02-15", "2011-03-15")), (12, 28));
            // Billed on the 1st, 1 to 15 February of a leap year: 14 of 29.
            assert_eq!((of("2012-02-01", "2012-02-15"), of("2012-02-01", "2012-03-01")), (14, 29));
            assert!(days(day("2012-02-15"), day("2012-02-01"), zone).is_err());
        }
        // 31.00 and 28.00 for a whole period: 14.00, 28.00 for the month between, 12.00.
        assert_eq!(part(money(3100), 14, 31), Ok(money(1400)));
        assert_eq!(part(money(2800), 12, 28), Ok(money(1200)));
        assert!(part(money(100), 32, 31).is_err() && part(money(100), -1, 31).is_err());
        assert_eq!((part(money(100), 0, 31), part(money(100), 31, 31)), (Ok(money(0)), Ok(money(100))));
        assert_eq!(days(day("2012-02-15"), day("2012-02-15"), Zone::UTC), Ok(0));
        // A pass for nothing is worth nothing, whatever is owed of it.
        assert_eq!(gross_of(money(0), money(0), money(500)), Ok(money(0)));
        // 3.00 of 10.00 net at a price of 12.00: 3.60.
        assert_eq!(gross_of(money(300), money(1000), money(1200)), Ok(money(360)));
    }

    /// What is owed with its tax after some days of a period.
    fn owed_after(value: i64, price: i64, zone: Zone, dates: (&str, &str, &str)) -> (i64, i64) {
        let start = |text| zone.start_of(day(text)).expect("in range");
        let (starts, ends) = (start(dates.0), Some(start(dates.1)));
        let course = Course { value, starts, ends, frozen: &[], fixed: None };
        let owed = value - course.earned(start(dates.2), zone).expect("fits");
        let gross = gross_of(money(owed), money(value), money(price)).expect("fits");
        (owed, gross.minor())
    }

    #[test]
    fn s21_credit_for_the_unused_part() {
        let quarter: Percent = "25".parse().expect("a rate");
        assert_eq!(money(25_000).net_of_tax(quarter), Ok(money(20_000)));
        for zone in zones() {
            // 20000 + 25 %, monthly from 18 September, ended the same day: 29 of 30 days, 19333 + 4833 = 24166.
            let dates = ("2025-09-18", "2025-10-18", "2025-09-19");
            assert_eq!(owed_after(20_000, 25_000, zone, dates), (19_333, 24_166));
            // 5000 + 20 %, calendar month, from 8 February: 21 of 28 days, 3750 + 750 = 4500.
            let days = days(day("2023-02-08"), day("2023-03-01"), zone).expect("in order");
            assert_eq!(part(money(5000), days, 28), Ok(money(3750)));
            assert_eq!(part(money(6000), days, 28), Ok(money(4500)));
            // Ended the same day: 20 of 28, 3571 + 714 = 4285.
            let dates = ("2023-02-08", "2023-03-01", "2023-02-09");
            assert_eq!(owed_after(3750, 4500, zone, dates), (3571, 4285));
            // January, paused from the 1st to the 30th: one day, 100.00 / 31 = 3.23.
            assert_eq!(part(money(10_000), 31 - 30, 31), Ok(money(323)));
        }
    }

    proptest! {
        #[test]
        fn the_whole_value_is_worth_the_whole_price(price in 0..1_000_000_000_i64, rate in 0..10_000_000_i64) {
            let price = money(price);
            let value = price.net_of_tax(Percent::from_ten_thousandths(rate)).expect("fits");
            prop_assume!(value.minor() > 0);
            prop_assert_eq!(gross_of(value, value, price), Ok(price));
            prop_assert_eq!(gross_of(money(0), value, price), Ok(money(0)));
        }
    }
}
