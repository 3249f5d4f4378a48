//! Holds: amounts that are authorised now and captured or released later.

use crate::account::Unit;
use crate::error::{Error, Reason, Result};
use crate::ids::{AccountId, ClientId, GroupId, HoldId, LotId, PassId, VenueId};
use crate::lots::{Lot, Take, available, order_of_use, take};
use crate::money::{Money, Percent};
use crate::time::Instant;
use std::collections::BTreeMap;

words! {
    /// What became of a hold.
    pub enum HoldState {
        /// What it holds is not available.
        Open "open",
        /// It was captured, whole or in part; the rest is free.
        Captured "captured",
        /// It was released.
        Released "released",
        /// Its time was over.
        Expired "expired",
    }
}

choice! {
    /// How much more than it holds may be captured, once, with the capture that ends the hold.
    pub enum OverCapture {
        /// A part of what was placed on each account, up to 100, rounded down.
        Percent(Percent),
        /// An amount of money, for the account in this currency.
        Amount(Money),
    }
}

record! {
    /// An authorised amount over one or several accounts.
    pub struct Hold {
        /// The id.
        pub hold: HoldId,
        /// Grows by one with every change.
        pub version: i64,
        /// Whose accounts.
        pub client: ClientId,
        /// Where it was placed.
        pub venue: VenueId,
        /// When it was placed.
        pub placed: Instant,
        /// From this instant on it holds nothing, whether or not anybody has written that down.
        pub expires: Instant,
        /// What was written of it.
        pub state: HoldState,
        /// When it was captured, released, or found expired.
        pub ended: Option<Instant>,
        /// The transfers of its last capture.
        pub group: Option<GroupId>,
        /// Why, for people.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
        /// How much more than it holds may be captured; nothing if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub more_up_to: Option<OverCapture>,
        /// What it holds, account by account, lot by lot.
        pub parts: Vec<HoldPart>,
    }

    /// What a hold holds of one lot.
    #[derive(Eq)]
    pub struct HoldPart {
        /// The account.
        pub account: AccountId,
        /// The pass that the account belongs to; none for money.
        pub pass: Option<PassId>,
        /// The lot.
        pub lot: LotId,
        /// How much was placed, in the account's unit.
        pub amount: i64,
        /// How much of it is still held, in the account's unit.
        pub held: i64,
    }
}

impl Hold {
    /// What it is at an instant: an open one whose time is over has expired, though nobody has written that down.
    #[must_use]
    pub fn state_at(&self, at: Instant) -> HoldState {
        if self.state == HoldState::Open && self.expires <= at { HoldState::Expired } else { self.state }
    }

    /// How much more than it holds may be captured of an account, in its unit.
    #[must_use]
    pub fn most_beyond(&self, account: AccountId, unit: Unit) -> i64 {
        match &self.more_up_to {
            Some(OverCapture::Percent(rate)) => {
                let parts = self.parts.iter().filter(|part| part.account == account);
                let placed = parts.map(|part| i128::from(part.amount)).fold(0, i128::saturating_add);
                let part = placed.saturating_mul(rate.ten_thousandths().into()).checked_div(1_000_000);
                part.and_then(|part| i64::try_from(part).ok()).unwrap_or(0)
            }
            Some(OverCapture::Amount(money)) if unit == Unit::Money(money.currency()) => money.minor(),
            _ => 0,
        }
    }
}

/// What a hold of `amount` holds of these lots of one account, in the order of use: all of it or nothing.
///
/// # Errors
/// `insufficient` with `needed`, `available` and `missing`, in the unit's smallest parts.
pub fn place(lots: &[Lot], amount: i64, pass: Option<PassId>, at: Instant) -> Result<Vec<HoldPart>> {
    let of_lot = |taken: &Take| lots.iter().find(|lot| lot.lot == taken.lot).map(|lot| lot.account);
    let part = |taken: Take| {
        let account = of_lot(&taken).ok_or(Reason::Internal)?;
        Ok(HoldPart { account, pass, lot: taken.lot, amount: taken.amount, held: taken.amount })
    };
    take(lots, amount, at)?.into_iter().map(part).collect()
}

