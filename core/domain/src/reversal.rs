//! Reversal: what a movement took goes back to where it came from, whole or in part, once.

use crate::error::{Error, Reason, Result};
use crate::ids::LotId;
use crate::lots::{Lot, Take};
use crate::money::proportion;

/// How value left a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Went {
    /// It was used: its value was recognised.
    Used,
    /// It expired or was taken away: its value lapsed.
    Lapsed,
}

/// The value that is owed again, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Back {
    /// Recognised no longer.
    pub recognised: i64,
    /// Lapsed no longer.
    pub released: i64,
}

/// Where an amount goes back to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    /// It pays what is owed on the account.
    pub debt: i64,
    /// It was used beyond what was on the account, and that was paid since: it is granted anew.
    pub fresh: i64,
    /// It goes back to these lots, in this order.
    pub lots: Vec<(LotId, i64)>,
}

/// What a movement of `total` gives back, of which `done` was given back before: last used first. What the lots did not
/// cover was used last of all. `debt` is what is owed on the account now; that is paid first.
///
/// # Errors
/// `nothing_to_reverse` with what is `left`, if it is less than `amount`.
pub fn undo(takes: &[Take], total: i64, done: i64, amount: i64, debt: i64) -> Result<Undone> {
    let left = total.saturating_sub(done);
    if amount > left {
        return Err(Error::new(Reason::NothingToReverse).with("left", left).with("asked", amount));
    }
    let covered = takes.iter().map(|taken| taken.amount).fold(0, i64::saturating_add);
    let beyond = (None, total.saturating_sub(covered));
    let used_last = takes.iter().rev().map(|taken| (Some(taken.lot), taken.amount));
    let mut undone = Undone::default();
    let (mut skip, mut wanted, mut owed) = (done, amount, debt.max(0));
    for (lot, part) in std::iter::once(beyond).chain(used_last) {
        let skipped = part.min(skip);
        skip = skip.saturating_sub(skipped);
        let mut part = part.saturating_sub(skipped).min(wanted);
        wanted = wanted.saturating_sub(part);
        let paid = part.min(owed);
        owed = owed.saturating_sub(paid);
        undone.debt = undone.debt.saturating_add(paid);
        part = part.saturating_sub(paid);
        match lot {
            Some(lot) if part > 0 => undone.lots.push((lot, part)),
            Some(_) => {}
            None => undone.fresh = undone.fresh.saturating_add(part),
        }
    }
    Ok(undone)
}

/// Gives a part back to its lot, whether or not the lot has expired: then it is there, and cannot be used. The value that
/// is owed again is `round(value·k/n)` less what is gone after it, taken first from where it went.
///
/// # Errors
/// `internal` if the lot would hold more than was granted.
pub fn give_back(lot: &mut Lot, amount: i64, went: Went) -> Result<Back> {
    let internal = || Error::new(Reason::Internal).with("what", "give back to another lot");
    let rest = lot.rest.checked_add(amount).filter(|rest| amount >= 0 && *rest <= lot.amount);
    let before = lot.value_gone()?;
    lot.rest = rest.ok_or_else(internal)?;
    let owed = before.saturating_sub(lot.value_of(lot.gone()?)?).max(0);
    let back = match went {
        Went::Used => {
            let recognised = owed.min(lot.recognised);
            Back { recognised, released: owed.saturating_sub(recognised) }
        }
        Went::Lapsed => {
            let released = owed.min(lot.released);
            Back { recognised: owed.saturating_sub(released), released }
        }
    };
    lot.recognised = lot.recognised.saturating_sub(back.recognised);
    lot.released = lot.released.saturating_sub(back.released);
    Ok(back)
}

/// Takes the value of a part that is gone out of its lot, for a lot of its own: nothing comes back to this one, whose
/// value of what is gone stays what it is.
///
/// # Errors
/// `internal` if so much has not gone.
pub fn move_out(lot: &mut Lot, amount: i64, went: Went) -> Result<Back> {
    let gone = lot.gone()?;
    let before = gone.checked_sub(amount).filter(|before| amount >= 0 && *before >= 0);
    let before = before.ok_or_else(|| Error::new(Reason::Internal).with("what", "more than is gone"))?;
    let value = lot.value_gone()?.saturating_sub(lot.value_of(before)?).max(0);
    match went {
        Went::Used => {
            let recognised = value.min(lot.recognised);
            lot.recognised = lot.recognised.saturating_sub(recognised);
            lot.released = lot.released.saturating_add(recognised);
            Ok(Back { recognised, released: 0 })
        }
        Went::Lapsed => Ok(Back { recognised: 0, released: value.min(lot.released) }),
    }
}

