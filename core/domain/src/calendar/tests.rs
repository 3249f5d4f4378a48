//! The worked cases of the calendar (S17 to S20 of the scenarios), awkward zones, and properties.

use super::*;
use crate::error::Reason;
use crate::time::{Date, Instant, SECOND};
use chrono::{NaiveDateTime, Weekday};
use proptest::prelude::*;

const HOUR: i64 = 3600 * SECOND;
const MONTH: Period = Period::new(1, Unit::Month);
const YEAR: Period = Period::new(1, Unit::Year);
const DAY: Period = Period::new(1, Unit::Day);
const WEEK: Period = Period::new(1, Unit::Week);

fn zone(name: &str) -> Zone {
    name.parse().expect("a zone")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

/// A local time such as `2026-01-31 10:00`.
fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a local time")
}

fn local(zone: Zone, text: &str) -> Instant {
    zone.resolve(wall(text)).expect("in range")
}

#[test]
fn s17_month_end_anchors_never_drift() {
    let rows = [
        ("2026-01-31 10:00", MONTH, "2026-04-30 09:00", "2026-04-30 10:00"),
        ("2026-01-31 10:00", MONTH, "2026-04-30 10:00", "2026-05-31 10:00"),
        ("2026-01-31 10:00", MONTH, "2026-04-30 11:00", "2026-05-31 10:00"),
        ("2026-01-31 10:00", Period::new(3, Unit::Month), "2026-04-30 11:00", "2026-07-31 10:00"),
        ("2024-02-29 12:00", YEAR, "2025-02-28 22:00", "2026-02-28 12:00"),
    ];
    for name in ["UTC", "Europe/Bucharest", "America/Los_Angeles", "Asia/Tokyo"] {
        let zone = zone(name);
        for (anchor, period, now, next) in rows {
            let found = next_after(local(zone, anchor), zone, period, local(zone, now));
            assert_eq!(found, Ok(local(zone, next)), "{name} {anchor} {now}");
        }
    }
}

#[test]
fn s17_the_period_that_contains_now() {
    let anchor = at("2025-01-31T15:00:00Z");
    for (now, k, start, end) in [
        ("2025-08-13T00:00:00Z", 6, "2025-07-31T15:00:00Z", "2025-08-31T15:00:00Z"),
        ("2025-09-30T15:00:00Z", 8, "2025-09-30T15:00:00Z", "2025-10-31T15:00:00Z"),
        ("2025-01-31T15:00:00Z", 0, "2025-01-31T15:00:00Z", "2025-02-28T15:00:00Z"),
    ] {
        let span = period_containing(anchor, Zone::UTC, MONTH, at(now));
        assert_eq!(span, Ok(Span { k, start: at(start), end: at(end) }), "{now}");
    }
    let before = anchor.plus_micros(-1).expect("in range");
    assert_eq!(period_containing(anchor, Zone::UTC, MONTH, before), Err(Reason::OutOfRange.into()));
    assert_eq!(next_after(anchor, Zone::UTC, MONTH, before), Ok(anchor));
}

/// First and last day of the periods that begin on `start`.
fn days_of(start: &str, period: Period, count: u32) -> Vec<(String, String)> {
    let start = day(start);
    let first = |k| add(start, period, k).expect("in range").to_string();
    let last = |k| last_day(start, period, k).expect("in range").to_string();
    (0..count).zip(1..).map(|(k, next)| (first(k), last(next))).collect()
}

#[test]
fn s17_inclusive_days_of_months() {
    let pairs = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
        rows.iter().map(|(first, last)| ((*first).to_owned(), (*last).to_owned())).collect()
    };
    assert_eq!(
        days_of("2024-01-31", MONTH, 3),
        pairs(&[("2024-01-31", "2024-02-28"), ("2024-02-29", "2024-03-30"), ("2024-03-31", "2024-04-29")])
    );
    assert_eq!(
        days_of("2024-01-30", MONTH, 2),
        pairs(&[("2024-01-30", "2024-02-28"), ("2024-02-29", "2024-03-29")])
    );
}

