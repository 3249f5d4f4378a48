//! Lots: grants of value, the order in which they are used, and the value that each use recognises.
//!
//! One model serves visits, credit, money and points. An expired lot cannot be used, whether or not a sweep
//! has written its breakage down: validity is decided at the instant of use.

use crate::error::{Error, Reason, Result};
use crate::ids::{AccountId, LotId};
use crate::money::proportion;
use crate::time::Instant;
use std::cmp::Ordering;

words! {
    /// Where the value of a lot came from. Bonus is used before paid.
    pub enum Origin {
        /// Given with something else.
        Bonus "bonus",
        /// Earned by loyalty.
        Earned "earned",
        /// Paid for.
        Paid "paid",
    }
}

record! {
    /// One grant of value.
    pub struct Lot {
        /// The id.
        pub lot: LotId,
        /// The account it lies on.
        pub account: AccountId,
        /// How much was granted, in the account's unit.
        pub amount: i64,
        /// How much is left, held included.
        pub rest: i64,
        /// How much of the rest is held.
        pub held: i64,
        /// When the first hold on it runs out: from then on `held` is to be counted anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub held_until: Option<Instant>,
        /// When it was granted.
        pub granted: Instant,
        /// From when it can be used.
        pub effective: Instant,
        /// The instant from which it cannot be used any more; none for never.
        pub expires: Option<Instant>,
        /// Lower numbers are used first.
        pub priority: i32,
        /// Where it came from.
        pub origin: Origin,
        /// Its money value net of tax, in minor units: what is recognised over its life.
        pub value: i64,
        /// The value recognised so far.
        pub recognised: i64,
        /// The value that lapsed or was refunded. What is owed is `value - recognised - released`.
        pub released: i64,
    }

    /// What was taken from one lot.
    pub struct Take {
        /// The lot.
        pub lot: LotId,
        /// How much, in the account's unit.
        pub amount: i64,
        /// The money value that this earned, in minor units.
        pub recognised: i64,
    }
}

impl Lot {
    /// What can be taken now: the rest less what is held, nothing outside its validity.
    #[must_use]
    pub fn available_at(&self, at: Instant) -> i64 {
        let live = self.effective <= at && self.expires.is_none_or(|end| at < end);
        if live { self.rest.saturating_sub(self.held).max(0) } else { 0 }
    }

    /// The value that is still owed, in minor units.
    #[must_use]
    pub const fn owed(&self) -> i64 {
        self.value.saturating_sub(self.recognised).saturating_sub(self.released)
    }

    /// The value that goes when `amount` more goes: `round(value·k/n)` less what has gone, used or not, so that the
    /// parts add up to the value whatever the price.
    ///
    /// # Errors
    /// `overflow`.
    pub fn recognised_by(&self, amount: i64) -> Result<i64> {
        let gone = self.gone()?.checked_add(amount).ok_or(Reason::Overflow)?;
        self.value_of(gone)?.checked_sub(self.value_gone()?).ok_or_else(|| Reason::Overflow.into())
    }

    /// How much of it is gone: used, lapsed or taken away.
    pub(crate) fn gone(&self) -> Result<i64> {
        self.amount.checked_sub(self.rest).ok_or_else(|| Reason::Overflow.into())
    }

    /// The value that is gone with this much of it.
    pub(crate) fn value_of(&self, gone: i64) -> Result<i64> {
        proportion(self.value, gone, self.amount)
    }

    /// The value that is gone. It is always that of what is gone.
    pub(crate) fn value_gone(&self) -> Result<i64> {
        self.recognised.checked_add(self.released).ok_or_else(|| Reason::Overflow.into())
    }
}

/// The order of use: priority (lower first), then earliest expiry (never-expiring last), then bonus before
/// paid, then oldest, then id.
#[must_use]
pub fn order_of_use(a: &Lot, b: &Lot) -> Ordering {
    let key =
        |lot: &Lot| (lot.priority, lot.expires.unwrap_or(Instant::FOREVER), lot.origin, lot.granted, lot.lot);
    key(a).cmp(&key(b))
}

