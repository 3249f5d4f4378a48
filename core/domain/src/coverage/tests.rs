//! Hours over both changes of the clocks, limits under the start of the period, ages on the venue's date.

use super::*;
use crate::error::Error;
use proptest::prelude::*;

fn bucharest() -> Zone {
    "Europe/Bucharest".parse().expect("a zone")
}

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

fn time(text: &str) -> TimeOfDay {
    text.parse().expect("a time")
}

fn hours(days: &[Weekday], from: &str, until: &str) -> WeeklyHours {
    WeeklyHours { days: days.to_vec(), from: time(from), until: time(until) }
}

fn setting(text: &str) -> Setting {
    let (zone, place) = (bucharest(), ZoneId(1));
    Setting { zone, place, sex: None, birth_date: None, at: at(text), quantity: 1 }
}

/// When a rule of hours lets in again; nothing where it lets in now.
fn shut(rules: &UseRules, text: &str) -> Option<Option<Instant>> {
    let spoken = rules.speak(&setting(text), None).expect("in range");
    spoken.iter().find(|(reason, _)| *reason == DenyReason::OutsideHours).map(|(_, until)| *until)
}

fn of_hours(hours: WeeklyHours) -> UseRules {
    UseRules { hours: vec![hours], ..UseRules::default() }
}

#[test]
fn hours_are_half_open_on_the_clock_of_the_wall() {
    let working = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let morning = of_hours(hours(&working, "07:00", "16:00"));
    // 4 May 2026 is a Monday.
    assert_eq!(shut(&morning, "2026-05-04T07:00:00+03:00"), None);
    assert_eq!(shut(&morning, "2026-05-04T15:59:59+03:00"), None);
    assert_eq!(shut(&morning, "2026-05-04T16:00:00+03:00"), Some(Some(at("2026-05-05T07:00:00+03:00"))));
    assert_eq!(shut(&morning, "2026-05-04T06:59:59+03:00"), Some(Some(at("2026-05-04T07:00:00+03:00"))));
    // Friday evening: Monday.
    assert_eq!(shut(&morning, "2026-05-08T16:00:00+03:00"), Some(Some(at("2026-05-11T07:00:00+03:00"))));
}

#[test]
fn hours_over_midnight_belong_to_the_day_they_begin_on() {
    let night = of_hours(hours(&[Weekday::Saturday], "22:00", "02:00"));
    // 9 May 2026 is a Saturday.
    assert_eq!(shut(&night, "2026-05-09T22:00:00+03:00"), None);
    assert_eq!(shut(&night, "2026-05-10T01:59:59+03:00"), None);
    assert!(shut(&night, "2026-05-10T02:00:00+03:00").is_some());
    // The first two hours of Saturday belong to Friday.
    assert_eq!(shut(&night, "2026-05-09T01:00:00+03:00"), Some(Some(at("2026-05-09T22:00:00+03:00"))));
    let whole = of_hours(hours(&[Weekday::Saturday], "00:00", "24:00"));
    assert_eq!(shut(&whole, "2026-05-09T23:59:59+03:00"), None);
    assert!(shut(&whole, "2026-05-10T00:00:00+03:00").is_some());
    // The same time twice is 24 hours.
    let round = of_hours(hours(&[Weekday::Saturday], "10:00", "10:00"));
    assert_eq!(shut(&round, "2026-05-10T09:59:59+03:00"), None);
    assert!(shut(&round, "2026-05-10T10:00:00+03:00").is_some());
}

#[test]
fn the_repeated_hour_counts_once() {
    // 25 October 2026, 04:00 summer time is 03:00 again. Hours until 03:30 end when it is 03:30 for the first time.
    let early = of_hours(hours(&[], "02:00", "03:30"));
    assert_eq!(shut(&early, "2026-10-25T03:29:59+03:00"), None);
    assert!(shut(&early, "2026-10-25T03:30:00+03:00").is_some());
    assert!(shut(&early, "2026-10-25T03:10:00+02:00").is_some(), "the second time it is 03:10");
    // Hours from 03:30 begin at the first, and are not interrupted.
    let late = of_hours(hours(&[], "03:30", "05:00"));
    assert_eq!(shut(&late, "2026-10-25T03:30:00+03:00"), None);
    assert_eq!(shut(&late, "2026-10-25T03:10:00+02:00"), None);
    assert_eq!(shut(&late, "2026-10-25T04:59:59+02:00"), None);
}

