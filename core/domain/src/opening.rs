//! Moving in: what a pass of an older system is still worth, and what of its allowance is left.

use crate::account::Unit;
use crate::calendar::{self, Zone};
use crate::client::ExternalId;
use crate::error::{Error, Reason, Result};
use crate::ids::{AccountId, ClientId, GroupId, LotId, PassId, VenueId};
use crate::life::FreezeRules;
use crate::money::{Money, Percent, proportion};
use crate::proration::gross_of;
use crate::time::Instant;

words! {
    /// What came from an older system.
    pub enum OpeningKind {
        /// A running pass.
        Pass "pass",
        /// A balance or a debt.
        Account "account",
    }
}

record! {
    /// Something that came from an older system, found by its key there for ever.
    pub struct Opening {
        /// A pass or a balance.
        pub kind: OpeningKind,
        /// Its key there.
        pub external_id: ExternalId,
        /// A digest of what was asked for, notes left out: the same key stands for the same content.
        pub content: String,
        /// The venue whose books took it over.
        pub venue: VenueId,
        /// Whose it is.
        pub client: ClientId,
        /// The pass it became.
        pub pass: Option<PassId>,
        /// The account that its visits, credit or money lie on.
        pub account: Option<AccountId>,
        /// The lot of what was left.
        pub lot: Option<LotId>,
        /// The transfers that took it over.
        pub group: GroupId,
        /// What `rest` counts; none for a time pass.
        #[schemars(with = "Option<String>")]
        pub unit: Option<Unit>,
        /// What was left, in the unit; negative for a debt.
        pub rest: i64,
        /// Of a pass, the value still owed, net of tax; of a balance, the balance.
        pub owed: Money,
        /// Of a pass, what was paid for it in the older system, tax included.
        pub price: Option<Money>,
    }
}

/// What is still owed for visits or credit of which `rest` of `whole` is left: that part of the value. More than the whole
/// is worth no more than the whole.
///
/// # Errors
/// `overflow`.
pub fn owed_of_rest(value: Money, rest: i64, whole: i64) -> Result<Money> {
    Ok(Money::new(proportion(value.minor(), rest.min(whole), whole)?, value.currency()))
}

/// What is still owed for a time pass at an instant: the part of the value that its days have not earned, each day from
/// its beginning on. `frozen` is how many of the days that lie behind were frozen.
///
/// # Errors
/// `out_of_range` for the field `frozen_days` if more days were frozen than lie behind; `overflow`.
pub fn owed_of_days(
    value: Money,
    (starts, ends): (Instant, Instant),
    at: Instant,
    frozen: i64,
    zone: Zone,
) -> Result<Money> {
    if at < starts {
        return Ok(value);
    }
    let begun = i64::from(calendar::days_elapsed(zone, starts, at)?);
    let whole = i64::from(calendar::days_total(zone, starts, ends)?);
    let (begun_days, days) = (begun.saturating_sub(frozen), whole.saturating_sub(frozen));
    if begun_days < 0 || days <= 0 {
        return Err(Error::field(Reason::OutOfRange, "frozen_days").with("max", begun.min(whole)));
    }
    value.checked_sub(Money::new(proportion(value.minor(), begun_days.min(days), days)?, value.currency()))
}

/// The price of what is still owed, tax included: in proportion to what was paid, so that the whole value is worth the
/// whole price; of something that cost nothing, the value and its tax.
///
/// # Errors
/// `overflow`.
pub fn price_of(owed: Money, price: Money, tax: Percent) -> Result<Money> {
    let value = price.net_of_tax(tax)?;
    if value.minor() > 0 { gross_of(owed, value, price) } else { owed.checked_add(tax.of(owed)?) }
}

impl FreezeRules {
    /// The same rules with so many days and times used already. Nothing left is no days, not any number of them.
    #[must_use]
    pub fn less(&self, days: i32, times: i32) -> Self {
        let left = |most: Option<i32>, used: i32| most.map(|most| most.saturating_sub(used).max(0));
        Self { days: left(self.days, days), times: left(self.times, times), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn money(minor: i64) -> Money {
        Money::new(minor, "EUR".parse::<Currency>().expect("a currency"))
    }

    fn zone() -> Zone {
        "Europe/Bucharest".parse().expect("a zone")
    }

    fn start(day: &str) -> Instant {
        zone().start_of(day.parse().expect("a date")).expect("in range")
    }

    #[test]
    fn what_is_left_of_visits_has_its_share_of_the_value() {
        // 84.03 for ten: 3 are worth 25.209, rounded 25.21. Thirteen of ten are worth what ten are.
        assert_eq!(owed_of_rest(money(8403), 3, 10), Ok(money(2521)));
        assert_eq!(owed_of_rest(money(8403), 10, 10), Ok(money(8403)));
        assert_eq!(owed_of_rest(money(8403), 13, 10), Ok(money(8403)));
    }

    #[test]
    fn what_is_left_of_time_is_the_days_that_have_not_begun() {
        let april = (start("2026-04-01"), start("2026-05-01"));
        let owed = |at: Instant, frozen| owed_of_days(money(3000), april, at, frozen, zone());
        let noon = start("2026-04-10").plus_micros(12 * 3_600_000_000).expect("in range");
        // Ten of 30 days have begun.
        assert_eq!(owed(noon, 0), Ok(money(2000)));
        // Four of the ten were frozen: 6 of 26 days, 30.00 − 6.92.
        assert_eq!(owed(noon, 4), Ok(money(2308)));
        assert_eq!(owed(start("2026-03-31"), 0), Ok(money(3000)), "not begun");
        let error = owed(noon, 11).expect_err("more than ten");
        assert_eq!((error.reason(), error.field_name()), (Reason::OutOfRange, Some("frozen_days")));
        assert_eq!(error.details().get("max").map(String::as_str), Some("10"));
    }

    #[test]
    fn the_whole_value_is_worth_the_whole_price() {
        let tax: Percent = "19".parse().expect("a rate");
        // 50.00 has 42.02 net. All of it: 50.00; half of it, 21.01: 25.00.
        assert_eq!(price_of(money(4202), money(5000), tax), Ok(money(5000)));
        assert_eq!(price_of(money(2101), money(5000), tax), Ok(money(2500)));
        // A gift of no price that is still worth 10.00 costs 11.90.
        assert_eq!(price_of(money(1000), money(0), tax), Ok(money(1190)));
    }

    #[test]
    fn freezes_of_the_older_system_count() {
        let rules = FreezeRules { days: Some(14), times: Some(2), ..FreezeRules::default() };
        let left = |days, times| {
            let left = rules.less(days, times);
            (left.days, left.times)
        };
        assert_eq!(left(5, 1), (Some(9), Some(1)));
        assert_eq!(left(20, 3), (Some(0), Some(0)), "none, and not any number");
        assert_eq!(FreezeRules::default().less(5, 1), FreezeRules::default());
    }
}
