//! Who pays, over random passes: the quote, the decision and the rules that spoke agree.

use super::*;
use crate::calendar::Zone;
use crate::coverage::Counted;
use crate::decision::{Decided, Outcome, Quoted, decide, quote};
use crate::ids::{AccountId, CategoryId, ClientId, LotId, PlanId, ServiceId, VenueId, ZoneId};
use crate::life::Frozen;
use crate::lots::{Lot, Origin};
use crate::money::Currency;
use crate::pass::PassStatus;
use crate::usage::UseRules;
use proptest::prelude::*;

const DAY: i64 = 86_400 * 1_000_000;

fn day(number: i64) -> Instant {
    Instant::from_micros(number * DAY).expect("in range")
}

fn eur() -> Currency {
    "EUR".parse().expect("a currency")
}

/// A pass of 30 days from day 0 on.
fn held(id: i64, kind: PlanTag, rest: i64) -> HeldPass {
    let account = (kind != PlanTag::Time).then_some(AccountId(id));
    let pass = DoorPass {
        pass: PassId(id),
        plan: PlanId(1),
        venue: VenueId(1),
        kind,
        priority: 0,
        sold: day(0),
        starts: Some(day(0)),
        latest_start: None,
        ends: Some(day(30)),
        validity: None,
        status: PassStatus::Open,
        currency: eur(),
        account,
        services: Vec::new(),
        categories: Vec::new(),
        venues: Vec::new(),
        usage: UseRules::default(),
        frozen: Vec::new(),
        freeze_ends_by_visit: false,
    };
    let lot = |account| Lot {
        lot: LotId(id),
        account,
        amount: 100,
        rest,
        held: 0,
        held_until: None,
        granted: day(0),
        effective: day(0),
        expires: Some(day(30)),
        priority: 0,
        origin: Origin::Paid,
        value: 0,
        recognised: 0,
        released: 0,
    };
    HeldPass { pass, lots: account.map(lot).into_iter().collect(), plan_deleted: false, counted: None }
}

fn facts(passes: Vec<HeldPass>) -> EntryFacts {
    EntryFacts {
        card: None,
        client: ClientId(1),
        archived: false,
        sex: None,
        birth_date: None,
        inside: None,
        last_exit: None,
        passes,
    }
}

fn door() -> DoorRules {
    DoorRules {
        venue: VenueId(1),
        zone: Zone::UTC,
        place: ZoneId(1),
        ends_freeze: true,
        refuse_inside: false,
        reentry_grace: 0,
    }
}

fn wanted(minor: i64, quantity: i64) -> Wanted {
    Wanted { service: ServiceId(1), category: None, price: Money::new(minor, eur()), sex: None, quantity }
}

fn reasons(rules: &[RuleVerdict]) -> Vec<DenyReason> {
    rules.iter().map(|rule| rule.reason).collect()
}

fn ask(passes: Vec<HeldPass>, wanted: &Wanted, at: Instant) -> (Decided, Quoted) {
    let (facts, door) = (facts(passes), door());
    let decided = decide(&facts, &door, Some(wanted), None, at).expect("in range");
    (decided, quote(&facts, &door, Some(wanted), at).expect("in range"))
}

/// The second line of the display of a door in Bucharest, two hours before UTC.
fn shown(pass: HeldPass, at: Instant) -> String {
    let door = DoorRules { zone: "Europe/Bucharest".parse().expect("a zone"), ..door() };
    let decided = decide(&facts(vec![pass]), &door, None, None, at).expect("in range");
    decided.decision.display[1].clone()
}

#[test]
fn a_display_shows_days_of_the_venue() {
    let two_hours = DAY / 12;
    let mut month = held(1, PlanTag::Time, 0);
    // Through the 30th of January: it ends when the 31st begins there, on the 30th at 22:00 UTC.
    month.pass.ends = Some(Instant::from_micros(30 * DAY - two_hours).expect("in range"));
    assert_eq!(shown(month.clone(), day(5)), "valid before 1970-01-31");
    month.pass.usage = UseRules { per_day: Some(1), ..UseRules::default() };
    month.counted = Some(Counted { day: 1, ..Counted::default() });
    // It is two o'clock on the 6th: the next use is on the 7th.
    assert_eq!(shown(month, day(5)), "1970-01-07");
    assert_eq!(shown(held(1, PlanTag::Visits, 3), day(5)), "2 visits left");
    assert_eq!(shown(held(1, PlanTag::Visits, 2), day(5)), "1 visit left");
}