#[test]
fn hours_in_the_gap_move_forward() {
    // 29 March 2026, 03:00 is 04:00: 03:30 is 04:30.
    let early = of_hours(hours(&[], "02:30", "03:30"));
    assert_eq!(shut(&early, "2026-03-29T02:30:00+02:00"), None);
    assert_eq!(shut(&early, "2026-03-29T04:29:59+03:00"), None);
    assert!(shut(&early, "2026-03-29T04:30:00+03:00").is_some());
}

#[test]
fn a_date_that_the_zone_skipped_has_no_hours() {
    // Apia had no 30 December 2011, a Friday: hours of Fridays do not move to the Saturday.
    let zone: Zone = "Pacific/Apia".parse().expect("a zone");
    let friday = of_hours(hours(&[Weekday::Friday], "10:00", "12:00"));
    let saturday = zone.start_of("2011-12-31".parse().expect("a date")).expect("in range");
    let eleven = saturday.plus_micros(11 * 3600 * SECOND).expect("in range");
    let setting = Setting { zone, at: eleven, ..setting("2026-05-04T10:00:00Z") };
    let next = zone.start_of("2012-01-06".parse().expect("a date")).expect("in range");
    let next = next.plus_micros(10 * 3600 * SECOND).expect("in range");
    assert_eq!(friday.speak(&setting, None), Ok(vec![(DenyReason::OutsideHours, Some(next))]));
}

#[test]
fn days_weeks_and_months_are_those_of_the_venue() {
    let windows = |text| Windows::around(at(text), bucharest()).expect("in range");
    // Sunday 31 May 2026, 23:59 in Bucharest.
    let sunday = windows("2026-05-31T20:59:59Z");
    assert_eq!(sunday.day, (at("2026-05-31T00:00:00+03:00"), at("2026-06-01T00:00:00+03:00")));
    assert_eq!(sunday.week, (at("2026-05-25T00:00:00+03:00"), at("2026-06-01T00:00:00+03:00")));
    assert_eq!(sunday.month, (at("2026-05-01T00:00:00+03:00"), at("2026-06-01T00:00:00+03:00")));
    // A second later it is Monday, 1 June, though May in UTC.
    let monday = windows("2026-05-31T21:00:00Z");
    assert_eq!(monday.day, (at("2026-06-01T00:00:00+03:00"), at("2026-06-02T00:00:00+03:00")));
    assert_eq!(monday.week, (at("2026-06-01T00:00:00+03:00"), at("2026-06-08T00:00:00+03:00")));
    assert_eq!(monday.month, (at("2026-06-01T00:00:00+03:00"), at("2026-07-01T00:00:00+03:00")));
    // The day of 25 hours: both times it is 03:30 are on it.
    let long = windows("2026-10-25T03:30:00+02:00");
    assert_eq!(long.day, (at("2026-10-25T00:00:00+03:00"), at("2026-10-26T00:00:00+02:00")));
    assert_eq!(windows("2026-10-25T03:30:00+03:00").day, long.day);
}

/// What speaks against one use more, after these uses.
fn limited(rules: &UseRules, uses: &[&str], now: &str) -> Vec<(DenyReason, Option<Instant>)> {
    let uses: Vec<Instant> = uses.iter().map(|text| at(text)).collect();
    let setting = setting(now);
    let windows = Windows::around(setting.at, setting.zone).expect("in range");
    rules.speak(&setting, Some(&Counted::of(&uses, &windows, setting.at))).expect("in range")
}