#[test]
fn s17_leap_day_and_years() {
    assert_eq!(add(day("2024-02-29"), YEAR, 1), Ok(day("2025-02-28")));
    assert_eq!(add(day("2024-02-29"), YEAR, 2), Ok(day("2026-02-28")));
    assert_eq!(add(day("2024-02-29"), YEAR, 4), Ok(day("2028-02-29")));
}

#[test]
fn s18_inclusive_last_day_of_a_membership() {
    for (start, period, k, last) in [
        ("2006-01-21", YEAR, 1, "2007-01-20"),
        ("2006-01-21", YEAR, 2, "2008-01-20"),
        ("2015-07-01", WEEK, 1, "2015-07-07"),
        ("2015-04-15", MONTH, 1, "2015-05-14"),
        ("2016-07-01", YEAR, 1, "2017-06-30"),
        ("2015-07-01", Period::new(3, Unit::Year), 1, "2018-06-30"),
        ("2015-07-01", YEAR, 3, "2018-06-30"),
        ("2024-02-29", YEAR, 1, "2025-02-27"),
    ] {
        assert_eq!(last_day(day(start), period, k), Ok(day(last)), "{start}");
    }
    assert!(last_day(day("2026-01-01"), DAY, 0).is_err());
}

#[test]
fn s18_valid_through_ends_with_the_day() {
    let bucharest = zone("Europe/Bucharest");
    let end = end_of_last_day(day("2026-05-14"), bucharest);
    assert_eq!(end, Ok(at("2026-05-15T00:00:00+03:00")));
    // The end of the last day and the end of the period are one instant.
    let start = day("2026-04-15");
    let last = last_day(start, MONTH, 1).expect("in range");
    let anchor = bucharest.start_of(start).expect("in range");
    assert_eq!(end_of_last_day(last, bucharest), anchored(anchor, bucharest, MONTH, 1));
}

#[test]
fn s19_a_month_over_the_end_of_summer_time_keeps_its_local_date() {
    let la = zone("America/Los_Angeles");
    let start = at("2015-11-01T07:01:01Z");
    let next = anchored(start, la, MONTH, 1).expect("in range");
    assert_eq!(next, at("2015-12-01T08:01:01Z"));
    assert_eq!(la.date_of(next), day("2015-12-01"));
    // Cancelling on the local 1 December ends it before the next period; a second past the same time of UTC
    // it is still the first period, so nothing is billed again on 30 November.
    assert!(la.start_of(day("2015-12-01")).expect("in range") < next);
    let span = period_containing(start, la, MONTH, at("2015-12-01T07:01:02Z")).expect("in range");
    assert_eq!((span.k, span.end), (0, next));
}

#[test]
fn s19_an_anchor_in_a_gap_resolves_and_bills_on_the_8th() {
    let la = zone("America/Los_Angeles");
    let anchor = wall("2015-03-08 02:00");
    assert_eq!(la.resolve(anchor), Ok(at("2015-03-08T10:00:00Z")));
    for k in 1..=25 {
        let bill = anchored_local(anchor, la, MONTH, k).expect("in range");
        let date = add(day("2015-03-08"), MONTH, k).expect("in range");
        assert_eq!(la.local(bill), date.and_hms_opt(2, 0, 0).expect("a time"));
    }
}

#[test]
fn s19_the_local_billing_day() {
    let instant = at("2012-07-16T21:17:03Z");
    for (name, expected) in
        [("UTC", 16), ("Pacific/Honolulu", 16), ("Europe/Paris", 16), ("Etc/GMT-3", 17), ("Asia/Tokyo", 17)]
    {
        assert_eq!(chrono::Datelike::day(&zone(name).date_of(instant)), expected, "{name}");
    }
}

#[test]
fn s19_a_coupon_through_31_december_ends_in_the_zone_of_the_business() {
    let end = end_of_last_day(day("2026-12-31"), zone("America/New_York")).expect("in range");
    assert_eq!(end, at("2027-01-01T05:00:00Z"));
    assert!(at("2027-01-01T04:59:59.999999Z") < end);
}

