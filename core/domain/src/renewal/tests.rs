//! Renewals, and rows of them that move: dates worked out by hand with a calendar.

use super::*;
use crate::calendar::Unit;
use crate::ids::{FreezeId, PassId};

const MONTH: Period = Period::new(1, Unit::Month);

fn zone() -> Zone {
    "Europe/Bucharest".parse().expect("a zone")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn start(text: &str) -> Instant {
    zone().start_of(day(text)).expect("in range")
}

fn old(ends: &str, anchor: &str, term: i32) -> Old {
    Old { ends: start(ends), anchor: Some(day(anchor)), term }
}

#[test]
fn s17_month_ends_do_not_drift_over_renewals() {
    let (mut pass, mut ends) = (old("2026-02-28", "2026-01-31", 0), Vec::new());
    for _ in 0..6 {
        let renewed = next(pass, MONTH, pass.ends, 0, zone()).expect("renews");
        assert_eq!(renewed.starts, pass.ends);
        ends.push(zone().date_of(renewed.ends).to_string());
        pass = Old { ends: renewed.ends, anchor: Some(renewed.anchor), term: renewed.term };
    }
    assert_eq!(ends, ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31"]);
}

#[test]
fn s18_a_renewal_goes_on_from_the_old_end() {
    // Through 20 January 2007 is until 21 January 00:00; renewed in December, through 20 January 2008.
    let year = Period::new(1, Unit::Year);
    let renewed = next(old("2007-01-21", "2006-01-21", 0), year, start("2006-12-10"), 0, zone());
    let expected =
        Next { starts: start("2007-01-21"), ends: start("2008-01-21"), anchor: day("2006-01-21"), term: 1 };
    assert_eq!(renewed, Ok(expected));
}

#[test]
fn late_within_grace_and_after_it() {
    let pass = old("2026-05-01", "2026-04-01", 0);
    let week_later = start("2026-05-08");
    let within = next(pass, MONTH, week_later, 8, zone()).expect("renews");
    assert_eq!((within.starts, within.ends), (start("2026-05-01"), start("2026-06-01")));
    let late = next(pass, MONTH, week_later, 7, zone()).expect("renews");
    assert_eq!((late.starts, late.ends, late.term), (week_later, start("2026-06-08"), 0), "half-open");
    let at_the_end = next(pass, MONTH, pass.ends, 0, zone()).expect("renews");
    assert_eq!(at_the_end.term, 1, "at its very end it is not late");
}

#[test]
fn an_end_that_moved_begins_a_new_row() {
    // Frozen for ten days: 28 February became 10 March. From there a month is 10 April, and then 10 May.
    let renewed = next(old("2026-03-10", "2026-01-31", 0), MONTH, start("2026-03-01"), 0, zone());
    let expected =
        Next { starts: start("2026-03-10"), ends: start("2026-04-10"), anchor: day("2026-03-10"), term: 0 };
    assert_eq!(renewed, Ok(expected));
}

/// A monthly pass that waits for the end of another one, from one day until another, as a renewal has it.
fn waiting(starts: &str, ends: &str, anchor: Option<&str>, term: i32) -> Pass {
    let money = serde_json::json!({"amount": "31.00", "currency": "EUR"});
    serde_json::from_value(serde_json::json!({
        "pass": 2, "version": 1, "client": 1, "plan": 1, "venue": 1, "kind": "time", "name": null, "priority": 0,
        "sold": start("2026-01-01"), "starts": start(starts), "latest_start": null, "ends": start(ends),
        "validity": {"period": {"count": 1, "unit": "month"}}, "status": "open", "closed": null, "price": money,
        "value": money, "tax": "0", "account": null, "services": [], "categories": [], "venues": [],
        "anchor": anchor, "term": term, "external_ids": []
    }))
    .expect("a pass")
}

fn freeze(from: &str, until: &str) -> Freeze {
    Freeze {
        freeze: FreezeId(1),
        pass: PassId(2),
        from: day(from),
        until: day(until),
        ended: None,
        free: false,
        reason: None,
        made: Instant::MIN,
        operator: None,
        group: None,
    }
}

/// First day, day of the end, first day of the row, number in the row, and the frozen days.
fn lies(pass: &Pass) -> (String, String, String, i32, Vec<String>) {
    let of = |at: Instant| zone().date_of(at).to_string();
    let text = |at: Option<Instant>| at.map(of).unwrap_or_default();
    let anchor = pass.anchor.map(|day| day.to_string()).unwrap_or_default();
    let frozen = pass.frozen.iter().map(|one| format!("{} {}", of(one.from), of(one.until))).collect();
    (text(pass.starts), text(pass.ends), anchor, pass.term, frozen)
}

fn as_text(lies: (&str, &str, &str, i32), frozen: &[&str]) -> (String, String, String, i32, Vec<String>) {
    let (starts, ends, anchor, term) = lies;
    let frozen = frozen.iter().map(|days| (*days).to_owned()).collect();
    (starts.to_owned(), ends.to_owned(), anchor.to_owned(), term, frozen)
}

#[test]
fn a_waiting_renewal_follows_the_end_before_it_and_back() {
    // Monthly from 31 January: through 27 February, then through 30 March.
    let mut pass = waiting("2026-02-28", "2026-03-31", Some("2026-01-31"), 1);
    pass.follow(old("2026-03-10", "2026-01-31", 0), &[], zone()).expect("in range");
    assert_eq!(lies(&pass), as_text(("2026-03-10", "2026-04-10", "2026-03-10", 0), &[]), "a row of its own");
    pass.follow(old("2026-03-05", "2026-01-31", 0), &[], zone()).expect("in range");
    assert_eq!(lies(&pass), as_text(("2026-03-05", "2026-04-05", "2026-03-05", 0), &[]));
    // Where the row has it again, the days of the month come back: no drift to the 28th.
    pass.follow(old("2026-02-28", "2026-01-31", 0), &[], zone()).expect("in range");
    assert_eq!(lies(&pass), as_text(("2026-02-28", "2026-03-31", "2026-01-31", 1), &[]));
    // The fifth of the row: 31 May, 30 June, 31 July.
    let mut fifth = waiting("2026-06-30", "2026-07-31", Some("2026-01-31"), 5);
    fifth.follow(old("2026-06-30", "2026-01-31", 4), &[], zone()).expect("in range");
    assert_eq!(lies(&fifth), as_text(("2026-06-30", "2026-07-31", "2026-01-31", 5), &[]));
}

#[test]
fn a_row_of_a_leap_year_has_its_29th() {
    let mut pass = waiting("2028-03-10", "2028-04-10", Some("2028-03-10"), 0);
    pass.follow(old("2028-02-29", "2028-01-31", 0), &[], zone()).expect("in range");
    assert_eq!(lies(&pass), as_text(("2028-02-29", "2028-03-31", "2028-01-31", 1), &[]));
    pass.follow(old("2028-02-28", "2028-01-31", 0), &[], zone()).expect("in range");
    assert_eq!(lies(&pass), as_text(("2028-02-28", "2028-03-28", "2028-02-28", 0), &[]), "a day too early");
}

#[test]
fn what_its_own_end_was_moved_by_stays() {
    let moved = old("2026-03-10", "2026-01-31", 0);
    // 5 days after 31 March, and 2 before it: of 10 April, the 15th and the 8th.
    for (ends, end) in [("2026-04-05", "2026-04-15"), ("2026-03-29", "2026-04-08")] {
        let mut pass = waiting("2026-02-28", ends, Some("2026-01-31"), 1);
        pass.follow(moved, &[], zone()).expect("in range");
        assert_eq!(lies(&pass), as_text(("2026-03-10", end, "2026-03-10", 0), &[]));
        pass.follow(old("2026-02-28", "2026-01-31", 0), &[], zone()).expect("in range");
        assert_eq!(lies(&pass), as_text(("2026-02-28", ends, "2026-01-31", 1), &[]));
    }
    let mut rowless = waiting("2026-02-28", "2026-04-05", None, 0);
    rowless.follow(moved, &[], zone()).expect("in range");
    assert_eq!(
        rowless.ends,
        Some(start("2026-04-10")),
        "without a row nobody knows by how much it was moved"
    );
}

#[test]
fn its_own_freezes_stay_as_far_as_they_are_within_it() {
    // Frozen from the 5th until the 9th, and over the change of the clocks from 27 to 30 March: 4 and 3 days after 31 March.
    let freezes = [freeze("2026-03-05", "2026-03-09"), freeze("2026-03-27", "2026-03-30")];
    let mut pass = waiting("2026-02-28", "2026-03-31", Some("2026-01-31"), 1);
    assert_eq!(pass.freeze_on(&freezes, zone()), Ok(7));
    let before = as_text(
        ("2026-02-28", "2026-04-07", "2026-01-31", 1),
        &["2026-03-05 2026-03-09", "2026-03-27 2026-03-30"],
    );
    assert_eq!(lies(&pass), before);
    // From the 7th on, 2 of the 4 days are left: 7 April and 2 and 3.
    pass.follow(old("2026-03-07", "2026-01-31", 0), &freezes, zone()).expect("in range");
    let later = &["2026-03-07 2026-03-09", "2026-03-27 2026-03-30"];
    assert_eq!(lies(&pass), as_text(("2026-03-07", "2026-04-12", "2026-03-07", 0), later));
    // From the 9th on none of them: a freeze that ends there freezes nothing.
    pass.follow(old("2026-03-09", "2026-01-31", 0), &freezes, zone()).expect("in range");
    assert_eq!(
        lies(&pass),
        as_text(("2026-03-09", "2026-04-12", "2026-03-09", 0), &["2026-03-27 2026-03-30"])
    );
    pass.follow(old("2026-02-28", "2026-01-31", 0), &freezes, zone()).expect("in range");
    assert_eq!(lies(&pass), before, "and all come back");
}

#[test]
fn a_freeze_at_its_end_or_after_it_does_not_move_it() {
    let follow = |freezes: &[Freeze]| {
        let mut pass = waiting("2026-02-28", "2026-03-31", Some("2026-01-31"), 1);
        pass.follow(old("2026-03-10", "2026-01-31", 0), freezes, zone()).expect("in range");
        (zone().date_of(pass.ends.expect("an end")).to_string(), pass.frozen.len())
    };
    // Until 10 April. A freeze of that day and the next is not within it, one of the 9th is.
    assert_eq!(follow(&[freeze("2026-04-10", "2026-04-12")]), ("2026-04-10".to_owned(), 0));
    assert_eq!(follow(&[freeze("2026-04-20", "2026-04-22")]), ("2026-04-10".to_owned(), 0));
    assert_eq!(follow(&[freeze("2026-04-09", "2026-04-12")]), ("2026-04-13".to_owned(), 1));
    // The first moves the end to the 12th, and then the 11th is within it: it moves the end to the 14th.
    let both = [freeze("2026-04-11", "2026-04-13"), freeze("2026-04-01", "2026-04-03")];
    assert_eq!(follow(&both), ("2026-04-14".to_owned(), 2));
}

#[test]
fn what_has_no_period_or_no_end_follows_nothing() {
    let moved = old("2026-03-10", "2026-01-31", 0);
    let one = waiting("2026-02-28", "2026-03-31", Some("2026-01-31"), 1);
    for still in [Pass { validity: None, ..one.clone() }, Pass { ends: None, ..one }] {
        let mut pass = still.clone();
        pass.follow(moved, &[freeze("2026-03-12", "2026-03-14")], zone()).expect("in range");
        assert_eq!(pass, still);
    }
}

#[test]
fn a_freeze_counts_from_the_first_instant_of_a_pass_on() {
    // Begun at 15:00 of 10 October, frozen from the 5th until the 12th: two days of its own.
    let mut pass = waiting("2026-10-10", "2026-11-10", Some("2026-10-10"), 0);
    let begun = start("2026-10-10").plus_micros(15 * 3_600_000_000).expect("in range");
    pass.starts = Some(begun);
    assert_eq!(pass.freeze_on(&[freeze("2026-10-05", "2026-10-12")], zone()), Ok(2));
    assert_eq!(pass.ends, Some(start("2026-11-12")));
    assert_eq!(pass.frozen, [Frozen { from: begun, until: start("2026-10-12") }]);
    // It ended a day earlier, and another one of three days goes over the change of the clocks on the 25th.
    let ended = Freeze { ended: Some(day("2026-10-11")), ..freeze("2026-10-05", "2026-10-12") };
    assert_eq!(pass.freeze_on(&[ended, freeze("2026-10-24", "2026-10-27")], zone()), Ok(2), "1 + 3 - 2");
    assert_eq!(pass.ends, Some(start("2026-11-14")));
    assert_eq!(pass.freeze_on(&[], zone()), Ok(-4));
    assert_eq!((pass.ends, pass.frozen.len()), (Some(start("2026-11-10")), 0));
    // What waits for its first use has no first instant: all of the days are its own.
    let mut unused = Pass { starts: None, ends: None, ..pass };
    assert_eq!(unused.freeze_on(&[freeze("2026-10-05", "2026-10-12")], zone()), Ok(7));
    assert_eq!(unused.ends, None);
}