/// How much of each part belongs to `amount` of the whole after `done` of it: the parts of every stretch add up to it,
/// and all stretches together to the parts. The first part is rounded, the others share what remains in the same way.
///
/// # Errors
/// `overflow`.
pub fn share(parts: &[i64], done: i64, amount: i64) -> Result<Vec<i64>> {
    let through = done.checked_add(amount).ok_or(Reason::Overflow)?;
    let (before, after) = (up_to(parts, done)?, up_to(parts, through)?);
    Ok(after.iter().zip(&before).map(|(after, before)| after.saturating_sub(*before)).collect())
}

/// How many of a use of several have gone back, once `back` of the `taken` that they took has: whole ones only.
#[must_use]
pub fn whole_uses(quantity: i32, taken: i64, back: i64) -> i32 {
    let gone = i128::from(quantity).saturating_mul(back.into()).checked_div(taken.into()).unwrap_or(0);
    i32::try_from(gone.clamp(0, quantity.into())).unwrap_or(quantity)
}

fn up_to(parts: &[i64], through: i64) -> Result<Vec<i64>> {
    let mut whole =
        parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part)).ok_or(Reason::Overflow)?;
    let mut left = through.min(whole);
    let mut shares = Vec::with_capacity(parts.len());
    for part in parts {
        let share = if whole == 0 { 0 } else { proportion(*part, left, whole)? };
        left = left.saturating_sub(share);
        whole = whole.saturating_sub(*part);
        shares.push(share);
    }
    Ok(shares)
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests {
    use super::*;
    use crate::lots::{apply, lapse, take};
    use crate::time::Instant;
    use proptest::prelude::*;

    fn lot(id: i64, amount: i64, value: i64) -> Lot {
        Lot { value, ..Lot::for_test(id, amount) }
    }

    fn taken(id: i64, amount: i64) -> Take {
        Take { lot: LotId(id), amount, recognised: 0 }
    }

    #[test]
    fn whole_uses_only_go_back() {
        // 3 visits; 2 times 10.00; one time 7.
        assert_eq!([0, 1, 2, 3].map(|back| whole_uses(3, 3, back)), [0, 1, 2, 3]);
        assert_eq!([999, 1000, 1999, 2000].map(|back| whole_uses(2, 2000, back)), [0, 1, 1, 2]);
        assert_eq!([6, 7].map(|back| whole_uses(1, 7, back)), [0, 1]);
        assert_eq!(whole_uses(5, 0, 0), 0, "what took nothing goes back in one piece");
        assert_eq!(whole_uses(i32::MAX, i64::MAX, i64::MAX), i32::MAX);
    }

    #[test]
    fn what_was_used_last_goes_back_first() {
        let takes = [taken(1, 5), taken(2, 3)];
        // 8 used: 5 of the first, then 3 of the second. 4 back: the 3, then 1 of the 5; the next 2 are of the 5.
        let first = undo(&takes, 8, 0, 4, 0).expect("8 are left");
        assert_eq!(first.lots, [(LotId(2), 3), (LotId(1), 1)]);
        assert_eq!(undo(&takes, 8, 4, 2, 0).expect("4 are left").lots, [(LotId(1), 2)]);
        let refused = undo(&takes, 8, 6, 3, 0).expect_err("2 are left");
        assert_eq!(refused.details().get("left").map(String::as_str), Some("2"));
    }

    #[test]
    fn what_was_beyond_the_lots_was_used_last_of_all() {
        // 30 charged with 10 on the account: 20 beyond it. 25 back while 20 are owed: the debt, then 5 to the lot.
        let owed = undo(&[taken(1, 10)], 30, 0, 25, 20).expect("30 are left");
        assert_eq!(owed, Undone { debt: 20, fresh: 0, lots: vec![(LotId(1), 5)] });
        // The debt was paid since: what was beyond is granted anew.
        let paid = undo(&[taken(1, 10)], 30, 0, 25, 0).expect("30 are left");
        assert_eq!(paid, Undone { debt: 0, fresh: 20, lots: vec![(LotId(1), 5)] });
        // Something else is owed: it is paid before a lot gets anything.
        let other = undo(&[taken(1, 10)], 10, 0, 10, 4).expect("10 are left");
        assert_eq!(other, Undone { debt: 4, fresh: 0, lots: vec![(LotId(1), 6)] });
    }

    #[test]
    fn the_value_owed_again_is_that_of_what_is_back() {
        // 100 over 3: uses earn 33, 34, 33. Two back: 100 - round(100·1/3) = 67.
        let mut one = Lot { rest: 0, recognised: 100, ..lot(1, 3, 100) };
        assert_eq!(give_back(&mut one, 2, Went::Used), Ok(Back { recognised: 67, released: 0 }));
        assert_eq!((one.rest, one.recognised), (2, 33));
        assert_eq!(give_back(&mut one, 2, Went::Used).map_err(|e| e.reason()), Err(Reason::Internal));
        // 3 of 10 used, 7 lapsed: one use back owes 10 again, of what was recognised.
        let mut over = Lot { rest: 0, recognised: 30, released: 70, ..lot(1, 10, 100) };
        assert_eq!(give_back(&mut over, 1, Went::Used), Ok(Back { recognised: 10, released: 0 }));
        assert_eq!((over.recognised, over.released), (20, 70));
        assert_eq!(give_back(&mut over, 2, Went::Lapsed), Ok(Back { recognised: 0, released: 20 }));
    }

    #[test]
    fn less_than_nothing_goes_nowhere() {
        let mut one = Lot { rest: 2, recognised: 33, ..lot(1, 3, 100) };
        let before = one.clone();
        for went in [Went::Used, Went::Lapsed] {
            assert_eq!(give_back(&mut one, -1, went).map_err(|e| e.reason()), Err(Reason::Internal));
            assert_eq!(move_out(&mut one, -1, went).map_err(|e| e.reason()), Err(Reason::Internal));
            assert_eq!(give_back(&mut one, 0, went), Ok(Back::default()));
            assert_eq!(move_out(&mut one, 0, went), Ok(Back::default()));
        }
        assert_eq!(one, before);
        assert_eq!(give_back(&mut one, 1, Went::Used), Ok(Back { recognised: 33, released: 0 }));
        assert_eq!(one, lot(1, 3, 100), "all of it is back");
        // 1 of 4 used and 1 lapsed, at 25 each. Two uses back, though one was recognised: the other part had lapsed.
        let mut two = Lot { rest: 2, recognised: 25, released: 25, ..lot(1, 4, 100) };
        assert_eq!(give_back(&mut two, 2, Went::Used), Ok(Back { recognised: 25, released: 25 }));
        let mut two = Lot { rest: 2, recognised: 25, released: 25, ..lot(1, 4, 100) };
        assert_eq!(give_back(&mut two, 2, Went::Lapsed), Ok(Back { recognised: 25, released: 25 }));
    }

    #[test]
    fn a_new_lot_takes_the_value_of_its_part_along() {
        // 3 of 10 used at 100: one of them in a lot of its own has 10, and the old lot's 30 are still accounted for.
        let mut old = Lot { rest: 7, recognised: 30, ..lot(1, 10, 100) };
        assert_eq!(move_out(&mut old, 1, Went::Used), Ok(Back { recognised: 10, released: 0 }));
        assert_eq!((old.rest, old.recognised, old.released), (7, 20, 10));
        assert_eq!(move_out(&mut old, 4, Went::Used).map_err(|e| e.reason()), Err(Reason::Internal));
        let mut over = Lot { rest: 0, recognised: 30, released: 70, ..lot(1, 10, 100) };
        assert_eq!(move_out(&mut over, 7, Went::Lapsed), Ok(Back { recognised: 0, released: 70 }));
        assert_eq!((over.recognised, over.released), (30, 70));
    }

    #[test]
    fn both_columns_of_a_part_add_up() {
        // 120.00 = 100.00 + 20.00. A third, 40.00: 33.33 + 6.67; the next 40.00: 33.34 + 6.66; the rest 33.33 + 6.67.
        let parts = [10_000, 2_000];
        assert_eq!(share(&parts, 0, 4_000), Ok(vec![3_333, 667]));
        assert_eq!(share(&parts, 4_000, 4_000), Ok(vec![3_334, 666]));
        assert_eq!(share(&parts, 8_000, 4_000), Ok(vec![3_333, 667]));
        assert_eq!(share(&[0, 0], 0, 0), Ok(vec![0, 0]));
    }

    proptest! {
        #[test]
        fn parts_in_any_cut_add_up(parts in proptest::collection::vec(0..100_000_i64, 1..6), cuts in proptest::collection::vec(1..60_000_i64, 0..12)) {
            let whole: i64 = parts.iter().sum();
            let mut sums = vec![0; parts.len()];
            let mut done = 0;
            for cut in cuts.into_iter().chain([whole]) {
                let cut = cut.min(whole - done);
                let shares = share(&parts, done, cut)?;
                prop_assert_eq!(shares.iter().sum::<i64>(), cut);
                for (sum, share) in sums.iter_mut().zip(shares) {
                    prop_assert!(share >= 0);
                    *sum += share;
                }
                done += cut;
            }
            prop_assert_eq!(sums, parts);
        }

        #[test]
        fn in_parts_and_at_once_are_the_same(amounts in proptest::collection::vec(1..50_i64, 1..8), beyond in 0..40_i64,
            cuts in proptest::collection::vec(1..40_i64, 0..20)) {
            let takes: Vec<Take> = (1..).zip(&amounts).map(|(id, amount)| taken(id, *amount)).collect();
            let total = amounts.iter().sum::<i64>() + beyond;
            let mut back: std::collections::BTreeMap<LotId, i64> = std::collections::BTreeMap::new();
            let (mut done, mut fresh) = (0, 0);
            for cut in cuts.into_iter().chain([total]) {
                let cut = cut.min(total - done);
                let part = undo(&takes, total, done, cut, 0)?;
                prop_assert_eq!(part.fresh + part.lots.iter().map(|(_, amount)| amount).sum::<i64>(), cut);
                fresh += part.fresh;
                for (lot, amount) in part.lots {
                    *back.entry(lot).or_default() += amount;
                }
                done += cut;
            }
            prop_assert_eq!(fresh, beyond);
            prop_assert_eq!(back.into_iter().map(|(lot, amount)| taken(lot.0, amount)).collect::<Vec<_>>(), takes);
        }

        #[test]
        fn uses_and_reversals_in_any_order_lose_no_cent(amount in 1..60_i64, value in 0..1_000_000_i64,
            steps in proptest::collection::vec((0..4_u8, 1..9_i64), 0..60)) {
            let mut one = lot(1, amount, value);
            let (mut used, mut away, mut earned, mut lapsed) = (0, 0, 0, 0);
            for (what, part) in steps {
                match what {
                    0 if part <= one.rest => {
                        let takes = take(std::slice::from_ref(&one), part, Instant::from_micros(1)?)?;
                        prop_assert!(takes[0].recognised >= 0);
                        apply(&mut one, &takes[0])?;
                        used += part;
                        earned += takes[0].recognised;
                    }
                    1 if part <= one.rest => {
                        let (after, _) = lapse(&one, part)?;
                        lapsed += after.released - one.released;
                        one = after;
                        away += part;
                    }
                    2 | 3 => {
                        let (went, count) = if what == 2 { (Went::Used, &mut used) } else { (Went::Lapsed, &mut away) };
                        let part = part.min(*count);
                        let back = give_back(&mut one, part, went)?;
                        prop_assert!(back.recognised >= 0 && back.released >= 0);
                        *count -= part;
                        earned -= back.recognised;
                        lapsed -= back.released;
                    }
                    _ => {}
                }
                prop_assert_eq!((one.recognised, one.released, one.rest), (earned, lapsed, amount - used - away));
                prop_assert_eq!(earned + lapsed, proportion(value, used + away, amount)?);
                prop_assert!(earned >= 0 && lapsed >= 0);
            }
        }
    }
}