#[test]
fn every_rule_that_speaks_against_a_pass_is_named() {
    let mut one = held(1, PlanTag::Credit, 20);
    one.pass.venues = vec![VenueId(2)];
    one.pass.services = vec![ServiceId(2)];
    one.plan_deleted = true;
    one.pass.frozen = vec![Frozen { from: day(4), until: day(6) }];
    one.pass.usage = UseRules { per_day: Some(1), zones: vec![ZoneId(2)], ..UseRules::default() };
    one.counted = Some(Counted { day: 1, ..Counted::default() });
    let (decided, quoted) = ask(vec![one], &wanted(30, 1), day(5));
    let all = [
        DenyReason::VenueNotCovered,
        DenyReason::ServiceNotCovered,
        DenyReason::PlanDeleted,
        DenyReason::Frozen,
        DenyReason::ZoneNotCovered,
        DenyReason::DayLimit,
        DenyReason::InsufficientCredit,
    ];
    assert_eq!(reasons(&decided.decision.rules), all);
    assert_eq!(decided.decision.rules[3].until, Some(day(6)));
    assert_eq!(decided.decision.rules[6].missing.as_deref(), Some("0.10 EUR"));
    assert_eq!(quoted.cannot[0].rules, decided.decision.rules);
    // The rule that keeps it farthest from paying leads.
    assert_eq!(decided.decision.reason, Some(DenyReason::PlanDeleted));
    assert!(decided.is_unpaid);
}

#[test]
fn a_visit_ends_a_freeze_where_the_rules_say_so_and_a_booking_does_not() {
    let frozen = |by_visit| {
        let mut one = held(1, PlanTag::Time, 0);
        one.pass.frozen = vec![Frozen { from: day(4), until: day(6) }];
        one.pass.freeze_ends_by_visit = by_visit;
        facts(vec![one])
    };
    let visit =
        |facts: &EntryFacts, door: &DoorRules, at| decide(facts, door, None, None, at).expect("in range");
    let ended = visit(&frozen(true), &door(), day(5));
    assert!(ended.ends_freeze && ended.decision.outcome == Outcome::Admitted);
    assert!(!visit(&frozen(true), &door(), day(6)).ends_freeze, "it is over");
    let refused = visit(&frozen(false), &door(), day(5)).decision;
    assert_eq!(refused.reason, Some(DenyReason::Frozen));
    assert_eq!(refused.rules[0].until, Some(day(6)));
    let booking = DoorRules { ends_freeze: false, ..door() };
    assert_eq!(visit(&frozen(true), &booking, day(5)).decision.reason, Some(DenyReason::Frozen));
}

#[test]
fn what_has_ended_is_not_said_to_be_empty() {
    let mut gone = held(1, PlanTag::Visits, 0);
    gone.pass.status = PassStatus::Cancelled;
    let over = held(2, PlanTag::Visits, 5);
    let (decided, _) = ask(vec![gone, over], &wanted(0, 1), day(30));
    assert_eq!(reasons(&decided.decision.rules), [DenyReason::Cancelled, DenyReason::Expired]);
}

