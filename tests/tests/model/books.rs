//! The model: what the design says, in lists and sums. It shares no code with the engine.

use crate::calendar::{Lasts, day_of, share};
use crate::rules::Rules;
use crate::steps::DAY;
use std::ops::Range;

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
    /// What it costs to give its passes to another client, if that is allowed.
    pub transfer: Option<i64>,
    /// How many days after its end a renewal still begins at that end.
    pub grace: i64,
    /// A visit ends a freeze.
    pub thaws: bool,
    /// A booking is charged when it is attended.
    pub at_attendance: bool,
    pub rules: Rules,
}

/// What was bought or given at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Lot {
    pub number: usize,
    pub amount: i64,
    pub used: i64,
    /// What was written off or taken away.
    pub gone: i64,
    pub given: i64,
    /// The end of money; visits and credit end with their pass.
    pub expires: Option<i64>,
    pub bonus: bool,
    /// What it is worth net of tax, and how much of that lapsed.
    pub value: i64,
    pub lapsed: i64,
}

impl Lot {
    pub const fn rest(&self) -> i64 {
        self.amount - self.used - self.gone
    }

    /// What can be used of it, were nothing held.
    pub fn usable(&self, at: i64) -> i64 {
        if self.given <= at && self.expires.is_none_or(|end| at < end) { self.rest() } else { 0 }
    }

    /// What is gone, used or not, has its part of the value.
    fn worth_gone(&self) -> i64 {
        share(self.value, self.used + self.gone, self.amount)
    }

    pub fn owed(&self) -> i64 {
        self.value - self.worth_gone()
    }

    pub fn recognised(&self) -> i64 {
        self.worth_gone() - self.lapsed
    }

    /// A part of it goes without being used, with its value.
    pub fn lapse(&mut self, amount: i64) {
        let owed = self.owed();
        self.gone += amount;
        self.lapsed += owed - self.owed();
    }

    /// What was used comes back: it was not earned, and what of its value has lapsed is bounded by what is gone.
    pub fn unuse(&mut self, amount: i64) {
        self.used -= amount;
        self.lapsed = self.lapsed.min(self.worth_gone());
    }

    /// What was taken away comes back: its value lapses no longer.
    pub fn unlapse(&mut self, amount: i64) {
        let recognised = self.recognised();
        self.gone -= amount;
        self.lapsed = self.worth_gone() - recognised.min(self.worth_gone());
    }
}

/// How much is held of lots, by their numbers.
pub struct Held(pub Vec<(usize, i64)>);

impl Held {
    pub fn of(&self, lot: &Lot) -> i64 {
        self.0.iter().filter(|(number, _)| *number == lot.number).map(|(_, amount)| amount).sum()
    }

    pub fn any(&self, lots: &[Lot]) -> bool {
        lots.iter().any(|lot| self.of(lot) > 0)
    }

    fn free(&self, lot: &Lot, at: i64) -> i64 {
        if lot.usable(at) > 0 { lot.usable(at) - self.of(lot) } else { 0 }
    }

    pub fn available(&self, lots: &[Lot], at: i64) -> i64 {
        lots.iter().map(|lot| self.free(lot, at)).sum()
    }
}

/// What was taken: lot by lot, in the order of use.
pub type Takes = Vec<(usize, i64)>;

/// The soonest to expire first, then bonus, then the oldest.
pub fn in_order_of_use(lots: &mut [Lot]) -> Vec<&mut Lot> {
    let mut order: Vec<&mut Lot> = lots.iter_mut().collect();
    order.sort_by_key(|lot| (lot.expires.unwrap_or(i64::MAX), !lot.bonus, lot.given, lot.number));
    order
}

/// What a use of an amount takes of lots, which stay as they are. All of it or nothing.
pub fn wanted(lots: &[Lot], amount: i64, at: i64, held: &Held) -> Option<Takes> {
    let mut lots = lots.to_vec();
    let mut left = amount;
    let mut taken = Vec::new();
    for lot in in_order_of_use(&mut lots) {
        let part = held.free(lot, at).min(left);
        left -= part;
        if part > 0 {
            taken.push((lot.number, part));
        }
    }
    (left == 0).then_some(taken)
}

/// Uses an amount, if it is there. Says what it took.
pub fn take(lots: &mut [Lot], amount: i64, at: i64, held: &Held) -> Option<Takes> {
    let takes = wanted(lots, amount, at, held)?;
    for (number, part) in &takes {
        lot_mut(lots, *number).used += part;
    }
    Some(takes)
}