#[test]
fn limits_count_under_the_start_of_their_period() {
    let one = |days, weeks, months, all| UseRules {
        per_day: days,
        per_week: weeks,
        per_month: months,
        in_all: all,
        ..UseRules::default()
    };
    let (daily, weekly) = (one(Some(1), None, None, None), one(None, Some(2), None, None));
    let today = ["2026-05-04T09:00:00+03:00"];
    let tomorrow = at("2026-05-05T00:00:00+03:00");
    assert_eq!(
        limited(&daily, &today, "2026-05-04T23:59:59+03:00"),
        [(DenyReason::DayLimit, Some(tomorrow))]
    );
    // One at 23:59 yesterday counts for yesterday.
    assert_eq!(limited(&daily, &["2026-05-03T23:59:59+03:00"], "2026-05-04T00:00:00+03:00"), []);
    // Sunday counts for the week that began on Monday before.
    let two = ["2026-05-04T09:00:00+03:00", "2026-05-10T09:00:00+03:00"];
    let monday = at("2026-05-11T00:00:00+03:00");
    assert_eq!(limited(&weekly, &two, "2026-05-10T20:00:00+03:00"), [(DenyReason::WeekLimit, Some(monday))]);
    assert_eq!(limited(&weekly, &two, "2026-05-11T00:00:00+03:00"), []);
    let june = at("2026-06-01T00:00:00+03:00");
    let monthly = one(None, None, Some(2), None);
    assert_eq!(limited(&monthly, &two, "2026-05-31T23:00:00+03:00"), [(DenyReason::MonthLimit, Some(june))]);
    assert_eq!(limited(&monthly, &two, "2026-06-01T00:00:00+03:00"), []);
    assert_eq!(
        limited(&one(None, None, None, Some(2)), &two, "2027-01-01T00:00:00+03:00"),
        [(DenyReason::UseLimit, None)]
    );
    // All that speak are named, in this order.
    let spoken = limited(&one(Some(1), Some(2), Some(2), Some(2)), &two, "2026-05-10T20:00:00+03:00");
    let reasons: Vec<_> = spoken.iter().map(|(reason, _)| *reason).collect();
    let all = [DenyReason::DayLimit, DenyReason::WeekLimit, DenyReason::MonthLimit, DenyReason::UseLimit];
    assert_eq!(reasons, all);
    // Two at once where one is left.
    let pair = Setting { quantity: 2, ..setting("2026-05-05T09:00:00+03:00") };
    let counted = Counted { week: 1, ..Counted::default() };
    assert_eq!(weekly.speak(&pair, Some(&counted)), Ok(vec![(DenyReason::WeekLimit, Some(monday))]));
    // Three never fit into two.
    let three = Setting { quantity: 3, ..pair };
    assert_eq!(weekly.speak(&three, Some(&Counted::default())), Ok(vec![(DenyReason::WeekLimit, None)]));
}

#[test]
fn the_gap_holds_before_and_after() {
    let rules = UseRules { gap_minutes: Some(90), ..UseRules::default() };
    let noon = ["2026-05-04T12:00:00+03:00"];
    let over = Some(at("2026-05-04T13:30:00+03:00"));
    assert_eq!(limited(&rules, &noon, "2026-05-04T13:29:59+03:00"), [(DenyReason::TooSoon, over)]);
    assert_eq!(limited(&rules, &noon, "2026-05-04T13:30:00+03:00"), []);
    // One at noon is booked: 10:30 is early enough, 10:30:01 is not.
    assert_eq!(limited(&rules, &noon, "2026-05-04T10:30:00+03:00"), []);
    assert_eq!(limited(&rules, &noon, "2026-05-04T10:30:01+03:00"), [(DenyReason::TooSoon, over)]);
    assert_eq!(limited(&rules, &noon, "2026-05-04T12:00:00+03:00"), [(DenyReason::TooSoon, over)]);
}

