//! Carries steps out twice, by the engine and by the model. Each verb is beside its kin: `money`, `sales`, `course`, `uses`,
//! `bookings`, `holds`, `reversal`, `days`. What must be the same after it is in `compare`.

use crate::books::{Club, Group, Move, Takes};
use crate::calendar::{civil, day_number, day_of};
use crate::random::Random;
use crate::steps::{DAY, MINUTE, Step};
use carnet::Engine;
use serde_json::{Value, json};

/// A venue of an engine, and the model of it.
pub struct Desk<'a> {
    engine: &'a Engine,
    pub venue: i64,
    pub club: Club,
    /// The passes and clients that the step may have changed.
    pub touched: Vec<usize>,
    pub touched_clients: Vec<usize>,
    /// When the venue opened, and how many entries came late since.
    pub opened: i64,
    pub late: i64,
}

pub type Outcome = Result<(), String>;

pub fn instant(at: i64) -> String {
    let of_day = at.rem_euclid(DAY);
    let (seconds, micros) = (of_day / 1_000_000, of_day % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z", date(day_of(at)))
}

pub fn amount(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

pub fn euro(cents: i64) -> Value {
    json!({"amount": amount(cents), "currency": "EUR"})
}

pub fn date(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

pub fn cents(money: &Value) -> i64 {
    money["amount"].as_str().unwrap_or_default().replace('.', "").parse().unwrap_or(i64::MIN)
}

pub fn id(reply: &Value, name: &str) -> i64 {
    reply[name].as_i64().unwrap()
}

pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, engine: &T, model: &T) -> Outcome {
    if engine == model {
        Ok(())
    } else {
        Err(format!("{what}: the engine says {engine:?}, the model {model:?}"))
    }
}

/// One of so many that there are, the last ones more often.
fn one_of(index: usize, count: usize) -> Option<usize> {
    let recent = count.min(6);
    match (count, index % 3) {
        (0, _) => None,
        (_, 0) => Some(index / 3 % count),
        _ => Some(count - 1 - index / 3 % recent),
    }
}

impl<'a> Desk<'a> {
    /// A new venue with its price list and clients, drawn at random.
    pub fn new(engine: &'a Engine, random: &mut Random) -> Self {
        // One in three opens at the end of a month, where months are not alike.
        let first = if random.once_in(3) { random.between(29, 31) } else { 5 };
        let now = day_number(2026, 1, first) * DAY + 9 * 60 * MINUTE + random.below(DAY / 2);
        let club = Club { now, ..Club::default() };
        let (touched, touched_clients) = (Vec::new(), Vec::new());
        let mut desk = Self { engine, venue: 0, club, touched, touched_clients, opened: now, late: 0 };
        let args = json!({"name": "Club", "time_zone": "UTC", "currency": "EUR", "anti_passback": "off",
            "reentry_grace_minutes": 0});
        desk.venue = id(&desk.ok("venue.add", &args), "venue");
        desk.furnish(random);
        desk
    }

    fn send(&self, op: &str, args: &Value) -> Result<Value, String> {
        let mut request = json!({"op": op, "args": args, "at": instant(self.club.now)});
        if self.venue != 0 {
            request["venue"] = json!(self.venue);
        }
        if self.club.is_late {
            request["late"] = json!({"device": format!("door {}", self.venue), "seq": self.late});
        }
        let answer = self.engine.execute_json(request.to_string().as_bytes());
        let mut answer: Value = serde_json::from_str(&answer).unwrap();
        match answer.get_mut("reply") {
            Some(reply) => Ok(reply.take()),
            None => Err(answer["error"]["reason"].as_str().unwrap_or("no reason").to_owned()),
        }
    }

    pub fn ok(&self, op: &str, args: &Value) -> Value {
        self.send(op, args).unwrap_or_else(|reason| panic!("{op} {args}: {reason}"))
    }

    /// Sends what the model expects to succeed, or to be refused for a reason.
    pub fn expect(
        &self,
        op: &str,
        args: &Value,
        expected: Result<(), &str>,
    ) -> Result<Option<Value>, String> {
        let got = self.send(op, args);
        match (got, expected) {
            (Ok(reply), Ok(())) => Ok(Some(reply)),
            (Err(reason), Err(expected)) if reason == expected => Ok(None),
            (got, expected) => Err(format!("{op} {args}: the engine {got:?}, the model {expected:?}")),
        }
    }

    /// One step by both.
    pub fn step(&mut self, step: &Step) -> Outcome {
        self.touched.clear();
        self.touched_clients.clear();
        match *step {
            Step::Wait(0) => self.club.now = (day_of(self.club.now) + 1) * DAY,
            Step::Wait(minutes) => self.club.now += minutes * MINUTE,
            Step::OpenDay => self.open_day()?,
            Step::Tick => self.tick()?,
            Step::CloseDay => self.close_day()?,
            Step::TopUp { client, cents, bonus, days } => self.top_up(client, cents, bonus, days)?,
            Step::Charge { client, cents, tax } => self.charge(client, cents, tax)?,
            Step::Limit { client, cents } => self.limit(client, cents)?,
            Step::Correct { client, cents, days } => self.correct(client, cents, days)?,
            Step::Sell { client, plan, discount, from_account, covers } => {
                self.sell(client, plan, discount, from_account, covers)?;
            }
            Step::Renew { pass, plan, from_account } => self.renew(pass, plan, from_account)?,
            Step::Transfer { pass, client, beyond, from_account } => {
                self.transfer(pass, client, beyond, from_account)?;
            }
            Step::Replace { pass, plan, at_end: false, from_account } => {
                self.replace(pass, plan, from_account)?;
            }
            Step::Replace { pass, plan, at_end: true, from_account } => {
                self.replace_at_end(pass, plan, from_account)?;
            }
            Step::Cancel { pass, refund, to_account } => self.cancel(pass, refund, to_account)?,
            Step::CancelAtEnd { pass, back: false } => self.cancel_at_end(pass)?,
            Step::CancelAtEnd { pass, back: true } => self.take_back_cancel(pass)?,
            Step::Change { pass, last, renews } => self.change_pass(pass, last, renews)?,
            Step::FreezeAll { plan, after, days } => self.freeze_all(plan, after, days)?,
            Step::Freeze { pass, after, days } => self.freeze(pass, after, days)?,
            Step::Unfreeze { pass } => self.unfreeze(pass)?,
            Step::Extend { pass, days } => self.extend(pass, days)?,
            Step::Enter { client, service, named } => self.enter(client, service, named)?,
            Step::EnterLate { client, service, named, minutes } => {
                self.enter_late(client, service, named, minutes)?;
            }
            Step::Exit { client } => self.exit(client)?,
            Step::Use { client, service, named, quantity } => {
                self.use_pass(client, service, named, quantity)?;
            }
            Step::CorrectPass { pass, percent } => self.correct_pass(pass, percent)?,
            Step::Book { client, service, minutes, named, must } => {
                self.book(client, service, minutes, named, must)?;
            }
            Step::CallOff { booking } => self.call_off(booking)?,
            Step::Attend { booking, named, must } => self.attend(booking, named, must)?,
            Step::Hold { client, money, pass, percent, minutes, more } => {
                self.hold(client, money, pass, percent, minutes, more)?;
            }
            Step::Capture { hold, parts, keep_open, tax } => self.capture(hold, parts, keep_open, tax)?,
            Step::Release { hold } => self.release(hold)?,
            Step::Reverse { group, part } => self.reverse(group, part)?,
        }
        Ok(())
    }

    pub fn client(&self, index: usize) -> usize {
        index % self.club.clients.len()
    }

    pub fn service(&self, index: usize) -> usize {
        index % self.club.services.len()
    }

    /// The pass that a step means, if there is one.
    pub fn pass(&self, index: usize) -> Option<usize> {
        one_of(index, self.club.passes.len())
    }

    /// One of the passes of a client.
    pub fn own_pass(&self, client: usize, index: usize) -> Option<usize> {
        let own: Vec<usize> =
            (0..self.club.passes.len()).filter(|pass| self.club.passes[*pass].client == client).collect();
        one_of(index, own.len()).map(|index| own[index])
    }

    pub fn hold_of(&self, index: usize) -> Option<usize> {
        one_of(index, self.club.holds.len())
    }

    pub fn booking_of(&self, index: usize) -> Option<usize> {
        one_of(index, self.club.bookings.len())
    }

    pub fn group_of(&self, index: usize) -> Option<usize> {
        one_of(index, self.club.groups.len())
    }

    /// Remembers what can be reversed.
    pub fn moved(&mut self, id: i64, moves: Vec<Move>) -> usize {
        self.club.groups.push(Group { id, moves, used: None });
        self.club.groups.len() - 1
    }

    /// Pays from a client's account, as far as it may beyond what is on it. Nothing changes if that is too little.
    pub fn spend(&mut self, client: usize, amount: i64) -> Option<Takes> {
        let (now, held) = (self.club.now, self.club.held());
        let client = &mut self.club.clients[client];
        let beyond = (amount - held.available(&client.money, now)).max(0);
        if beyond > (client.limit - client.debt).max(0) {
            return None;
        }
        client.debt += beyond;
        crate::books::take(&mut client.money, amount - beyond, now, &held)
    }

    /// Puts money on a client's account, which first pays what is owed on it. Says the number of its lot.
    pub fn fund(&mut self, client: usize, amount: i64, expires: Option<i64>, bonus: bool) -> usize {
        let mut lot = self.club.new_lot(amount, expires, bonus);
        let client = &mut self.club.clients[client];
        client.has_account = true;
        lot.used = client.debt.min(amount);
        client.debt -= lot.used;
        client.money.push(lot);
        self.club.lots
    }

    /// What the whole store must be in the end.
    pub fn check(&self) -> Outcome {
        let check = self.ok("store.check", &json!({}));
        if check["ok"] == true && check["balanced"] == true { Ok(()) } else { Err(format!("check: {check}")) }
    }
}
