//! Rules of use: how often a pass can be used, and on which days and hours. The venue's zone is UTC.

use crate::books::Club;
use crate::calendar::{civil, day_number, day_of, months_later};
use crate::random::Random;
use crate::steps::{DAY, MINUTE};
use serde_json::{Value, json};
use std::ops::Range;

const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What is none limits nothing.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    per_day: Option<i64>,
    per_week: Option<i64>,
    per_month: Option<i64>,
    in_all: Option<i64>,
    /// Minutes from one use to the next.
    gap: Option<i64>,
    /// On these days of the week, from 0 for Monday on, and within these minutes, over midnight if they end first.
    hours: Option<(Vec<i64>, i64, i64)>,
}

impl Rules {
    /// One plan in three has some.
    pub fn draw(random: &mut Random) -> Self {
        if !random.once_in(3) {
            return Self::default();
        }
        let mut limit = |most: i64| random.once_in(3).then(|| random.between(1, most));
        let (per_day, per_week, per_month, in_all) = (limit(3), limit(4), limit(6), limit(9));
        let gap = limit(24 * 60);
        let hours = random.once_in(3).then(|| {
            let days = (0..7).filter(|_| !random.once_in(4)).collect();
            (days, random.below(24 * 4) * 15, random.below(24 * 4) * 15)
        });
        Self { per_day, per_week, per_month, in_all, gap, hours }
    }

    pub fn request(&self) -> Value {
        let time = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let mut usage = json!({"per_day": self.per_day, "per_week": self.per_week, "per_month": self.per_month,
            "in_all": self.in_all, "gap_minutes": self.gap});
        if let Some((days, from, until)) = &self.hours {
            let days: Vec<&str> = days.iter().map(|day| WEEK[usize::try_from(*day).unwrap()]).collect();
            usage["hours"] = json!([{"days": days, "from": time(*from), "until": time(*until)}]);
        }
        usage
    }

    /// Whether uses have to be counted.
    pub fn count(&self) -> bool {
        let limits = [self.per_day, self.per_week, self.per_month, self.in_all, self.gap];
        limits.iter().any(Option::is_some)
    }

    /// Hours that end where they begin or before it reach into the next day. No days are all days.
    fn holds(&self, at: i64) -> bool {
        let Some((days, from, until)) = &self.hours else { return true };
        let (day, minute) = (day_of(at), at.rem_euclid(DAY));
        let (from, until) = (from * MINUTE, until * MINUTE);
        let on = |day: i64| days.is_empty() || days.contains(&weekday(day));
        if from < until {
            on(day) && (from..until).contains(&minute)
        } else {
            on(day) && from <= minute || on(day - 1) && minute < until
        }
    }
}

/// The first of January 1970 was a Thursday.
const fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

impl Club {
    /// Whether the rules of a pass allow so many uses at an instant, beside those that were made and booked.
    pub fn allows(&self, index: usize, at: i64, quantity: i64) -> bool {
        let rules = &self.plans[self.passes[index].plan].rules;
        let of_pass: Vec<_> = self.uses.iter().filter(|used| used.pass == index && used.stands).collect();
        let fits = |limit: Option<i64>, days: Range<i64>| {
            let within = of_pass.iter().filter(|used| days.contains(&day_of(used.at)));
            let used: i64 = within.map(|used| used.quantity - used.back).sum();
            limit.is_none_or(|limit| used + quantity <= limit)
        };
        let today = day_of(at);
        let (monday, (year, month, _)) = (today - weekday(today), civil(today));
        let first = day_number(year, month, 1);
        let near = |gap: i64| of_pass.iter().any(|used| (used.at - at).abs() < gap * MINUTE);
        rules.holds(at)
            && fits(rules.per_day, today..today + 1)
            && fits(rules.per_week, monday..monday + 7)
            && fits(rules.per_month, first..months_later(first, 1))
            && fits(rules.in_all, i64::MIN..i64::MAX)
            && !rules.gap.is_some_and(near)
    }
}
