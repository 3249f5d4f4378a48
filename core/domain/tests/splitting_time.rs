//! Splitting time does not change an answer. What is left, who paid and what was earned at an instant are the same
//! whether or not somebody swept or closed a day on the way there. 10 000 random cases of each.

#![expect(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    reason = "a test that panics or overflows fails, as it should"
)]

use carnet_domain::calendar::{Zone, days_elapsed};
use carnet_domain::course::{end_of_day, move_days};
use carnet_domain::life::Frozen;
use carnet_domain::lots::{Lot, Origin, Take, apply, available, lapse, take};
use carnet_domain::pass::Pass;
use carnet_domain::{AccountId, Instant, LotId};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { cases: count, ..ProptestConfig::default() }
}

fn at(micros: i64) -> Instant {
    Instant::from_micros(micros).expect("in range")
}

/// A use: when, and how much is wanted.
type Wanted = (i64, i64);

/// Who paid for each use, in order; nothing where it was refused.
type Paid = Vec<Option<Vec<Take>>>;

/// The uses after one instant and until another.
fn go_on(lots: &mut [Lot], uses: &[Wanted], from: i64, until: i64) -> Paid {
    let due = uses.iter().filter(|(when, _)| from < *when && *when <= until);
    due.map(|(when, amount)| {
        let takes = take(lots, *amount, at(*when)).ok()?;
        for taken in &takes {
            let lot = lots.iter_mut().find(|lot| lot.lot == taken.lot).expect("taken from these");
            apply(lot, taken).expect("it is there");
        }
        Some(takes)
    })
    .collect()
}

/// Writes down what has expired, as the close of a day does. Nothing that can be used changes.
fn sweep(lots: &mut [Lot], now: i64) {
    let before = available(lots, at(now));
    for lot in lots.iter_mut().filter(|lot| lot.rest > 0 && lot.expires.is_some_and(|end| end <= at(now))) {
        *lot = lapse(lot, lot.rest).expect("nothing is held").0;
    }
    assert_eq!(available(lots, at(now)), before, "a sweep takes nothing from anybody");
}

/// From the beginning to an end with stops on the way: the balance, the lots after a sweep, and who paid.
fn story(lots: &[Lot], uses: &[Wanted], stops: &[i64], end: i64) -> (i64, Vec<Lot>, Paid) {
    let (mut lots, mut paid, mut from) = (lots.to_vec(), Paid::new(), -1);
    for stop in stops {
        paid.extend(go_on(&mut lots, uses, from, *stop));
        sweep(&mut lots, *stop);
        from = *stop;
    }
    paid.extend(go_on(&mut lots, uses, from, end));
    let balance = available(&lots, at(end));
    sweep(&mut lots, end);
    (balance, lots, paid)
}

/// One grant, or the same grant on each of 30 days for that day.
#[derive(Debug, Clone)]
struct Grant {
    daily: bool,
    amount: i64,
    value: i64,
    priority: i32,
    origin: usize,
    effective: i64,
    lasts: Option<i64>,
}

impl Grant {
    fn lots(&self) -> Vec<Lot> {
        let days = if self.daily { 0..30 } else { 0..1 };
        let lot = |day: i64| {
            let effective = if self.daily { day * DAY } else { self.effective };
            let lasts = if self.daily { Some(DAY) } else { self.lasts };
            Lot {
                lot: LotId(0),
                account: AccountId(1),
                amount: self.amount,
                rest: self.amount,
                held: 0,
                held_until: None,
                granted: at(0),
                effective: at(effective),
                expires: lasts.map(|lasts| at(effective + lasts)),
                priority: self.priority,
                origin: *Origin::ALL.get(self.origin).expect("a word"),
                value: self.value,
                recognised: 0,
                released: 0,
            }
        };
        days.map(lot).collect()
    }
}

