//! Times of day as they are written, and which rules a plan may have: every bound from both sides.

use super::*;

fn time(text: &str) -> Result<TimeOfDay> {
    text.parse()
}

#[test]
fn a_time_of_day_is_two_digits_a_colon_and_two_digits() {
    for (text, minutes) in [("00:00", 0), ("00:59", 59), ("09:05", 545), ("23:59", 1439), ("24:00", 1440)] {
        let read = time(text).expect("a time");
        assert_eq!((read.minutes(), read.to_string().as_str()), (minutes, text));
    }
    for text in [
        "", "9:05", "1:234", "123:4", "12-30", "+1:30", "12:+5", " 1:30", "12:60", "24:01", "25:00", "012:00",
    ] {
        assert_eq!(time(text).map_err(|error| error.reason()), Err(Reason::BadFormat), "{text}");
    }
    assert_eq!(TimeOfDay::from_minutes(1441).map_err(|error| error.reason()), Err(Reason::OutOfRange));
}

#[test]
fn a_time_of_day_is_its_text_in_json_and_said_so_in_the_schema() {
    let read: TimeOfDay = serde_json::from_str("\"16:30\"").expect("a time");
    assert_eq!(read.minutes(), 990);
    assert_eq!(serde_json::to_string(&read).expect("is written"), "\"16:30\"");
    assert!(
        serde_json::from_str::<TimeOfDay>("\"16:3\"").is_err()
            && serde_json::from_str::<TimeOfDay>("990").is_err()
    );
    let schema = serde_json::to_value(schemars::schema_for!(TimeOfDay)).expect("is written");
    assert_eq!((schema["title"].as_str(), schema["type"].as_str()), (Some("TimeOfDay"), Some("string")));
    assert_eq!(schema["pattern"].as_str(), Some("^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"));
}

/// Rules with one limit.
fn with(set: impl FnOnce(&mut UseRules)) -> UseRules {
    let mut rules = UseRules::default();
    set(&mut rules);
    rules
}

#[test]
fn each_single_limit_asks_for_what_it_needs() {
    let none = UseRules::default();
    assert!(none.is_empty() && !none.counts() && !none.has_ages());
    let counting = [
        with(|rules| rules.per_day = Some(1)),
        with(|rules| rules.per_week = Some(1)),
        with(|rules| rules.per_month = Some(1)),
        with(|rules| rules.in_all = Some(1)),
        with(|rules| rules.gap_minutes = Some(1)),
    ];
    for rules in counting {
        assert!(rules.counts() && !rules.has_ages() && !rules.is_empty(), "{rules:?}");
    }
    for rules in [with(|rules| rules.min_age = Some(1)), with(|rules| rules.max_age = Some(1))] {
        assert!(rules.has_ages() && !rules.counts() && !rules.is_empty(), "{rules:?}");
    }
}

/// The reason and the field of a refusal; nothing where the rules may stand.
fn refused(rules: &UseRules) -> Option<(Reason, String)> {
    let error = rules.validate().err()?;
    Some((error.reason(), error.field_name().unwrap_or_default().to_owned()))
}

#[test]
fn every_number_has_its_bounds() {
    type Set = fn(&mut UseRules, i32);
    let numbers: [(&str, i32, i32, Set); 7] = [
        ("min_age", 0, 150, |rules, value| rules.min_age = Some(value)),
        ("max_age", 0, 150, |rules, value| rules.max_age = Some(value)),
        ("per_day", 1, 1000, |rules, value| rules.per_day = Some(value)),
        ("per_week", 1, 1000, |rules, value| rules.per_week = Some(value)),
        ("per_month", 1, 1000, |rules, value| rules.per_month = Some(value)),
        ("in_all", 1, 100_000, |rules, value| rules.in_all = Some(value)),
        ("gap_minutes", 1, 100_000, |rules, value| rules.gap_minutes = Some(value)),
    ];
    for (field, min, max, set) in numbers {
        for (value, stands) in [(min - 1, false), (min, true), (max, true), (max + 1, false)] {
            let expected = (!stands).then(|| (Reason::OutOfRange, field.to_owned()));
            assert_eq!(refused(&with(|rules| set(rules, value))), expected, "{field} {value}");
        }
    }
    let ages = |min, max| with(|rules| (rules.min_age, rules.max_age) = (Some(min), Some(max)));
    assert_eq!(refused(&ages(17, 17)), None, "one age");
    assert_eq!(refused(&ages(18, 17)), Some((Reason::Contradiction, "max_age".to_owned())));
}

#[test]
fn every_list_has_its_length() {
    let hours = |days: &[Weekday], from| WeeklyHours {
        days: days.to_vec(),
        from: time(from).expect("a time"),
        until: time("24:00").expect("a time"),
    };
    let zones = |count: i64| with(|rules| rules.zones = (1..=count).map(ZoneId).collect());
    assert_eq!(refused(&zones(200)), None);
    assert_eq!(refused(&zones(201)), Some((Reason::TooLong, "zones".to_owned())));
    let many = |count: usize| with(|rules| rules.hours = vec![hours(&[], "08:00"); count]);
    assert_eq!(refused(&many(50)), None);
    assert_eq!(refused(&many(51)), Some((Reason::TooLong, "hours".to_owned())));
    let one = |days: &[Weekday], from| with(|rules| rules.hours = vec![hours(days, from)]);
    assert_eq!(refused(&one(Weekday::ALL, "23:59")), None, "all seven days");
    let eight: Vec<Weekday> = Weekday::ALL.iter().chain([&Weekday::Monday]).copied().collect();
    assert_eq!(refused(&one(&eight, "08:00")), Some((Reason::TooLong, "hours.0.days".to_owned())));
    let twice = [Weekday::Monday, Weekday::Friday, Weekday::Monday];
    assert_eq!(refused(&one(&twice, "08:00")), Some((Reason::AlreadyExists, "hours.0.days.2".to_owned())));
    assert_eq!(refused(&one(&[], "24:00")), Some((Reason::OutOfRange, "hours.0.from".to_owned())));
    let zone = |id| with(|rules| rules.zones = vec![ZoneId(id)]);
    assert_eq!((refused(&zone(1)), refused(&zone(ID_MAX))), (None, None));
    for id in [0, ID_MAX + 1] {
        assert_eq!(refused(&zone(id)), Some((Reason::OutOfRange, "zones.0".to_owned())));
    }
}