/// What a use of `amount` takes from these lots at an instant: all of it or nothing.
///
/// ```
/// # use carnet_domain::lots::{Lot, Origin, take};
/// # use carnet_domain::{AccountId, Instant, LotId};
/// # let at = Instant::from_micros(0)?;
/// # let lot = |id, rest, priority| Lot { lot: LotId(id), account: AccountId(1), amount: rest, rest, held: 0, held_until: None,
/// #     granted: at, effective: at, expires: None, priority, origin: Origin::Paid, value: 0, recognised: 0,
/// #     released: 0 };
/// let takes = take(&[lot(2, 100, 2), lot(1, 100, 1)], 120, at)?;
/// assert_eq!(takes.iter().map(|t| (t.lot.0, t.amount)).collect::<Vec<_>>(), [(1, 100), (2, 20)]);
/// # Ok::<(), carnet_domain::Error>(())
/// ```
///
/// # Errors
/// `insufficient` with `needed`, `available` and `missing`, in the unit's smallest parts.
pub fn take(lots: &[Lot], amount: i64, at: Instant) -> Result<Vec<Take>> {
    let mut usable: Vec<&Lot> = lots.iter().filter(|lot| lot.available_at(at) > 0).collect();
    usable.sort_by(|a, b| order_of_use(a, b));
    let mut missing = amount;
    let mut takes = Vec::new();
    for lot in usable {
        if missing <= 0 {
            break;
        }
        let part = lot.available_at(at).min(missing);
        missing = missing.saturating_sub(part);
        takes.push(Take { lot: lot.lot, amount: part, recognised: lot.recognised_by(part)? });
    }
    if missing > 0 {
        let available = amount.saturating_sub(missing);
        return Err(Error::new(Reason::Insufficient)
            .with("needed", amount)
            .with("available", available)
            .with("missing", missing));
    }
    Ok(takes)
}

/// What can be taken from these lots at an instant.
#[must_use]
pub fn available(lots: &[Lot], at: Instant) -> i64 {
    lots.iter().map(|lot| lot.available_at(at)).fold(0, i64::saturating_add)
}

/// The lot after a take. The caller has taken from this very lot.
///
/// # Errors
/// `internal` if the lot does not hold that much: a take is always decided on the lot it changes.
pub fn apply(lot: &mut Lot, taken: &Take) -> Result<()> {
    let rest = lot.rest.checked_sub(taken.amount).filter(|rest| *rest >= lot.held);
    let recognised = lot.recognised.checked_add(taken.recognised);
    match (rest, recognised) {
        (Some(rest), Some(recognised)) if lot.lot == taken.lot => {
            lot.rest = rest;
            lot.recognised = recognised;
            Ok(())
        }
        _ => Err(Error::new(Reason::Internal).with("what", "take from another lot")),
    }
}

/// The lot after a part of it was taken away without being used, whose value lapses; and what was taken.
///
/// # Errors
/// `internal` if so much is not there, or is held.
pub fn lapse(lot: &Lot, amount: i64) -> Result<(Lot, Take)> {
    let value = lot.recognised_by(amount)?;
    let rest = lot.rest.checked_sub(amount).filter(|rest| amount >= 0 && *rest >= lot.held);
    match (rest, lot.released.checked_add(value)) {
        (Some(rest), Some(released)) => {
            let taken = Take { lot: lot.lot, amount, recognised: 0 };
            Ok((Lot { rest, released, ..lot.clone() }, taken))
        }
        _ => Err(Error::new(Reason::Internal).with("what", "lapse of more than there is")),
    }
}