/// Up to 19 grants of 10 000 to 1 000 000, about half of them daily.
fn any_lots() -> impl Strategy<Value = Vec<Lot>> {
    let amount = 10_000..1_000_000_i64;
    let lasts = proptest::option::of(1..40 * DAY);
    let one = (any::<bool>(), amount, 0..5_000_000_i64, 0..4_i32, 0..3_usize, 0..20 * DAY, lasts).prop_map(
        |(daily, amount, value, priority, origin, effective, lasts)| {
            // What comes daily is small, so that it is used up on some days and lapses on others.
            let amount = if daily { amount / 20 } else { amount };
            Grant { daily, amount, value, priority, origin, effective, lasts }
        },
    );
    proptest::collection::vec(one, 0..20).prop_map(|grants| {
        let mut lots: Vec<Lot> = grants.iter().flat_map(Grant::lots).collect();
        lots.iter_mut().zip(1..).for_each(|(lot, id)| lot.lot = LotId(id));
        lots
    })
}

fn any_uses(count: std::ops::Range<usize>, most: i64) -> impl Strategy<Value = Vec<Wanted>> {
    let one = (0..30 * DAY, 1..most);
    proptest::collection::vec(one, count).prop_map(|mut uses| {
        uses.sort_unstable();
        uses
    })
}

fn stops_before(mut stops: Vec<i64>, end: i64) -> Vec<i64> {
    stops.retain(|stop| *stop <= end);
    stops.sort_unstable();
    stops
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn splitting_time_changes_no_balance_no_lot_and_no_payer(
        lots in any_lots(),
        uses in any_uses(0..30, 400_000),
        stops in proptest::collection::vec(0..32 * DAY, 1..4),
        end in 0..32 * DAY,
    ) {
        let at_once = story(&lots, &uses, &[], end);
        prop_assert_eq!(&story(&lots, &uses, &stops_before(stops, end), end), &at_once);
        prop_assert_eq!(&story(&lots, &uses, &[], end), &at_once, "and the same again");
    }
}

proptest! {
    #![proptest_config(cases(5))]

    #[test]
    fn splitting_time_changes_nothing_in_a_month_of_9999_uses(
        lots in any_lots(), uses in any_uses(9_999..10_000, 2_000), stop in 0..30 * DAY,
    ) {
        prop_assert_eq!(story(&lots, &uses, &[stop], 30 * DAY), story(&lots, &uses, &[], 30 * DAY));
    }
}

fn zone() -> Zone {
    "Europe/Bucharest".parse().expect("a zone")
}

/// Noon of 1 March 2026: four weeks later the clocks go forward.
fn beginning() -> Instant {
    "2026-03-01T12:00:00+02:00".parse().expect("an instant")
}

/// A pass from that day on.
fn time_pass(value: i64, days: i64) -> Pass {
    let starts = zone().start_of(zone().date_of(beginning())).expect("in range");
    let money = serde_json::json!({
        "amount": format!("{}.{:02}", value / 100, value % 100), "currency": "EUR",
    });
    serde_json::from_value(serde_json::json!({
        "pass": 1, "version": 1, "client": 1, "plan": 1, "venue": 1, "kind": "time", "name": null, "priority": 0,
        "sold": starts, "starts": starts, "latest_start": null, "ends": move_days(zone(), starts, days).expect("in range"),
        "validity": null, "status": "open", "closed": null, "price": money, "value": money, "tax": "0",
        "account": null, "services": [], "categories": [], "venues": [], "external_ids": [],
    }))
    .expect("a pass")
}

/// What is done to a pass at an instant.
#[derive(Debug, Clone, Copy)]
enum Act {
    /// It is frozen for some days after all other freezes.
    Freeze(i64),
    /// Its last freeze ends today, or is called off.
    Unfreeze,
    /// Its end moves by some days.
    Extend(i64),
    /// It ends some days after today.
    End(i64),
}