/// What a capture of `amount` takes from the lots of one account: what is held, in the order of use, whether or not the
/// lots have expired since; and where that is less, up to `beyond` more of what is available. With it, how much of what
/// each part held was taken.
///
/// # Errors
/// `over_capture` with `held` and `most`; `insufficient` if what is beyond is not there.
pub fn capture(
    parts: &[HoldPart],
    lots: &[Lot],
    amount: i64,
    beyond: i64,
    at: Instant,
) -> Result<(Vec<Take>, BTreeMap<LotId, i64>)> {
    let held = parts.iter().map(|part| part.held).fold(0, i64::saturating_add);
    let most = held.saturating_add(beyond);
    if amount > most {
        return Err(Error::new(Reason::OverCapture).with("held", held).with("most", most));
    }
    let mut sorted: Vec<&Lot> = lots.iter().collect();
    sorted.sort_by(|a, b| order_of_use(a, b));
    let mut left = amount.min(held);
    let mut of_held: BTreeMap<LotId, i64> = BTreeMap::new();
    for lot in &sorted {
        let here = parts.iter().filter(|part| part.lot == lot.lot).map(|part| part.held);
        let part = here.fold(0, i64::saturating_add).min(left);
        left = left.saturating_sub(part);
        if part > 0 {
            of_held.insert(lot.lot, part);
        }
    }
    if left > 0 {
        return Err(Error::new(Reason::Internal).with("what", "a hold of another lot"));
    }
    let more = amount.saturating_sub(held).max(0);
    let extra = if more > 0 { extra(lots, more, at)? } else { Vec::new() };
    let mut takes = Vec::new();
    for lot in sorted {
        let part = extra.iter().filter(|taken| taken.lot == lot.lot).map(|taken| taken.amount);
        let part = part.fold(of_held.get(&lot.lot).copied().unwrap_or(0), i64::saturating_add);
        if part > 0 {
            takes.push(Take { lot: lot.lot, amount: part, recognised: lot.recognised_by(part)? });
        }
    }
    Ok((takes, of_held))
}