#[cfg(test)]
impl Lot {
    /// A paid lot of no value that can be used at once and never expires, of the account 1.
    pub(crate) fn for_test(id: i64, amount: i64) -> Self {
        let first = Instant::from_micros(0).expect("in range");
        Self {
            lot: LotId(id),
            account: AccountId(1),
            amount,
            rest: amount,
            held: 0,
            held_until: None,
            granted: first,
            effective: first,
            expires: None,
            priority: 0,
            origin: Origin::Paid,
            value: 0,
            recognised: 0,
            released: 0,
        }
    }
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests {
    use super::*;
    use crate::ids::LotId;
    use crate::reversal::{Back, Went, give_back};
    use proptest::prelude::*;

    const DAY: i64 = 86_400 * 1_000_000;

    fn at(day: i64) -> Instant {
        Instant::from_micros(day * DAY).expect("in range")
    }

    fn lot(id: i64, amount: i64, priority: i32, expires: Option<i64>) -> Lot {
        Lot { priority, expires: expires.map(at), ..Lot::for_test(id, amount) }
    }

    fn taken(lots: &[Lot], amount: i64, day: i64) -> Vec<(i64, i64)> {
        take(lots, amount, at(day)).expect("enough").iter().map(|t| (t.lot.0, t.amount)).collect()
    }

    fn use_of(lots: &mut [Lot], amount: i64, day: i64) -> Result<()> {
        for taken in take(lots, amount, at(day))? {
            let lot = lots.iter_mut().find(|lot| lot.lot == taken.lot).expect("taken from these");
            apply(lot, &taken)?;
        }
        Ok(())
    }

    #[test]
    fn s01_burn_order_is_priority_then_expiry_then_oldest() {
        assert_eq!(taken(&[lot(2, 100, 2, None), lot(1, 100, 1, None)], 120, 1), [(1, 100), (2, 20)]);
        assert_eq!(
            taken(&[lot(2, 100, 1, Some(36_500)), lot(1, 100, 1, Some(30))], 120, 1),
            [(1, 100), (2, 20)]
        );
        // A lot without expiry burns after every lot that has one.
        assert_eq!(taken(&[lot(1, 100, 1, None), lot(2, 100, 1, Some(9_000))], 1, 1), [(2, 1)]);
        let mut bonus = lot(9, 100, 1, None);
        bonus.origin = Origin::Bonus;
        assert_eq!(taken(&[lot(1, 100, 1, None), bonus], 1, 1), [(9, 1)]);
        let mut older = lot(9, 100, 1, None);
        older.granted = at(-1);
        assert_eq!(taken(&[lot(1, 100, 1, None), older], 1, 1), [(9, 1)]);
        assert_eq!(taken(&[lot(2, 100, 1, None), lot(1, 100, 1, None)], 1, 1), [(1, 1)]);
    }

    #[test]
    fn s01_one_lot_in_a_hundred_thousand_expires_a_day_earlier() {
        let mut lots: Vec<Lot> = (1..=100_000).map(|id| lot(id, 100, 1, Some(30))).collect();
        lots[61_803].expires = Some(at(29));
        assert_eq!(taken(&lots, 99, 1), [(61_804, 99)]);
    }

    #[test]
    fn s02_equal_interval_takes_the_soonest_expiry() {
        let mut lots = [lot(1, 100, 1, Some(365)), lot(2, 100, 1, Some(30))];
        use_of(&mut lots, 60, 1).expect("enough");
        assert_eq!((lots[0].rest, lots[1].rest), (100, 40));
    }

    #[test]
    fn s06_a_void_stops_what_comes_after_it() {
        // Void at day 60: a use at 59 burns, a use at 61 finds nothing and misses all of it.
        let mut lots = [lot(1, 100, 1, None)];
        lots[0].expires = Some(at(60));
        use_of(&mut lots, 50, 59).expect("before the void");
        let refused = use_of(&mut lots, 50, 61).expect_err("after the void");
        assert_eq!(refused.details().get("missing").map(String::as_str), Some("50"));
        // Allowance 500 of low priority, 10 000 that is used first: use 10, void it, use 12 leaves 488.
        let mut lots = [lot(1, 500, 9, None), lot(2, 10_000, 1, Some(7))];
        use_of(&mut lots, 10, 1).expect("enough");
        assert_eq!(lots[1].rest, 9_990);
        lots[1].expires = Some(at(2));
        use_of(&mut lots, 12, 2).expect("enough");
        assert_eq!(available(&lots, at(2)), 488);
    }

    #[test]
    fn n1_n2_an_expired_lot_counts_for_nothing_and_owes_nothing() {
        let mut lots = [lot(1, 100, 1, Some(10)), lot(2, 50, 1, None)];
        use_of(&mut lots, 60, 5).expect("enough");
        assert_eq!(available(&lots, at(11)), 50);
        assert!(take(&lots, 51, at(11)).is_err());
        // Half-open: at its expiry it is expired already.
        assert_eq!((lots[0].available_at(at(10)), available(&lots, at(9))), (0, 90));
    }

    #[test]
    fn held_value_is_not_available() {
        let mut held = lot(1, 10, 1, None);
        held.held = 8;
        assert_eq!(available(&[held.clone()], at(1)), 2);
        assert_eq!(take(&[held], 3, at(1)).map_err(|e| e.reason()), Err(Reason::Insufficient));
    }

    #[test]
    fn what_is_held_or_lies_in_another_lot_is_not_taken() {
        let one = Lot { held: 4, value: 1000, ..lot(1, 10, 1, None) };
        let part = |id, amount| Take { lot: LotId(id), amount, recognised: 0 };
        let after = |taken: &Take| {
            let mut lot = one.clone();
            apply(&mut lot, taken).map(|()| lot.rest).map_err(|error| error.reason())
        };
        assert_eq!(after(&part(1, 6)), Ok(4), "all that is not held");
        assert_eq!((after(&part(1, 7)), after(&part(2, 1))), (Err(Reason::Internal), Err(Reason::Internal)));
        // 6 of 10 at 100 each: 600 lapse, 400 are owed.
        let (lapsed, taken) = lapse(&one, 6).expect("not held");
        assert_eq!((lapsed.rest, lapsed.released, lapsed.owed(), taken.amount), (4, 600, 400, 6));
        assert_eq!(lapse(&one, 0).map(|(lot, _)| lot), Ok(one.clone()));
        for amount in [7, -1] {
            assert_eq!(lapse(&one, amount).map_err(|error| error.reason()), Err(Reason::Internal));
        }
        let owed = Lot { value: 100, recognised: 30, released: 25, ..one };
        assert_eq!(owed.owed(), 45);
    }

    #[test]
    fn a_lot_can_be_used_from_its_first_instant_on() {
        let later = Lot { effective: at(3), ..lot(1, 10, 1, Some(5)) };
        let days: Vec<i64> = (2..6).map(|day| later.available_at(at(day))).collect();
        assert_eq!(days, [0, 10, 10, 0]);
        let short = take(&[later], 11, at(3)).expect_err("10 are there");
        let detail = |name| short.details().get(name).map(String::as_str);
        assert_eq!(
            (detail("needed"), detail("available"), detail("missing")),
            (Some("11"), Some("10"), Some("1"))
        );
    }

    fn any_lots() -> impl Strategy<Value = Vec<Lot>> {
        let one = (
            1..500_i64,
            0..3_i32,
            proptest::option::of(1..20_i64),
            0..3_usize,
            -5..5_i64,
            0..10_i64,
            0..100_000_i64,
        );
        proptest::collection::vec(one, 0..20).prop_map(|all| {
            let numbered = all.into_iter().zip(1..);
            numbered
                .map(|((amount, priority, expires, origin, granted, effective, value), id)| Lot {
                    origin: Origin::ALL[origin],
                    granted: at(granted),
                    effective: at(effective),
                    value,
                    ..lot(id, amount, priority, expires)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn a_use_is_all_or_nothing_and_comes_back_whole(lots in any_lots(), amount in 1..3_000_i64, day in 0..25_i64) {
            let before = available(&lots, at(day));
            let mut after = lots.clone();
            match take(&lots, amount, at(day)) {
                Err(_) => prop_assert!(before < amount),
                Ok(takes) => {
                    prop_assert_eq!(takes.iter().map(|t| t.amount).sum::<i64>(), amount);
                    for taken in &takes {
                        let lot = after.iter_mut().find(|l| l.lot == taken.lot).expect("known");
                        apply(lot, taken)?;
                    }
                    prop_assert_eq!(available(&after, at(day)), before - amount);
                    for taken in takes.iter().rev() {
                        let lot = after.iter_mut().find(|l| l.lot == taken.lot).expect("known");
                        let back = give_back(lot, taken.amount, Went::Used)?;
                        prop_assert_eq!(back, Back { recognised: taken.recognised, released: 0 });
                    }
                    prop_assert_eq!(&after, &lots);
                }
            }
        }

        #[test]
        fn the_order_is_that_of_a_brute_force_search(lots in any_lots(), amount in 1..3_000_i64, day in 0..25_i64) {
            // Unit by unit, always from the lot that compares least among those that still have something.
            let Ok(takes) = take(&lots, amount, at(day)) else { return Ok(()) };
            let mut rests: Vec<Lot> = lots;
            let mut brute: Vec<(i64, i64)> = Vec::new();
            for _ in 0..amount {
                let mut best: Option<usize> = None;
                for (index, lot) in rests.iter().enumerate() {
                    let better = best.is_none_or(|b| {
                        let other = &rests[b];
                        let expiry = |l: &Lot| l.expires.map_or(i64::MAX, Instant::micros);
                        let bonus = |l: &Lot| match l.origin { Origin::Bonus => 0, Origin::Earned => 1, Origin::Paid => 2 };
                        lot.priority < other.priority || lot.priority == other.priority
                            && (expiry(lot) < expiry(other) || expiry(lot) == expiry(other)
                                && (bonus(lot) < bonus(other) || bonus(lot) == bonus(other)
                                    && (lot.granted < other.granted || lot.granted == other.granted && lot.lot < other.lot)))
                    });
                    let usable = lot.rest > 0 && lot.effective <= at(day) && lot.expires.is_none_or(|e| at(day) < e);
                    if usable && better { best = Some(index); }
                }
                let chosen = best.expect("take found enough");
                rests[chosen].rest -= 1;
                let id = rests[chosen].lot.0;
                match brute.last_mut() { Some(last) if last.0 == id => last.1 += 1, _ => brute.push((id, 1)) }
            }
            prop_assert_eq!(takes.iter().map(|t| (t.lot.0, t.amount)).collect::<Vec<_>>(), brute);
        }

        #[test]
        fn what_is_taken_away_has_its_share_of_the_value(amount in 1..=400_i64, value in 0..10_000_000_i64,
            cuts in proptest::collection::vec((any::<bool>(), 1..60_i64), 0..40)) {
            let mut one = Lot { value, ..lot(1, amount, 0, None) };
            for (used, part) in cuts {
                let part = part.min(one.rest);
                if used && part > 0 {
                    let taken = take(std::slice::from_ref(&one), part, at(1))?;
                    apply(&mut one, &taken[0])?;
                } else {
                    one = lapse(&one, part)?.0;
                }
                prop_assert_eq!(one.recognised + one.released, proportion(value, amount - one.rest, amount)?);
            }
            prop_assert!(lapse(&one, one.rest + 1).is_err());
        }

        #[test]
        fn value_recognised_over_the_life_of_a_lot_adds_up(amount in 1..=400_i64, value in 0..10_000_000_i64) {
            let mut one = Lot { value, ..lot(1, amount, 0, None) };
            while one.rest > 0 {
                let taken = take(std::slice::from_ref(&one), 1, at(1))?;
                prop_assert!(taken[0].recognised >= 0);
                apply(&mut one, &taken[0])?;
            }
            prop_assert_eq!(one.recognised, value);
        }
    }
}