fn act(pass: &mut Pass, act: Act, now: Instant) {
    let today = zone().start_of(zone().date_of(now)).expect("in range");
    let later = |from, days| move_days(zone(), from, days).expect("in range");
    match act {
        Act::Freeze(days) => {
            let from = pass.frozen.last().map_or(today, |one| one.until.max(today));
            if pass.ends.is_some_and(|end| from < end) {
                pass.frozen.push(Frozen { from, until: later(from, days) });
                pass.move_end(days, zone()).expect("in range");
            }
        }
        Act::Unfreeze => {
            if let Some(one) = pass.frozen.pop_if(|one| one.until > today) {
                let ended = one.from.max(today);
                if ended > one.from {
                    pass.frozen.push(Frozen { until: ended, ..one });
                }
                let back = days_elapsed(zone(), ended, one.until).expect("fits");
                pass.move_end(-i64::from(back), zone()).expect("in range");
            }
        }
        Act::Extend(days) => pass.move_end(days, zone()).expect("in range"),
        Act::End(days) => pass.ends = Some(later(end_of_day(zone(), now).expect("in range"), days)),
    }
}

/// What was posted until an end, with the closes of days on the way there, and the pass as it then is.
fn posted(pass: &Pass, acts: &[(Instant, Act)], closes: &[Instant], end: Instant) -> (i64, Pass) {
    let (mut pass, mut sum, mut closed) = (pass.clone(), 0, None);
    let close = |pass: &Pass, now: Instant, closed: &mut Option<Instant>| {
        let part = pass.earned_by_time(now, zone()).expect("fits")
            - pass.posted_by_time(*closed, zone()).expect("fits");
        assert!(part >= 0, "a close never takes back");
        *closed = Some(now);
        part
    };
    let mut closes = closes.iter().copied().peekable();
    for (when, what) in acts.iter().filter(|(when, _)| *when <= end) {
        while let Some(now) = closes.next_if(|now| now <= when) {
            sum += close(&pass, now, &mut closed);
        }
        let before = pass.clone();
        act(&mut pass, *what, *when);
        sum += pass.go_on_from(&before, *when, closed, zone()).expect("fits");
    }
    for now in closes.chain([end]) {
        sum += close(&pass, now, &mut closed);
    }
    (sum, pass)
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => (1..30_i64).prop_map(Act::Freeze),
        1 => Just(Act::Unfreeze),
        1 => (1..40_i64).prop_map(Act::Extend),
        1 => (0..40_i64).prop_map(Act::End),
    ]
}

proptest! {
    #![proptest_config(cases(10_000))]

    /// Closes on the way post, all together, what one close at the end does, whatever is done to the pass meanwhile.
    #[test]
    fn splitting_time_changes_nothing_that_a_time_pass_has_earned(
        value in 0..1_000_000_i64,
        days in 1..120_i64,
        acts in proptest::collection::vec((0..100 * DAY, any_act()), 0..6),
        stops in proptest::collection::vec(0..130 * DAY, 1..5),
        end in 0..130 * DAY,
    ) {
        let moment = |after: i64| beginning().plus_micros(after).expect("in range");
        let mut acts: Vec<(Instant, Act)> = acts.into_iter().map(|(after, act)| (moment(after), act)).collect();
        acts.sort_by_key(|(when, _)| *when);
        let closes: Vec<Instant> = stops_before(stops, end).into_iter().map(moment).collect();
        let pass = time_pass(value, days);
        let (sum, at_once) = posted(&pass, &acts, &[], moment(end));
        prop_assert_eq!(posted(&pass, &acts, &closes, moment(end)), (sum, at_once.clone()));
        prop_assert_eq!(sum, at_once.earned_by_time(moment(end), zone())?, "and what its course says");
        // In the end it is the whole value, and nothing is left to post.
        let over = at_once.ends.expect("an end").max(moment(end));
        prop_assert_eq!(at_once.earned_by_time(over, zone())?, value);
    }
}