pub fn lot_mut(lots: &mut [Lot], number: usize) -> &mut Lot {
    lots.iter_mut().find(|lot| lot.number == number).unwrap()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    NotStarted,
    Active,
    Frozen,
    Exhausted,
    Expired,
    Cancelled,
    Transferred,
    Replaced,
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
    /// The first day of its row of renewals, and which of the row it is.
    pub anchor: Option<i64>,
    pub term: i64,
    pub previous: Option<usize>,
    pub next: Option<usize>,
    /// Tax included.
    pub price: i64,
    /// Net of tax.
    pub value: i64,
    /// The value came from another pass, and is no sale.
    pub taken_over: bool,
    /// Its sale was taken back: there was none.
    pub taken_back: bool,
    /// None for time.
    pub lots: Vec<Lot>,
    /// The days on which somebody wanted it frozen.
    pub asked: Vec<Range<i64>>,
    /// Those of them on which it is, which have moved its end.
    pub frozen: Vec<Range<i64>>,
    /// What was earned when its course changed last, and the first day after that.
    pub fixed: Option<(i64, i64)>,
    /// When the last visit was.
    pub visited: Option<i64>,
    pub breakage: i64,
    pub refunded: i64,
    pub handed_over: i64,
    pub auto_renew: bool,
    pub cancel_at_end: bool,
    /// What it became, and what was recognised by then.
    pub closed: Option<(State, i64)>,
}

impl Pass {
    /// The days asked for that it is frozen on if it begins at an instant.
    pub fn frozen_from(&self, starts: i64) -> Vec<Range<i64>> {
        let mut days: Vec<_> = self.asked.iter().filter(|days| days.end * DAY > starts).cloned().collect();
        days.sort_by_key(|days| days.start);
        for days in &mut days {
            days.start = days.start.max(day_of(starts));
        }
        days
    }
}

/// A use at a till, of a booking or of a hold, and at a door where rules count them: when it counts, how many it was, how many of
/// them went back, and whether it stands.
#[derive(Debug, Clone)]
pub struct Use {
    pub pass: usize,
    pub at: i64,
    pub quantity: i64,
    pub back: i64,
    pub stands: bool,
}

/// What was moved by one operation, and can be moved back.
#[derive(Debug, Clone)]
pub struct Group {
    pub id: i64,
    pub moves: Vec<Move>,
    /// The use that it counts.
    pub used: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Move {
    pub what: What,
    pub amount: i64,
    /// What was taken, by the number of the lot, in the order of use; of what was given the lot that it granted.
    pub takes: Takes,
    pub tax: i64,
    pub reversed: i64,
    /// The bonus of a top-up: its lot, how much, how much was reversed.
    pub bonus: Option<(usize, i64, i64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Taken from an account: a charge, or a correction.
    Money(usize),
    /// Given to an account.
    Given(usize),
    /// Paid and given to an account.
    TopUp(usize),
    /// A fee, whose holder paid in cash or from the account.
    Fee(usize, bool),
    /// Taken from a pass.
    Use(usize),
    /// Taken away from a pass.
    Lapse(usize),
    /// Given to a pass.
    Granted(usize),
    /// Sold: who pays, from the account or not, and whether another pass paid a part of it.
    Sale { pass: usize, from_account: bool, credited: bool },
}

impl Move {
    pub fn new(what: What, amount: i64, takes: Takes) -> Self {
        Self { what, amount, takes, tax: 0, reversed: 0, bonus: None }
    }
}

/// Where something is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purse {
    Money(usize),
    Pass(usize),
}

#[derive(Debug, Clone)]
pub struct HeldPart {
    pub purse: Purse,
    pub lot: usize,
    pub placed: i64,
    pub held: i64,
}

#[derive(Debug, Clone)]
pub struct Hold {
    pub id: i64,
    pub client: usize,
    pub expires: i64,
    pub ended: bool,
    /// How much more may be captured: percent of each account.
    pub more_percent: i64,
    /// Or this much money.
    pub more_cents: i64,
    pub parts: Vec<HeldPart>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Booked {
    Waits,
    Attended,
    Cancelled,
}

#[derive(Debug, Clone)]
pub struct Booking {
    pub id: i64,
    pub client: usize,
    pub service: usize,
    pub starts: i64,
    pub state: Booked,
    pub pass: Option<usize>,
    /// The use that paid for it, and its movements.
    pub paid: Option<(usize, usize)>,
}

#[derive(Debug, Clone, Default)]
pub struct Client {
    pub id: i64,
    pub money: Vec<Lot>,
    /// What is owed on the account, and how far it may be.
    pub debt: i64,
    pub limit: i64,
    /// Whether the account was ever opened.
    pub has_account: bool,
    pub inside: bool,
    pub visits: i64,
    pub spent: i64,
}

/// A club of one venue.
#[derive(Debug, Clone, Default)]
pub struct Club {
    pub now: i64,
    /// When the last late entry was entered.
    pub entered: i64,
    /// Whether what happens now is entered late.
    pub is_late: bool,
    /// Late entries that nothing paid for.
    pub conflicts: usize,
    pub plans: Vec<Plan>,
    /// Prices in cents.
    pub services: Vec<(i64, i64)>,
    pub clients: Vec<Client>,
    pub passes: Vec<Pass>,
    pub open: Option<i64>,
    pub last_closed: Option<i64>,
    /// When that was done.
    pub closed_at: Option<i64>,
    pub lots: usize,
    pub groups: Vec<Group>,
    pub uses: Vec<Use>,
    pub holds: Vec<Hold>,
    pub bookings: Vec<Booking>,
    /// What is owed to the state.
    pub tax: i64,
}

/// The books of passes, net of tax.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub sold: i64,
    pub taken_over: i64,
    pub recognised: i64,
    pub breakage: i64,
    pub refunded: i64,
    pub handed_over: i64,
    pub owed: i64,
}

impl Club {
    pub fn new_lot(&mut self, amount: i64, expires: Option<i64>, bonus: bool) -> Lot {
        self.lots += 1;
        let given = self.now;
        Lot { number: self.lots, amount, used: 0, gone: 0, given, expires, bonus, value: 0, lapsed: 0 }
    }