#[test]
fn ages_are_full_years_on_the_date_of_the_venue() {
    let rules = UseRules { min_age: Some(14), max_age: Some(17), ..UseRules::default() };
    let born = |text: &str, now| {
        let setting = Setting { birth_date: Some(text.parse().expect("a date")), ..setting(now) };
        rules.speak(&setting, None).expect("in range")
    };
    let birthday = Some(at("2026-05-05T00:00:00+03:00"));
    assert_eq!(born("2012-05-05", "2026-05-04T23:59:59+03:00"), [(DenyReason::TooYoung, birthday)]);
    assert_eq!(born("2012-05-05", "2026-05-05T00:00:00+03:00"), []);
    assert_eq!(born("2008-05-06", "2026-05-05T23:00:00+03:00"), []);
    assert_eq!(born("2008-05-06", "2026-05-06T00:00:00+03:00"), [(DenyReason::TooOld, None)]);
    // Who is born tomorrow is younger than one year, and than none.
    for (min, birthday) in [(0, "2026-05-07T00:00:00+03:00"), (1, "2027-05-07T00:00:00+03:00")] {
        let rules = UseRules { min_age: Some(min), ..UseRules::default() };
        let setting = Setting {
            birth_date: Some("2026-05-07".parse().expect("a date")),
            ..setting("2026-05-06T12:00:00+03:00")
        };
        let expected = vec![(DenyReason::TooYoung, Some(at(birthday)))];
        assert_eq!(rules.speak(&setting, None), Ok(expected));
    }
    assert_eq!(
        rules.speak(&setting("2026-05-06T00:00:00+03:00"), None),
        Ok(vec![(DenyReason::AgeUnknown, None)])
    );
}

#[test]
fn zones_and_sexes() {
    let rules = UseRules { zones: vec![ZoneId(2)], sex: Some(Sex::Female), ..UseRules::default() };
    let here = setting("2026-05-04T12:00:00+03:00");
    let spoken = rules.speak(&here, None);
    assert_eq!(spoken, Ok(vec![(DenyReason::ZoneNotCovered, None), (DenyReason::SexUnknown, None)]));
    let there = Setting { place: ZoneId(2), sex: Some(Sex::Male), ..here };
    assert_eq!(rules.speak(&there, None), Ok(vec![(DenyReason::WrongSex, None)]));
    assert_eq!(rules.speak(&Setting { sex: Some(Sex::Female), ..there }, None), Ok(Vec::new()));
}

#[test]
fn uses_are_counted_half_open_and_one_at_the_very_instant_is_before() {
    let windows = Windows::around(at("2026-05-13T12:00:00+03:00"), bucharest()).expect("in range");
    // Wednesday 13 May 2026: the first instants of the month, the week and the day, and those after each.
    let uses = [
        "2026-04-30T23:59:59+03:00",
        "2026-05-01T00:00:00+03:00",
        "2026-05-11T00:00:00+03:00",
        "2026-05-13T00:00:00+03:00",
        "2026-05-13T12:00:00+03:00",
        "2026-05-14T00:00:00+03:00",
        "2026-05-18T00:00:00+03:00",
        "2026-06-01T00:00:00+03:00",
    ]
    .map(at);
    // On the day the fourth and fifth; in the week the third, and the sixth; in the month the second and seventh too.
    let counted = Counted::of(&uses, &windows, at("2026-05-13T12:00:00+03:00"));
    let expected = Counted {
        day: 2,
        week: 4,
        month: 6,
        all: 8,
        before: Some(at("2026-05-13T12:00:00+03:00")),
        after: Some(at("2026-05-14T00:00:00+03:00")),
    };
    assert_eq!(counted, expected);
    let first = Counted::of(&uses, &windows, at("2026-04-30T23:59:59+03:00"));
    assert_eq!((first.before, first.after), (Some(uses[0]), Some(uses[1])));
}

#[test]
fn hours_that_the_change_of_the_clocks_swallowed_open_nothing() {
    // 29 March 2026, 03:00 is 04:00: 03:30 to 04:10 would be 04:30 to 04:10, 03:30 to 04:30 no time at all.
    for until in ["04:10", "04:30"] {
        let swallowed = of_hours(hours(&[], "03:30", until));
        let next_day = Some(Some(at("2026-03-30T03:30:00+03:00")));
        assert_eq!(shut(&swallowed, "2026-03-29T02:00:00+02:00"), next_day, "before, until {until}");
        assert_eq!(shut(&swallowed, "2026-03-29T04:20:00+03:00"), next_day, "between, until {until}");
        assert_eq!(shut(&swallowed, "2026-03-29T04:30:00+03:00"), next_day, "at its would-be beginning");
    }
}