#[test]
fn s19_a_weekly_series_keeps_its_hour() {
    let chicago = zone("America/Chicago");
    let anchor = local(chicago, "2025-03-02 15:00");
    assert_eq!(anchor, at("2025-03-02T21:00:00Z"));
    assert_eq!(anchored(anchor, chicago, WEEK, 1), Ok(at("2025-03-09T20:00:00Z")));
    assert_eq!(chicago.hour_of(at("2025-03-09T20:00:00Z")), 15);
    assert_eq!(chicago.weekday_of(at("2025-03-09T20:00:00Z")), Weekday::Sun);
}

#[test]
fn s20_fractions_of_periods_in_days() {
    let days = |from, to| {
        let start = |date| Zone::UTC.start_of(day(date)).expect("in range");
        days_total(Zone::UTC, start(from), start(to)).expect("in range")
    };
    let span = |anchor, now| {
        let start = |date| Zone::UTC.start_of(day(date)).expect("in range");
        period_containing(start(anchor), Zone::UTC, MONTH, start(now)).expect("in range")
    };
    let whole = |span: Span| days_total(Zone::UTC, span.start, span.end).expect("in range");
    assert_eq!((days("2011-01-01", "2011-01-15"), whole(span("2010-12-15", "2011-01-01"))), (14, 31));
    assert_eq!((days("2011-02-15", "2011-02-27"), whole(span("2010-12-15", "2011-02-20"))), (12, 28));
    assert_eq!((days("2012-02-01", "2012-02-15"), whole(span("2012-01-01", "2012-02-01"))), (14, 29));
    let (early, late) = (at("2012-02-01T00:00:00Z"), at("2012-02-02T00:00:00Z"));
    assert_eq!(days_total(Zone::UTC, late, early), Err(Reason::EndBeforeStart.into()));
}

#[test]
fn a6_month_ends_in_bucharest() {
    let bucharest = zone("Europe/Bucharest");
    let anchor = bucharest.start_of(day("2024-01-31")).expect("in range");
    for (k, end) in [(1, "2024-02-29"), (2, "2024-03-31"), (3, "2024-04-30"), (4, "2024-05-31")] {
        let end = wall(&format!("{end} 00:00"));
        assert_eq!(anchored(anchor, bucharest, MONTH, k).map(|end| bucharest.local(end)), Ok(end));
    }
}

#[test]
fn a_day_may_have_23_or_25_hours() {
    let bucharest = zone("Europe/Bucharest");
    for (date, hours) in [("2025-03-30", 23), ("2025-10-26", 25), ("2025-05-14", 24)] {
        let start = bucharest.start_of(day(date)).expect("in range");
        let end = anchored(start, bucharest, DAY, 1).expect("in range");
        assert_eq!(end.micros() - start.micros(), hours * HOUR, "{date}");
        assert_eq!(days_total(bucharest, start, end), Ok(1));
    }
}

#[test]
fn a_midnight_that_does_not_exist_is_one_o_clock() {
    for (name, date, start) in [
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"),
        ("Asia/Beirut", "2021-03-28", "2021-03-28T01:00:00+03:00"),
        ("America/Asuncion", "2023-10-01", "2023-10-01T01:00:00-03:00"),
    ] {
        let zone = zone(name);
        assert_eq!(zone.start_of(day(date)), Ok(at(start)), "{name}");
        let before = day(date).pred_opt().expect("in range");
        assert_eq!(end_of_last_day(before, zone), Ok(at(start)), "{name}");
        assert_eq!(zone.date_of(at(start).plus_micros(-1).expect("in range")), before, "{name}");
    }
}

#[test]
fn lord_howe_moves_by_half_an_hour() {
    let zone = zone("Australia/Lord_Howe");
    // 2025-10-05 02:00 +10:30 → 02:30 +11:00, 2025-04-06 02:00 +11:00 → 01:30 +10:30.
    assert_eq!(local(zone, "2025-10-05 02:10"), at("2025-10-05T02:40:00+11:00"));
    assert_eq!(local(zone, "2025-04-06 01:45"), at("2025-04-06T01:45:00+11:00"));
    assert_eq!(local(zone, "2025-04-06 02:00"), at("2025-04-06T02:00:00+10:30"));
}