    /// What is held now: a hold whose time is over holds nothing.
    pub fn held(&self) -> Held {
        let now = self.now.max(self.entered);
        let open = self.holds.iter().filter(|hold| !hold.ended && hold.expires > now);
        Held(open.flat_map(|hold| &hold.parts).map(|part| (part.lot, part.held)).collect())
    }

    pub fn lots_of(&mut self, purse: Purse) -> &mut Vec<Lot> {
        match purse {
            Purse::Money(client) => &mut self.clients[client].money,
            Purse::Pass(pass) => &mut self.passes[pass].lots,
        }
    }

    /// The end of a pass that starts at an instant.
    pub fn end_of(&self, plan: usize, start: i64) -> Option<i64> {
        self.plans[plan].lasts.map(|lasts| lasts.after(day_of(start)) * DAY)
    }

    pub fn is_time(&self, pass: &Pass) -> bool {
        self.plans[pass.plan].kind == Kind::Time
    }

    /// First instant and end of a pass as they are at an instant, whether or not anybody has written them down.
    pub fn span(&self, pass: &Pass, at: i64) -> (Option<i64>, Option<i64>) {
        match (pass.starts, pass.latest.filter(|latest| *latest <= at)) {
            (None, Some(latest)) => (Some(latest), self.end_of(pass.plan, latest)),
            _ => (pass.starts, pass.ends),
        }
    }

    pub fn is_over(&self, pass: &Pass, at: i64) -> bool {
        self.span(pass, at).1.is_some_and(|end| end <= at)
    }

    /// What can be used of a pass at an instant.
    pub fn rest(&self, pass: &Pass, at: i64) -> i64 {
        if self.is_over(pass, at) { 0 } else { self.held().available(&pass.lots, at) }
    }

    /// What a pass is, but for what is left on it.
    pub fn course(&self, pass: &Pass, at: i64) -> State {
        let starts = self.span(pass, at).0;
        if let Some((state, _)) = pass.closed {
            state
        } else if self.is_over(pass, at) {
            State::Expired
        } else if starts.is_none_or(|start| at < start) {
            State::NotStarted
        } else if pass.frozen.iter().any(|days| days.contains(&day_of(at))) {
            State::Frozen
        } else {
            State::Active
        }
    }

    pub fn state(&self, pass: &Pass, at: i64) -> State {
        match self.course(pass, at) {
            State::NotStarted | State::Active | State::Frozen
                if !self.is_time(pass) && self.rest(pass, at) == 0 =>
            {
                State::Exhausted
            }
            state => state,
        }
    }

    /// The last use that was made or booked.
    pub fn last_use(&self, index: usize, until: i64) -> Option<i64> {
        let made = self.uses.iter().filter(|used| used.pass == index && used.stands && used.at <= until);
        made.map(|used| used.at).chain(self.passes[index].visited).max()
    }

    /// The first day of a pass that can be frozen: not one on which it was used.
    pub fn first_to_freeze(&self, index: usize) -> i64 {
        let today = day_of(self.now);
        let used = self.last_use(index, self.now).map(day_of) == Some(today);
        let free = if used { today + 1 } else { today };
        self.span(&self.passes[index], self.now).0.map_or(free, |starts| free.max(day_of(starts)))
    }

