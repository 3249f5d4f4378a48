//! The values that are recognised over the life of a pass add up to its price, for every number of uses and of days up
//! to 400 and random prices, also with reversals in between.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that panics or overflows fails, as it should"
)]

use carnet_domain::calendar::Zone;
use carnet_domain::course::{Course, move_days};
use carnet_domain::lots::{Lot, Origin, apply, take};
use carnet_domain::reversal::{Went, give_back};
use carnet_domain::{AccountId, Currency, Instant, LotId, Money, Percent};
use proptest::prelude::*;

const MOST: i64 = 400;

/// Every value is tried with every number of uses or days: few cases are many.
fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { cases: count, ..ProptestConfig::default() }
}

fn lot(amount: i64, value: i64) -> Lot {
    let at = Instant::from_micros(0).expect("in range");
    Lot {
        lot: LotId(1),
        account: AccountId(1),
        amount,
        rest: amount,
        held: 0,
        held_until: None,
        granted: at,
        effective: at,
        expires: None,
        priority: 0,
        origin: Origin::Paid,
        value,
        recognised: 0,
        released: 0,
    }
}

/// `round(value·k/n)` of an amount that is not negative, in other words than the rules have it.
fn share(value: i64, k: i64, n: i64) -> i64 {
    let (value, k, n) = (i128::from(value), i128::from(k), i128::from(n));
    i64::try_from((2 * value * k + n) / (2 * n)).expect("fits")
}

/// Takes one use and returns what it earns.
fn use_one(lot: &mut Lot) -> i64 {
    let takes =
        take(std::slice::from_ref(lot), 1, Instant::from_micros(1).expect("in range")).expect("one is left");
    apply(lot, &takes[0]).expect("it is there");
    takes[0].recognised
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn every_number_of_uses_up_to_400_adds_up_to_the_price(price in 0..1_000_000_000_i64, rate in 0..500_000_i64) {
        let eur: Currency = "EUR".parse()?;
        let price = Money::new(price, eur);
        let value = price.net_of_tax(Percent::from_ten_thousandths(rate))?;
        let tax = price.checked_sub(value)?;
        for n in 1..=MOST {
            let (mut pass, mut earned) = (lot(n, value.minor()), 0);
            for k in 1..=n {
                let part = use_one(&mut pass);
                prop_assert!(part >= 0, "use {k} of {n}");
                earned += part;
                prop_assert_eq!(earned, share(value.minor(), k, n), "{} of {}", k, n);
            }
            prop_assert_eq!((pass.rest, pass.owed()), (0, 0));
            prop_assert_eq!(earned + tax.minor(), price.minor(), "{} uses", n);
        }
    }

    #[test]
    fn reversals_in_between_lose_no_cent(value in 0..1_000_000_000_i64, back in proptest::collection::vec((1..9_usize, 1..4_i64), 1..40)) {
        for n in 1..=MOST {
            let (mut pass, mut earned, mut uses) = (lot(n, value), 0, 0_usize);
            let mut turns = back.iter().copied();
            let (mut every, mut many) = turns.next().expect("one at least");
            while pass.rest > 0 {
                earned += use_one(&mut pass);
                uses += 1;
                if uses % every == 0 {
                    // Some of the last uses go back, with what they earned.
                    let gone = n - pass.rest;
                    let part = many.min(gone);
                    let undone = give_back(&mut pass, part, Went::Used)?;
                    prop_assert_eq!(undone.recognised, share(value, gone, n) - share(value, gone - part, n));
                    prop_assert_eq!(undone.released, 0);
                    earned -= undone.recognised;
                    (every, many) = turns.next().unwrap_or((usize::MAX, 1));
                }
                prop_assert_eq!(earned, share(value, n - pass.rest, n));
            }
            prop_assert_eq!(earned, value, "{} uses", n);
        }
    }
}

proptest! {
    #![proptest_config(cases(3))]

    #[test]
    fn every_number_of_days_up_to_400_adds_up_to_the_value(value in 0..1_000_000_000_i64) {
        let zone: Zone = "Europe/Bucharest".parse()?;
        let starts = zone.start_of("2026-01-01".parse()?)?;
        let midnights: Vec<Instant> = (0..=MOST).map(|day| move_days(zone, starts, day)).collect::<Result<_, _>>()?;
        for n in 1..=MOST {
            let ends = midnights.get(usize::try_from(n)?).copied();
            let course = Course { value, starts, ends, frozen: &[], fixed: None };
            for (k, midnight) in (0..=n).zip(&midnights) {
                prop_assert_eq!(course.earned(*midnight, zone)?, share(value, k, n), "{} of {} days", k, n);
            }
        }
    }
}