#[test]
fn rules_that_nobody_can_keep_are_refused_with_their_field() {
    let field = |rules: UseRules| rules.validate().map_err(|error| error.field_name().map(str::to_owned));
    let named = |name: &str| Err(Some(name.to_owned()));
    assert_eq!(field(UseRules::default()), Ok(()));
    assert_eq!(field(UseRules { per_day: Some(0), ..UseRules::default() }), named("per_day"));
    assert_eq!(field(UseRules { in_all: Some(100_001), ..UseRules::default() }), named("in_all"));
    assert_eq!(field(UseRules { gap_minutes: Some(-1), ..UseRules::default() }), named("gap_minutes"));
    let upside_down = UseRules { min_age: Some(18), max_age: Some(17), ..UseRules::default() };
    assert_eq!(upside_down.validate(), Err(Error::field(Reason::Contradiction, "max_age")));
    assert_eq!(
        field(UseRules { zones: vec![ZoneId(1), ZoneId(0)], ..UseRules::default() }),
        named("zones.1")
    );
    assert_eq!(field(of_hours(hours(&[], "24:00", "10:00"))), named("hours.0.from"));
    let twice = of_hours(hours(&[Weekday::Monday, Weekday::Monday], "08:00", "10:00"));
    assert_eq!(field(twice), named("hours.0.days.1"));
}

proptest! {
    /// Outside of the hours, they let in at the instant that the answer names, and not a second before.
    #[test]
    fn the_hours_open_when_they_say(
        minutes in 0_i64..600_000, from in 0_u16..1440, until in 0_u16..=1440, day in 0_usize..7,
    ) {
        let at = at("2026-01-01T00:00:00Z").plus_micros(minutes * 60 * SECOND)?;
        let time = |minutes| TimeOfDay::from_minutes(minutes);
        let days = vec![*Weekday::ALL.get(day).expect("seven")];
        let rules = of_hours(WeeklyHours { days, from: time(from)?, until: time(until)? });
        let ask = |at| rules.speak(&Setting { at, ..setting("2026-01-01T00:00:00Z") }, None);
        if let Some((_, until)) = ask(at)?.first() {
            let open = until.expect("every week");
            prop_assert!(open > at);
            prop_assert_eq!(ask(open)?, Vec::new());
            prop_assert!(!ask(open.plus_micros(-1)?)?.is_empty());
        }
    }

    /// When a limit says it stops speaking, it does.
    #[test]
    fn a_limit_stops_speaking_when_it_says(uses in prop::collection::vec(0_i64..100_000, 0..12), now in 0_i64..100_000) {
        let start = at("2026-10-01T00:00:00Z");
        let moment = |minutes: i64| start.plus_micros(minutes * 60 * SECOND).expect("in range");
        let uses: Vec<Instant> = uses.into_iter().map(moment).collect();
        let zone = bucharest();
        let ask = |rules: &UseRules, at| {
            let windows = Windows::around(at, zone)?;
            rules.speak(&Setting { at, ..setting("2026-01-01T00:00:00Z") }, Some(&Counted::of(&uses, &windows, at)))
        };
        let none = UseRules::default;
        for rules in [UseRules { per_day: Some(1), ..none() }, UseRules { per_week: Some(1), ..none() },
            UseRules { per_month: Some(1), ..none() }] {
            let mut at = moment(now);
            // Periods that follow may be used up as well.
            for _ in 0..uses.len() {
                let Some((_, until)) = ask(&rules, at)?.first().copied() else { break };
                let until = until.expect("a period ends");
                prop_assert!(until > at);
                prop_assert!(!ask(&rules, until.plus_micros(-1)?)?.is_empty());
                at = until;
            }
            prop_assert_eq!(ask(&rules, at)?, Vec::new());
        }
    }
}