fn extra(lots: &[Lot], more: i64, at: Instant) -> Result<Vec<Take>> {
    take(lots, more, at).map_err(|error| match error.reason() {
        Reason::Insufficient => Error::new(Reason::Insufficient)
            .with("beyond_the_hold", more)
            .with("available", available(lots, at)),
        _ => error,
    })
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests {
    use super::*;
    use crate::lots::apply;
    use proptest::prelude::*;

    fn at(second: i64) -> Instant {
        Instant::from_micros(second * 1_000_000).expect("in range")
    }

    fn lot(id: i64, amount: i64, expires: Option<i64>) -> Lot {
        Lot { expires: expires.map(at), ..Lot::for_test(id, amount) }
    }

    fn hold(lots: &mut [Lot], amount: i64) -> Vec<HoldPart> {
        let parts = place(lots, amount, None, at(1)).expect("enough");
        for part in &parts {
            let lot = lots.iter_mut().find(|lot| lot.lot == part.lot).expect("held of these");
            lot.held += part.held;
        }
        parts
    }

    fn release(lots: &mut [Lot], parts: &[HoldPart]) {
        for part in parts {
            let lot = lots.iter_mut().find(|lot| lot.lot == part.lot).expect("held of these");
            lot.held -= part.held;
        }
    }

    fn captured(lots: &mut [Lot], parts: &[HoldPart], amount: i64) {
        let (takes, _) = capture(parts, lots, amount, 0, at(1)).expect("within the hold");
        release(lots, parts);
        for taken in takes {
            let lot = lots.iter_mut().find(|lot| lot.lot == taken.lot).expect("taken from these");
            apply(lot, &taken).expect("it is there");
        }
    }

    #[test]
    fn s13_hold_release_capture() {
        // 5 that burns first and 10: 15.
        let fresh = || [lot(1, 5, Some(100)), lot(2, 10, None)];
        let mut lots = fresh();
        let parts = hold(&mut lots, 8);
        assert_eq!(available(&lots, at(1)), 7);
        release(&mut lots, &parts);
        assert_eq!(available(&lots, at(1)), 15);
        let mut lots = fresh();
        lots[0].rest = 0;
        let parts = hold(&mut lots, 8);
        assert_eq!(available(&lots, at(1)), 2);
        release(&mut lots, &parts);
        assert_eq!(available(&lots, at(1)), 10);
        let mut lots = fresh();
        let parts = hold(&mut lots, 8);
        captured(&mut lots, &parts, 4);
        assert_eq!(available(&lots, at(1)), 11);
    }

    #[test]
    fn p6_hold_100_capture_60_and_40_are_free() {
        let mut lots = [lot(1, 100, None)];
        let parts = hold(&mut lots, 100);
        assert_eq!(available(&lots, at(1)), 0);
        captured(&mut lots, &parts, 60);
        assert_eq!((available(&lots, at(1)), lots[0].held), (40, 0));
    }

    #[test]
    fn what_is_held_is_captured_after_its_lot_expired() {
        let mut lots = [lot(1, 5, Some(2))];
        let parts = hold(&mut lots, 5);
        let (takes, of_held) = capture(&parts, &lots, 3, 0, at(3)).expect("it was held in time");
        assert_eq!((takes.len(), takes[0].amount, of_held.get(&LotId(1))), (1, 3, Some(&3)));
        // Of two lots the one that ends first: what is not taken of is not named.
        let mut lots = [lot(1, 5, Some(2)), lot(2, 5, None)];
        let parts = hold(&mut lots, 8);
        let (takes, of_held) = capture(&parts, &lots, 4, 0, at(1)).expect("held");
        assert_eq!(takes.iter().map(|t| (t.lot.0, t.amount)).collect::<Vec<_>>(), [(1, 4)]);
        assert_eq!(of_held.into_iter().collect::<Vec<_>>(), [(LotId(1), 4)]);
        let elsewhere = capture(&parts, &lots[..1], 8, 0, at(1)).expect_err("a lot is not there");
        assert_eq!(elsewhere.reason(), Reason::Internal);
    }

    #[test]
    fn more_than_is_held_is_bounded_and_must_be_there() {
        let mut lots = [lot(1, 10, None), lot(2, 2, None)];
        let parts = hold(&mut lots, 9);
        let over = capture(&parts, &lots, 12, 2, at(1)).expect_err("11 at most");
        assert_eq!(over.details().get("most").map(String::as_str), Some("11"));
        let (takes, _) =
            capture(&parts, &lots, 11, 2, at(1)).expect("9 held, 1 of the same lot, 1 of the next");
        assert_eq!(takes.iter().map(|t| (t.lot.0, t.amount)).collect::<Vec<_>>(), [(1, 10), (2, 1)]);
        let (takes, _) =
            capture(&parts, &lots, 12, 4, at(1)).expect("9 held, 1 of the same lot, 2 of the next");
        assert_eq!(takes.iter().map(|t| (t.lot.0, t.amount)).collect::<Vec<_>>(), [(1, 10), (2, 2)]);
        let missing = capture(&parts, &lots, 13, 4, at(1)).expect_err("12 are there");
        assert_eq!(missing.reason(), Reason::Insufficient);
        // 4 beyond the 9 that are held, and 3 are there.
        let detail = |name| missing.details().get(name).map(String::as_str);
        assert_eq!((detail("beyond_the_hold"), detail("available")), (Some("4"), Some("3")));
    }

    #[test]
    fn the_limit_is_a_part_of_what_was_placed_or_an_amount_in_its_currency() {
        let eur: crate::money::Currency = "EUR".parse().expect("a currency");
        let part = HoldPart { account: AccountId(1), pass: None, lot: LotId(1), amount: 1_999, held: 500 };
        let mut one = Hold {
            hold: HoldId(1),
            version: 1,
            client: ClientId(1),
            venue: VenueId(1),
            placed: at(0),
            expires: at(9),
            state: HoldState::Open,
            ended: None,
            group: None,
            reason: None,
            more_up_to: None,
            parts: vec![part],
        };
        let most = |hold: &Hold, account, unit| hold.most_beyond(AccountId(account), unit);
        assert_eq!(most(&one, 1, Unit::Money(eur)), 0);
        // 15 % of 19.99 are 2.9985: 2.99.
        one.more_up_to = Some(OverCapture::Percent("15".parse().expect("a rate")));
        assert_eq!((most(&one, 1, Unit::Money(eur)), most(&one, 2, Unit::Money(eur))), (299, 0));
        one.more_up_to = Some(OverCapture::Amount(Money::new(700, eur)));
        assert_eq!((most(&one, 1, Unit::Money(eur)), most(&one, 1, Unit::Visits)), (700, 0));
        assert_eq!((one.state_at(at(8)), one.state_at(at(9))), (HoldState::Open, HoldState::Expired));
        one.state = HoldState::Captured;
        assert_eq!((one.state_at(at(8)), one.state_at(at(9))), (HoldState::Captured, HoldState::Captured));
    }

    proptest! {
        #[test]
        fn held_and_available_add_up_and_nothing_is_held_twice(
            lots in proptest::collection::vec((1..60_i64, proptest::option::of(2..9_i64)), 1..8),
            wanted in proptest::collection::vec(1..50_i64, 1..8), keep in 0..50_i64,
        ) {
            let mut lots: Vec<Lot> = (1..).zip(lots).map(|(id, (amount, expires))| lot(id, amount, expires)).collect();
            let all = available(&lots, at(1));
            let mut open: Vec<Vec<HoldPart>> = Vec::new();
            for amount in wanted {
                let before = available(&lots, at(1));
                if amount <= before {
                    open.push(hold(&mut lots, amount));
                    prop_assert_eq!(available(&lots, at(1)), before - amount);
                } else {
                    prop_assert!(place(&lots, amount, None, at(1)).is_err());
                }
                prop_assert!(lots.iter().all(|lot| (0..=lot.rest).contains(&lot.held)));
            }
            // All but the last are released; of the last, a part is captured and the rest is free.
            let last = open.pop().unwrap_or_default();
            for parts in &open {
                release(&mut lots, parts);
            }
            let used = keep.min(last.iter().map(|part| part.held).sum());
            captured(&mut lots, &last, used);
            prop_assert_eq!(available(&lots, at(1)), all - used);
            prop_assert!(lots.iter().all(|lot| lot.held == 0));
        }
    }
}