#[test]
fn priority_pays_first_then_what_costs_nothing_then_the_earliest_end() {
    let visits = |id| held(id, PlanTag::Visits, 5);
    let (mut prior, free, mut soon, older) = (visits(1), held(2, PlanTag::Time, 0), visits(3), visits(4));
    prior.pass.priority = -1;
    soon.pass.ends = Some(day(20));
    let (mut younger, mut last) = (visits(5), held(6, PlanTag::Time, 0));
    younger.pass.sold = day(1);
    last.pass.priority = 1;
    let all = vec![last, younger, older, soon, free, prior];
    let (_, quoted) = ask(all, &wanted(0, 1), day(5));
    let order: Vec<i64> = quoted.pays.iter().map(|payer| payer.pass.0).collect();
    assert_eq!(order, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn several_at_once_cost_as_often() {
    let (decided, _) = ask(vec![held(1, PlanTag::Credit, 95)], &wanted(30, 3), day(5));
    let payer = decided.decision.payer.expect("90 of 95");
    assert_eq!((payer.credit.map(Money::minor), payer.credit_left.map(Money::minor)), (Some(90), Some(5)));
    assert_eq!((payer.visits, payer.visits_left), (None, None));
    // 3 of 5 visits: 2 are left, and no credit is spoken of.
    let (decided, _) = ask(vec![held(1, PlanTag::Visits, 5)], &wanted(30, 3), day(5));
    let payer = decided.decision.payer.expect("3 of 5");
    assert_eq!((payer.visits, payer.visits_left), (Some(3), Some(2)));
    assert_eq!((payer.credit, payer.credit_left), (None, None));
    let (decided, _) = ask(vec![held(1, PlanTag::Visits, 2)], &wanted(30, 3), day(5));
    assert_eq!(decided.decision.rules[0].missing.as_deref(), Some("1"));
    assert_eq!(reasons(&decided.decision.rules), [DenyReason::Exhausted]);
}

#[test]
fn a_pass_that_waits_for_its_first_use_can_be_used_and_one_that_waits_for_its_day_cannot() {
    assert!(PassState::Active.is_usable(Some(day(0))) && PassState::Active.is_usable(None));
    assert!(PassState::NotStarted.is_usable(None) && !PassState::NotStarted.is_usable(Some(day(9))));
    for state in [PassState::Frozen, PassState::Expired, PassState::Cancelled, PassState::Suspended] {
        assert!(!state.is_usable(None) && !state.is_usable(Some(day(0))), "{state}");
    }
}

#[test]
fn each_state_says_why_and_until_when() {
    let said = |change: &dyn Fn(&mut DoorPass), now| {
        let mut one = held(1, PlanTag::Time, 0);
        change(&mut one.pass);
        let (decided, _) = ask(vec![one], &wanted(0, 1), day(now));
        decided.decision.rules.into_iter().map(|rule| (rule.reason, rule.until)).collect::<Vec<_>>()
    };
    assert_eq!(said(&|_| {}, 5), []);
    assert_eq!(said(&|_| {}, 30), [(DenyReason::Expired, Some(day(30)))]);
    let closed = |status| said(&|pass| pass.status = status, 5);
    assert_eq!(closed(PassStatus::Cancelled), [(DenyReason::Cancelled, None)]);
    assert_eq!(closed(PassStatus::Transferred), [(DenyReason::Transferred, None)]);
    assert_eq!(closed(PassStatus::Replaced), [(DenyReason::Replaced, None)]);
    let later = |pass: &mut DoorPass| pass.starts = Some(day(6));
    assert_eq!(said(&later, 5), [(DenyReason::NotStarted, Some(day(6)))]);
    assert_eq!(said(&later, 6), []);
    // Two freezes that touch: each speaks until its own end.
    let touching = |pass: &mut DoorPass| {
        pass.frozen = vec![Frozen { from: day(4), until: day(6) }, Frozen { from: day(6), until: day(9) }];
    };
    assert_eq!(said(&touching, 4), [(DenyReason::Frozen, Some(day(6)))]);
    assert_eq!(said(&touching, 6), [(DenyReason::Frozen, Some(day(9)))]);
    assert_eq!(said(&touching, 9), []);
}

#[test]
fn a_pass_for_services_or_categories_covers_one_of_either_and_no_entry_without_a_service() {
    let covered = |services: &[i64], categories: &[i64], wanted: Option<&Wanted>| {
        let mut one = held(1, PlanTag::Time, 0);
        one.pass.services = services.iter().copied().map(ServiceId).collect();
        one.pass.categories = categories.iter().copied().map(CategoryId).collect();
        let decided = decide(&facts(vec![one]), &door(), wanted, None, day(5)).expect("in range");
        let spoken = reasons(&decided.decision.rules);
        assert!(spoken.is_empty() || spoken == [DenyReason::ServiceNotCovered], "{spoken:?}");
        spoken.is_empty()
    };
    let massage = Wanted { category: Some(CategoryId(7)), ..wanted(0, 1) };
    assert!(covered(&[], &[], None) && covered(&[], &[], Some(&massage)), "everything");
    assert!(covered(&[1], &[], Some(&massage)) && covered(&[], &[7], Some(&massage)));
    assert!(covered(&[2], &[7], Some(&massage)) && covered(&[1], &[8], Some(&massage)), "either");
    assert!(!covered(&[2], &[8], Some(&massage)) && !covered(&[], &[7], Some(&wanted(0, 1))));
    assert!(!covered(&[1], &[], None) && !covered(&[], &[7], None), "an entry without a service");
    let venue = |venues: &[i64]| {
        let mut one = held(1, PlanTag::Time, 0);
        one.pass.venues = venues.iter().copied().map(VenueId).collect();
        decide(&facts(vec![one]), &door(), None, None, day(5)).expect("in range").decision.reason
    };
    assert_eq!((venue(&[]), venue(&[2, 1]), venue(&[2])), (None, None, Some(DenyReason::VenueNotCovered)));
}

#[test]
fn credit_pays_what_has_a_price_in_its_currency() {
    let asked = |rest, wanted: Option<&Wanted>| {
        let decided = decide(&facts(vec![held(1, PlanTag::Credit, rest)]), &door(), wanted, None, day(5));
        let decision = decided.expect("in range").decision;
        let left = decision.payer.as_ref().and_then(|payer| payer.credit_left).map(Money::minor);
        let spoken = decision.rules.into_iter().map(|rule| (rule.reason, rule.missing)).collect::<Vec<_>>();
        (left, spoken)
    };
    let dollars = Wanted { price: Money::new(5, "USD".parse().expect("a currency")), ..wanted(0, 1) };
    let missing = |text: &str| Some(text.to_owned());
    assert_eq!(asked(20, Some(&wanted(20, 1))), (Some(0), vec![]), "to the last cent");
    assert_eq!(asked(20, Some(&wanted(0, 1))), (Some(20), vec![]), "for nothing");
    let lacks = vec![(DenyReason::InsufficientCredit, missing("0.01 EUR"))];
    assert_eq!(asked(20, Some(&wanted(21, 1))), (None, lacks));
    assert_eq!(asked(20, Some(&dollars)), (None, vec![(DenyReason::NoPrice, None)]));
    assert_eq!(asked(20, None), (None, vec![(DenyReason::NoPrice, None)]));
    // Nothing is left: that is said first, and what is missing only where something is.
    assert_eq!(asked(0, None), (None, vec![(DenyReason::Exhausted, None)]));
    assert_eq!(asked(0, Some(&dollars)).1[0].0, DenyReason::Exhausted);
    assert_eq!(asked(0, Some(&wanted(0, 1))), (None, vec![(DenyReason::Exhausted, None)]));
    assert_eq!(asked(0, Some(&wanted(7, 2))), (None, vec![(DenyReason::Exhausted, missing("0.14 EUR"))]));
}

fn any_pass() -> impl Strategy<Value = HeldPass> {
    let kind = prop_oneof![Just(PlanTag::Time), Just(PlanTag::Visits), Just(PlanTag::Credit)];
    let state = (0_i32..4, 0_i64..8, 0_i64..30, any::<bool>(), 0_i64..3);
    (kind, 0_i64..60, -2_i32..3, state).prop_map(
        |(kind, rest, priority, (odd, sold, length, deleted, used))| {
            let mut one = held(1, kind, rest);
            (one.pass.priority, one.pass.sold) = (priority, day(sold));
            one.pass.ends = Some(day(length));
            one.plan_deleted = deleted && odd == 0;
            if odd == 1 {
                one.pass.status = PassStatus::Cancelled;
            }
            if odd == 2 {
                one.pass.usage = UseRules { per_day: Some(2), ..UseRules::default() };
                one.counted = Some(Counted { day: used, ..Counted::default() });
            }
            if odd == 3 {
                one.pass.frozen = vec![Frozen { from: day(2), until: day(5) }];
            }
            one
        },
    )
}

proptest! {
    #[test]
    fn the_first_of_the_quote_pays(
        passes in prop::collection::vec(any_pass(), 0..7), price in 0_i64..50, quantity in 1_i64..3, now in 0_i64..12,
    ) {
        let mut passes = passes;
        for (one, id) in passes.iter_mut().zip(1_i64..) {
            one.pass.pass = PassId(id);
            one.lots.iter_mut().for_each(|lot| lot.lot = LotId(id));
        }
        let count = passes.len();
        let (decided, quoted) = ask(passes.clone(), &wanted(price, quantity), day(now));
        prop_assert_eq!(decided.decision.payer.as_ref(), quoted.pays.first());
        prop_assert_eq!(quoted.pays.len() + quoted.cannot.len(), count);
        prop_assert!(quoted.cannot.iter().all(|one| !one.rules.is_empty()), "a pass that cannot pay says why");
        if let Some(payer) = &decided.decision.payer {
            // The client's own choice of any other that pays is followed too.
            for other in &quoted.pays {
                let (facts, door) = (facts(passes.clone()), door());
                let chosen = decide(&facts, &door, Some(&wanted(price, quantity)), Some(other.pass), day(now))?;
                prop_assert_eq!(chosen.decision.payer.as_ref(), Some(other));
            }
            let taken: i64 = decided.takes.iter().map(|taken| taken.amount).sum();
            let cost = payer.visits.or(payer.credit.map(Money::minor)).unwrap_or(0);
            prop_assert_eq!(taken, cost);
        } else {
            let spoken: Vec<RuleVerdict> = quoted.cannot.into_iter().flat_map(|one| one.rules).collect();
            if count > 0 {
                prop_assert_eq!(decided.decision.rules, spoken, "every rule that spoke");
            }
            prop_assert!(decided.is_unpaid);
        }
    }
}

#[test]
fn what_was_sold_later_was_not_there_then() {
    let sold = |id: i64, micros: i64| {
        let mut held = held(id, PlanTag::Visits, 10);
        held.pass.sold = Instant::from_micros(micros).expect("an instant");
        held
    };
    let mut facts = facts(vec![sold(1, 999), sold(2, 1000), sold(3, 1001)]);
    facts.forget_what_came_after(Instant::from_micros(1000).expect("an instant"));
    assert_eq!(facts.passes.iter().map(|held| held.pass.pass).collect::<Vec<_>>(), [PassId(1), PassId(2)]);
}