#[test]
fn apia_skipped_a_day() {
    let apia = zone("Pacific/Apia");
    let new_day = at("2011-12-31T00:00:00+14:00");
    assert_eq!(apia.start_of(day("2011-12-30")), Ok(new_day));
    assert_eq!(apia.start_of(day("2011-12-31")), Ok(new_day));
    assert_eq!(local(apia, "2011-12-30 12:00"), at("2011-12-31T12:00:00+14:00"));
    // The skipped day is a period of no length: no instant lies in it, and the next end is later than now.
    let anchor = local(apia, "2011-12-28 12:00");
    let now = local(apia, "2011-12-31 12:00");
    let span = period_containing(anchor, apia, DAY, now).expect("in range");
    assert_eq!((span.k, span.start), (3, now));
    assert_eq!(next_after(anchor, apia, DAY, now), Ok(local(apia, "2012-01-01 12:00")));
}

#[test]
fn an_anchor_in_the_second_of_two_hours_stays() {
    let bucharest = zone("Europe/Bucharest");
    let second = at("2025-10-26T03:30:00+02:00");
    assert_eq!(anchored(second, bucharest, DAY, 0), Ok(second));
    assert_eq!(
        period_containing(second, bucharest, DAY, second).map(|span| (span.k, span.start)),
        Ok((0, second))
    );
    assert_eq!(local(bucharest, "2025-10-26 03:30"), at("2025-10-26T03:30:00+03:00"));
}

#[test]
fn a_day_has_begun_once() {
    // St John's went back from 00:01 to 23:01: the new day had begun and is not begun again.
    let zone = zone("America/St_Johns");
    let start = local(zone, "2010-11-06 12:00");
    let count = |minutes: i64| {
        let midnight = zone.start_of(day("2010-11-07")).expect("in range");
        days_elapsed(zone, start, midnight.plus_micros(minutes * 60 * SECOND).expect("in range"))
    };
    assert_eq!([count(0), count(1), count(30), count(62)], [Ok(1), Ok(2), Ok(2), Ok(2)]);
}

#[test]
fn days_of_a_time_pass() {
    let bucharest = zone("Europe/Bucharest");
    let start = local(bucharest, "2025-03-29 18:00");
    let end = end_of_last_day(day("2025-04-27"), bucharest).expect("in range");
    assert_eq!(days_total(bucharest, start, end), Ok(30));
    for (now, days) in [
        ("2025-03-29 17:59", 0),
        ("2025-03-29 18:00", 0),
        ("2025-03-29 18:01", 1),
        ("2025-03-30 00:00", 1),
        ("2025-03-30 00:01", 2),
        ("2025-04-28 00:00", 30),
    ] {
        assert_eq!(days_elapsed(bucharest, start, local(bucharest, now)), Ok(days), "{now}");
    }
}

#[test]
fn ages_rise_on_the_birthday() {
    let leap = day("2004-02-29");
    assert_eq!(birthday_in(leap, 2025), Ok(day("2025-02-28")));
    assert_eq!(birthday_in(leap, 2028), Ok(day("2028-02-29")));
    for (on, age) in [
        ("2004-02-28", None),
        ("2004-02-29", Some(0)),
        ("2005-02-27", Some(0)),
        ("2005-02-28", Some(1)),
        ("2008-02-28", Some(3)),
        ("2008-02-29", Some(4)),
        ("2022-02-28", Some(18)),
    ] {
        assert_eq!(age_on(leap, day(on)), age, "{on}");
    }
    assert_eq!(age_on(day("1990-12-31"), day("2026-12-30")), Some(35));
}

#[test]
fn rules_hold_after_the_tables_end() {
    let bucharest = zone("Europe/Bucharest");
    assert_eq!(local(bucharest, "2100-07-01 12:00"), at("2100-07-01T12:00:00+03:00"));
    assert_eq!(local(bucharest, "2400-02-29 12:00"), at("2400-02-29T12:00:00+02:00"));
    // The last Sunday of March 2150 is the 29th.
    assert_eq!(local(bucharest, "2150-03-29 03:30"), at("2150-03-29T04:30:00+03:00"));
    assert_eq!(local(zone("Australia/Sydney"), "2100-07-01 12:00"), at("2100-07-01T12:00:00+10:00"));
    assert_eq!(bucharest.date_of(at("2099-12-31T22:00:00Z")), day("2100-01-01"));
}