    /// The value that a pass has earned: by use, or in equal parts by the days begun that are not frozen.
    pub fn recognised(&self, pass: &Pass) -> i64 {
        if let Some((_, recognised)) = pass.closed {
            return recognised;
        }
        if !self.is_time(pass) {
            return pass.lots.iter().map(Lot::recognised).sum();
        }
        if self.span(pass, self.now).0.is_none_or(|start| self.now <= start) {
            return pass.fixed.map_or(0, |(done, _)| done);
        }
        // The last day that has begun: at its very beginning a day has not.
        let last = day_of(self.now - 1);
        match pass.fixed {
            // What is fixed for a day holds until that day is over, also where no day is left after it.
            Some((done, from)) if last < from && !self.is_over(pass, self.now) => done,
            _ => self.earned_by(pass, last, self.now),
        }
    }

    /// The same at an instant before, with its course as it is now.
    pub fn recognised_at(&mut self, index: usize, at: i64) -> i64 {
        let now = std::mem::replace(&mut self.now, at);
        let recognised = self.recognised(&self.passes[index]);
        self.now = now;
        recognised
    }

    pub fn breakage(&self, pass: &Pass) -> i64 {
        let lapsed: i64 = pass.lots.iter().map(|lot| lot.lapsed).sum();
        if pass.closed.is_some() { pass.breakage } else { pass.breakage + lapsed }
    }

    pub fn owed(&self, pass: &Pass) -> i64 {
        if pass.taken_back {
            return 0;
        }
        let given = self.recognised(pass) + self.breakage(pass) + pass.refunded + pass.handed_over;
        pass.value - given
    }

    /// What a time pass has earned when a day has begun, seen from an instant: at its end all, also of days that are frozen.
    fn earned_by(&self, pass: &Pass, last: i64, at: i64) -> i64 {
        let (done, from) = pass.fixed.unwrap_or((0, i64::MIN));
        let (Some(start), Some(end)) = self.span(pass, self.now) else { return done };
        let counts = |days: Range<i64>| {
            i64::try_from(days.filter(|day| !pass.frozen.iter().any(|frozen| frozen.contains(day))).count())
                .unwrap()
        };
        let (from, end) = (from.max(day_of(start)), day_of(end));
        if end * DAY <= at {
            return pass.value;
        }
        let (begun, total) = (counts(from..last + 1), counts(from..end));
        if total == 0 { done } else { done + share(pass.value - done, begun, total) }
    }

    /// Fixes what a time pass has earned by the end of today, before its course changes.
    pub fn fix(&mut self, index: usize) {
        // What was posted at a close stays, though a change comes late.
        let today = day_of(self.now.max(self.closed_at.unwrap_or(self.now)));
        let pass = &self.passes[index];
        if self.is_time(pass) {
            let earned = self.earned_by(pass, today, (today + 1) * DAY);
            self.passes[index].fixed = Some((earned, today + 1));
        }
    }

    /// Writes down that a pass has started: at an instant, or when it had to at the latest.
    pub fn start(&mut self, index: usize, at: i64) {
        let pass = &self.passes[index];
        if pass.starts.is_none() {
            let start = pass.latest.filter(|latest| *latest <= at).unwrap_or(at);
            let ends = self.end_of(pass.plan, start);
            (self.passes[index].starts, self.passes[index].ends) = (Some(start), ends);
        }
    }

    /// Writes down that a pass has begun by itself, if it has.
    pub fn start_if_begun(&mut self, index: usize) {
        if self.passes[index].latest.is_some_and(|latest| latest <= self.now) {
            self.start(index, self.now);
        }
    }

    /// A pass ends as something else. What it has earned by then stays, what is owed goes where the caller says.
    pub fn close(&mut self, index: usize, state: State, recognised: i64) {
        let pass = &mut self.passes[index];
        pass.breakage += pass.lots.iter().map(|lot| lot.lapsed).sum::<i64>();
        pass.closed = Some((state, recognised));
        for lot in &mut pass.lots {
            lot.gone = lot.amount - lot.used;
        }
    }

    /// The books of a plan at this instant.
    pub fn sums(&self, plan: usize) -> Sums {
        let mut sums = Sums::default();
        for pass in self.passes.iter().filter(|pass| pass.plan == plan && !pass.taken_back) {
            *(if pass.taken_over { &mut sums.taken_over } else { &mut sums.sold }) += pass.value;
            sums.recognised += self.recognised(pass);
            sums.breakage += self.breakage(pass);
            sums.refunded += pass.refunded;
            sums.handed_over += pass.handed_over;
            sums.owed += self.owed(pass);
        }
        sums
    }
}
