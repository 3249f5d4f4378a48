//! The model: what the design says, in lists and sums. It shares no code with the engine. Money is in cents, time in microseconds
//! of UTC, which is the zone of its venue.

use crate::steps::DAY;

/// `value · part / whole`, half away from zero.
pub fn share(value: i64, part: i64, whole: i64) -> i64 {
    let (product, whole) = (i128::from(value) * i128::from(part), i128::from(whole));
    let doubled = 2 * product + if product < 0 { -whole } else { whole };
    i64::try_from(doubled / (2 * whole)).unwrap()
}

/// The part of a price that is not its tax of 20 percent.
pub fn net(gross: i64, taxed: bool) -> i64 {
    if taxed { share(gross, 100, 120) } else { gross }
}

pub const fn day_of(at: i64) -> i64 {
    at.div_euclid(DAY)
}

/// Year, month and day of a day, and back: by the rule of the Gregorian calendar.
pub fn civil(day: i64) -> (i64, i64, i64) {
    let mut year = 2026;
    let mut left = day - day_number(2026, 1, 1);
    while left >= days_of_year(year) {
        left -= days_of_year(year);
        year += 1;
    }
    let mut month = 1;
    while left >= days_of_month(year, month) {
        left -= days_of_month(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

pub fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let years: i64 = (1970..year).map(days_of_year).sum();
    let months: i64 = (1..month).map(|month| days_of_month(year, month)).sum();
    years + months + day - 1
}

const fn days_of_year(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day some months later, cut to the last of its month.
pub fn months_later(day: i64, months: i64) -> i64 {
    let (year, month, of_month) = civil(day);
    let count = year * 12 + month - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    day_number(year, month, of_month.min(days_of_month(year, month)))
}

/// How long something lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lasts {
    Days(i64),
    Months(i64),
}

impl Lasts {
    pub fn after(self, day: i64) -> i64 {
        match self {
            Self::Days(days) => day + days,
            Self::Months(months) => months_later(day, months),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Time,
    Visits(i64),
    /// In cents.
    Credit(i64),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Starts {
    AtSale,
    /// With the first use, this long after the day of the sale at the latest.
    FirstUse(Option<Lasts>),
}

#[derive(Debug, Clone)]
pub struct Plan {
    pub id: i64,
    pub kind: Kind,
    pub lasts: Option<Lasts>,
    pub starts: Starts,
    pub price: i64,
    pub taxed: bool,
    pub priority: i64,
}

/// What was bought or given at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Lot {
    pub number: usize,
    pub amount: i64,
    pub used: i64,
    /// What was written off.
    pub gone: i64,
    pub given: i64,
    pub expires: Option<i64>,
    pub bonus: bool,
}

impl Lot {
    pub const fn rest(&self) -> i64 {
        self.amount - self.used - self.gone
    }

    pub fn usable(&self, at: i64) -> i64 {
        if self.expires.is_none_or(|end| at < end) { self.rest() } else { 0 }
    }
}

/// Takes an amount, the soonest to expire first, then bonus, then the oldest. All of it or nothing. Says what it took.
pub fn take(lots: &mut [Lot], amount: i64, at: i64) -> Option<Vec<(usize, i64)>> {
    if lots.iter().map(|lot| lot.usable(at)).sum::<i64>() < amount {
        return None;
    }
    let mut taken = Vec::new();
    let mut order: Vec<usize> = (0..lots.len()).collect();
    order.sort_by_key(|index| {
        let lot = &lots[*index];
        (lot.expires.unwrap_or(i64::MAX), !lot.bonus, lot.given, lot.number)
    });
    let mut left = amount;
    for index in order {
        let part = lots[index].usable(at).min(left);
        lots[index].used += part;
        left -= part;
        if part > 0 {
            taken.push((lots[index].number, part));
        }
    }
    assert_eq!(left, 0);
    Some(taken)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    NotStarted,
    Active,
    Frozen,
    Exhausted,
    Expired,
    Cancelled,
}

#[derive(Debug, Clone)]
pub struct Pass {
    pub id: i64,
    pub client: usize,
    pub plan: usize,
    pub sold: i64,
    pub starts: Option<i64>,
    pub latest: Option<i64>,
    /// The end, once it has started.
    pub ends: Option<i64>,
    pub value: i64,
    pub lot: Option<Lot>,
    /// The days that are frozen.
    pub frozen: Vec<std::ops::Range<i64>>,
    /// What was earned when its course changed last, and the first day after that.
    pub fixed: Option<(i64, i64)>,
    /// The day of the last use.
    pub used: Option<i64>,
    pub breakage: i64,
    pub refunded: i64,
    /// When it was cancelled, and what was recognised by then.
    pub cancelled: Option<(i64, i64)>,
}

/// What can be reversed.
#[derive(Debug, Clone)]
pub struct Movement {
    pub group: i64,
    pub what: What,
    /// What was taken, by the number of the lot, in the order of use; of a top-up what it granted.
    pub takes: Vec<(usize, i64)>,
    pub tax: i64,
    pub reversed: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Charge(usize),
    TopUp(usize),
    /// The index of the pass.
    Use(usize),
}

impl Movement {
    pub fn amount(&self) -> i64 {
        self.takes.iter().map(|(_, amount)| amount).sum()
    }
}

/// A club of one venue.
#[derive(Debug, Clone, Default)]
pub struct Club {
    pub now: i64,
    pub plans: Vec<Plan>,
    /// Prices in cents.
    pub services: Vec<(i64, i64)>,
    pub clients: Vec<Client>,
    pub passes: Vec<Pass>,
    pub open: Option<i64>,
    pub last_closed: Option<i64>,
    pub lots: usize,
    pub movements: Vec<Movement>,
    /// What is owed to the state.
    pub tax: i64,
}

#[derive(Debug, Clone, Default)]
pub struct Client {
    pub id: i64,
    pub money: Vec<Lot>,
    pub inside: bool,
    pub visits: i64,
    pub spent: i64,
}

/// Sold, recognised, lapsed, refunded and owed, net of tax.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub sold: i64,
    pub recognised: i64,
    pub breakage: i64,
    pub refunded: i64,
    pub owed: i64,
}

impl Club {
    pub fn new_lot(&mut self, amount: i64, expires: Option<i64>, bonus: bool) -> Lot {
        self.lots += 1;
        Lot { number: self.lots, amount, used: 0, gone: 0, given: self.now, expires, bonus }
    }

    /// The end of a pass that starts at an instant.
    pub fn end_of(&self, plan: usize, start: i64) -> Option<i64> {
        self.plans[plan].lasts.map(|lasts| lasts.after(day_of(start)) * DAY)
    }

    /// First instant and end of a pass as they are now, whether or not anybody has written them down.
    pub fn span(&self, pass: &Pass) -> (Option<i64>, Option<i64>) {
        match (pass.starts, pass.latest.filter(|latest| *latest <= self.now)) {
            (None, Some(latest)) => (Some(latest), self.end_of(pass.plan, latest)),
            _ => (pass.starts, pass.ends),
        }
    }

    pub fn rest(&self, pass: &Pass) -> Option<i64> {
        let (_, ends) = self.span(pass);
        let over = ends.is_some_and(|end| end <= self.now);
        pass.lot.as_ref().map(|lot| if over { 0 } else { lot.rest() })
    }

    pub fn state(&self, pass: &Pass) -> State {
        let (starts, ends) = self.span(pass);
        if pass.cancelled.is_some() {
            State::Cancelled
        } else if ends.is_some_and(|end| end <= self.now) {
            State::Expired
        } else if self.rest(pass) == Some(0) {
            State::Exhausted
        } else if starts.is_none_or(|start| self.now < start) {
            State::NotStarted
        } else if pass.frozen.iter().any(|days| days.contains(&day_of(self.now))) {
            State::Frozen
        } else {
            State::Active
        }
    }

    /// The value that a pass has earned: by use, or in equal parts by the days begun that are not frozen.
    pub fn recognised(&self, pass: &Pass) -> i64 {
        if let Some((_, recognised)) = pass.cancelled {
            return recognised;
        }
        if let Some(lot) = &pass.lot {
            // What was used or written off has its part of the value; what was written off did not earn it.
            return share(pass.value, lot.used + lot.gone, lot.amount) - pass.breakage;
        }
        if self.span(pass).0.is_none_or(|start| self.now <= start) {
            return pass.fixed.map_or(0, |(done, _)| done);
        }
        // The last day that has begun: at its very beginning a day has not.
        self.earned_by(pass, day_of(self.now - 1))
    }

    /// What a time pass has earned when a day has begun.
    pub fn earned_by(&self, pass: &Pass, last: i64) -> i64 {
        let (done, from) = pass.fixed.unwrap_or((0, i64::MIN));
        let (Some(start), Some(end)) = self.span(pass) else { return done };
        let counts = |days: std::ops::Range<i64>| {
            i64::try_from(days.filter(|day| !pass.frozen.iter().any(|frozen| frozen.contains(day))).count())
                .unwrap()
        };
        let (from, end) = (from.max(day_of(start)), day_of(end));
        if last + 1 >= end {
            return pass.value;
        }
        let (begun, total) = (counts(from..last + 1), counts(from..end));
        if total == 0 { done } else { done + share(pass.value - done, begun, total) }
    }

    /// Fixes what a time pass has earned by the end of today, before its course changes.
    pub fn fix(&mut self, index: usize) {
        let today = day_of(self.now);
        let pass = &self.passes[index];
        if pass.lot.is_none() {
            let earned = self.earned_by(pass, today);
            self.passes[index].fixed = Some((earned, today + 1));
        }
    }

    /// The books of a plan at this instant.
    pub fn sums(&self, plan: usize) -> Sums {
        let mut sums = Sums::default();
        for pass in self.passes.iter().filter(|pass| pass.plan == plan) {
            let recognised = self.recognised(pass);
            sums.sold += pass.value;
            sums.recognised += recognised;
            sums.breakage += pass.breakage;
            sums.refunded += pass.refunded;
            sums.owed += pass.value - recognised - pass.breakage - pass.refunded;
        }
        sums
    }
}