#[test]
fn texts_and_limits() {
    let period: Period = serde_json::from_str(r#"{"count":3,"unit":"month"}"#).expect("valid");
    assert_eq!(period, Period::new(3, Unit::Month));
    assert!(serde_json::from_str::<Period>(r#"{"count":3,"unit":"month","x":1}"#).is_err());
    assert_eq!(serde_json::to_string(&zone("Asia/Tbilisi")).expect("valid"), r#""Asia/Tbilisi""#);
    let error = serde_json::from_str::<Zone>(r#""Mars/Olympus""#).expect_err("no such zone").to_string();
    let error = crate::Error::from_serde_text(&error).expect("ours");
    assert_eq!(error.reason(), Reason::UnknownZone);
    for count in [-1, 0, 1201] {
        let period = Period::new(count, Unit::Day);
        let instant = at("2026-01-01T00:00:00Z");
        assert_eq!(period.validate().expect_err("bad").field_name(), Some("count"));
        assert!(anchored(instant, Zone::UTC, period, 0).is_err());
        assert!(period_containing(instant, Zone::UTC, period, instant).is_err());
        assert!(next_after(instant, Zone::UTC, period, Instant::MIN).is_err());
    }
    assert!(anchored(Instant::FOREVER, Zone::UTC, YEAR, u32::MAX).is_err());
    assert!(add(Date::MAX, DAY, 1).is_err() && end_of_last_day(Date::MAX, Zone::UTC).is_err());
}

fn any_zone() -> impl Strategy<Value = Zone> {
    prop::sample::select(chrono_tz::TZ_VARIANTS.to_vec()).prop_map(|tz| zone(tz.name()))
}

fn any_period() -> impl Strategy<Value = Period> {
    let unit = prop::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]);
    (prop_oneof![4 => 1..=13_i32, 1 => 1..=1200_i32], unit).prop_map(|(count, unit)| Period::new(count, unit))
}

fn instants(from: &str, to: &str) -> impl Strategy<Value = Instant> {
    (at(from).micros()..at(to).micros()).prop_map(|micros| Instant::from_micros(micros).expect("in range"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn s17_start_le_now_lt_end(zone in any_zone(), period in any_period(),
        a in instants("1900-01-02T00:00:00Z", "2300-01-01T00:00:00Z"),
        b in instants("1900-01-02T00:00:00Z", "2300-01-01T00:00:00Z"))
    {
        let (anchor, now) = (a.min(b), a.max(b));
        let span = period_containing(anchor, zone, period, now)?;
        prop_assert!(span.start <= now && now < span.end);
        prop_assert_eq!(anchored(anchor, zone, period, span.k)?, span.start);
        prop_assert_eq!(anchored(anchor, zone, period, span.k.saturating_add(1))?, span.end);
        prop_assert_eq!(next_after(anchor, zone, period, now)?, span.end);
        // Every boundary belongs to the period that it begins.
        let next = period_containing(anchor, zone, period, span.end)?;
        prop_assert_eq!(next.start, span.end);
    }

    #[test]
    fn local_times_come_back(zone in any_zone(), instant in instants("1900-01-02T00:00:00Z", "9998-12-30T00:00:00Z")) {
        let there = zone.resolve(zone.local(instant))?;
        // The same instant, or the first of the two that show this time.
        prop_assert!(there <= instant);
        prop_assert_eq!(zone.local(there), zone.local(instant));
        let start = zone.start_of(zone.date_of(instant))?;
        prop_assert!(start <= instant);
    }

    #[test]
    fn days_only_go_up(zone in any_zone(), start in instants("1900-01-02T00:00:00Z", "2300-01-01T00:00:00Z"),
        a in 0..(400 * 24 * HOUR), b in 0..(400 * 24 * HOUR))
    {
        let (early, late) = (start.plus_micros(a.min(b))?, start.plus_micros(a.max(b))?);
        let (few, many) = (days_elapsed(zone, start, early)?, days_elapsed(zone, start, late)?);
        prop_assert!(few <= many);
        prop_assert_eq!(many, days_total(zone, start, late)?);
        prop_assert!(many <= 402);
    }
}
