//! Carries steps out twice, by the engine and by the model, and compares.

use crate::books::{
    Client, Club, Kind, Lasts, Lot, Movement, Pass, Plan, Starts, State, Sums, What, day_number, day_of, net,
    take,
};
use crate::random::Random;
use crate::steps::{DAY, MINUTE, Step};
use carnet::Engine;
use serde_json::{Value, json};

/// A venue of an engine, and the model of it.
pub struct Desk<'a> {
    engine: &'a Engine,
    venue: i64,
    pub club: Club,
    steps: usize,
}

type Outcome = Result<(), String>;

pub fn instant(at: i64) -> String {
    let (year, month, day) = crate::books::civil(day_of(at));
    let of_day = at.rem_euclid(DAY);
    let (seconds, micros) = (of_day / 1_000_000, of_day % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
}

pub fn euro(cents: i64) -> Value {
    let sign = if cents < 0 { "-" } else { "" };
    json!({"amount": format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100), "currency": "EUR"})
}

fn date(day: i64) -> String {
    let (year, month, day) = crate::books::civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Gives back what was taken last, first.
fn give_back(lots: &mut [Lot], movement: &Movement, amount: i64) {
    let (mut skip, mut left) = (movement.reversed, amount);
    for (number, taken) in movement.takes.iter().rev() {
        let skipped = skip.min(*taken);
        skip -= skipped;
        let part = (taken - skipped).min(left);
        left -= part;
        lots.iter_mut().filter(|lot| lot.number == *number).for_each(|lot| lot.used -= part);
    }
}

fn cents(money: &Value) -> i64 {
    money["amount"].as_str().unwrap_or_default().replace('.', "").parse().unwrap_or(i64::MIN)
}

fn id(reply: &Value, name: &str) -> i64 {
    reply[name].as_i64().unwrap()
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, engine: &T, model: &T) -> Outcome {
    if engine == model {
        Ok(())
    } else {
        Err(format!("{what}: the engine says {engine:?}, the model {model:?}"))
    }
}

fn period(lasts: Lasts) -> Value {
    match lasts {
        Lasts::Days(count) => json!({"count": count, "unit": "day"}),
        Lasts::Months(count) => json!({"count": count, "unit": "month"}),
    }
}

impl<'a> Desk<'a> {
    /// A new venue with its price list and clients, drawn at random.
    pub fn new(engine: &'a Engine, random: &mut Random) -> Self {
        let now = day_number(2026, 1, 5) * DAY + 9 * 60 * MINUTE + random.below(DAY / 2);
        let mut desk = Self { engine, venue: 0, club: Club { now, ..Club::default() }, steps: 0 };
        let args = json!({"name": "Club", "time_zone": "UTC", "currency": "EUR", "anti_passback": "off",
            "reentry_grace_minutes": 0});
        desk.venue = id(&desk.ok("venue.add", &args), "venue");
        for price in [1250, random.between(1, 5000), 0] {
            let service = desk.ok("service.add", &json!({"name": "Service", "price": euro(price)}));
            desk.club.services.push((id(&service, "service"), price));
        }
        for plan in plans(random) {
            let id = id(&desk.ok("plan.add", &plan_request(&plan)), "plan");
            desk.club.plans.push(Plan { id, ..plan });
        }
        for _ in 0..4 {
            let id = id(&desk.ok("client.add", &json!({})), "client");
            desk.club.clients.push(Client { id, ..Client::default() });
        }
        desk
    }

    fn send(&self, op: &str, args: &Value) -> Result<Value, String> {
        let mut request = json!({"op": op, "args": args, "at": instant(self.club.now)});
        if self.venue != 0 {
            request["venue"] = json!(self.venue);
        }
        let answer = self.engine.execute_json(request.to_string().as_bytes());
        let answer: Value = serde_json::from_str(&answer).unwrap();
        match answer.get("reply") {
            Some(reply) => Ok(reply.clone()),
            None => Err(answer["error"]["reason"].as_str().unwrap_or("no reason").to_owned()),
        }
    }

    fn ok(&self, op: &str, args: &Value) -> Value {
        self.send(op, args).unwrap_or_else(|reason| panic!("{op} {args}: {reason}"))
    }

    /// Sends what the model expects to succeed, or to be refused for a reason.
    fn expect(&self, op: &str, args: &Value, expected: Result<(), &str>) -> Result<Option<Value>, String> {
        let got = self.send(op, args);
        match (got, expected) {
            (Ok(reply), Ok(())) => Ok(Some(reply)),
            (Err(reason), Err(expected)) if reason == expected => Ok(None),
            (got, expected) => Err(format!("{op} {args}: the engine {got:?}, the model {expected:?}")),
        }
    }

    /// One step by both, and what must be the same after it.
    pub fn step(&mut self, step: &Step) -> Outcome {
        match step {
            Step::Wait(0) => self.club.now = (day_of(self.club.now) + 1) * DAY,
            Step::Wait(minutes) => self.club.now += minutes * MINUTE,
            Step::TopUp { client, cents, bonus, days } => self.top_up(*client, *cents, *bonus, *days)?,
            Step::Charge { client, cents, tax } => self.charge(*client, *cents, *tax)?,
            Step::Sell { client, plan, discount, from_account } => {
                self.sell(*client, *plan, *discount, *from_account)?;
            }
            Step::Enter { client, service, named } => self.enter(*client, *service, *named)?,
            Step::Exit { client } => self.exit(*client)?,
            Step::Cancel { pass, refund } => self.cancel(*pass, *refund)?,
            Step::OpenDay => self.open_day()?,
            Step::CloseDay => self.close_day()?,
            Step::Freeze { pass, after, days } => self.freeze(*pass, *after, *days)?,
            Step::Unfreeze { pass } => self.unfreeze(*pass)?,
            Step::Extend { pass, days } => self.extend(*pass, *days)?,
            Step::Reverse { movement, part } => self.reverse(*movement, *part)?,
        }
        self.compare_books()?;
        self.steps += 1;
        // Time and closes change everybody; any other step one client, who is seen at the latest three steps later.
        if matches!(step, Step::Wait(_) | Step::CloseDay) {
            (0..self.club.clients.len()).try_for_each(|client| self.compare_client(client))
        } else {
            self.compare_client(self.steps % self.club.clients.len())
        }
    }

    fn client(&self, index: usize) -> usize {
        index % self.club.clients.len()
    }

    fn top_up(&mut self, client: usize, cents: i64, bonus: i64, days: Option<i64>) -> Outcome {
        let client = self.client(client);
        let expires = days.map(|days| self.club.now + days * DAY);
        let mut args =
            json!({"client": self.club.clients[client].id, "amount": euro(cents), "method": "cash"});
        if bonus > 0 {
            args["bonus"] = euro(bonus);
        }
        if let Some(expires) = expires {
            args["expires"] = json!(instant(expires));
        }
        let reply = self.expect("account.top_up", &args, Ok(()))?;
        let paid = self.club.new_lot(cents, expires, false);
        if bonus == 0 {
            let takes = vec![(paid.number, cents)];
            self.moved(reply.as_ref(), What::TopUp(client), takes, 0);
        }
        self.club.clients[client].money.push(paid);
        if bonus > 0 {
            let given = self.club.new_lot(bonus, expires, true);
            self.club.clients[client].money.push(given);
        }
        self.club.clients[client].spent += cents;
        Ok(())
    }

    fn charge(&mut self, client: usize, cents: i64, tax: bool) -> Outcome {
        let client = self.client(client);
        let mut args = json!({"client": self.club.clients[client].id, "amount": euro(cents)});
        if tax {
            args["tax"] = json!("20");
        }
        let now = self.club.now;
        let paid = take(&mut self.club.clients[client].money, cents, now);
        let expected = if paid.is_some() { Ok(()) } else { Err("insufficient") };
        let reply = self.expect("account.charge", &args, expected)?;
        if let Some(takes) = paid {
            let tax = cents - net(cents, tax);
            self.club.tax += tax;
            self.moved(reply.as_ref(), What::Charge(client), takes, tax);
        }
        Ok(())
    }

    /// Remembers what can be reversed.
    fn moved(&mut self, reply: Option<&Value>, what: What, takes: Vec<(usize, i64)>, tax: i64) {
        let group = reply.and_then(|reply| reply["group"].as_i64()).unwrap();
        self.club.movements.push(Movement { group, what, takes, tax, reversed: 0 });
    }

    fn sell(&mut self, client: usize, plan: usize, discount: i64, from_account: bool) -> Outcome {
        let (client, index) = (self.client(client), plan % self.club.plans.len());
        let plan = self.club.plans[index].clone();
        let price = plan.price - crate::books::share(plan.price, discount, 100);
        let method = if from_account { "account" } else { "cash" };
        let mut args = json!({"client": self.club.clients[client].id, "plan": plan.id});
        if discount > 0 {
            args["discount"] = json!({"by": {"percent": discount.to_string()}, "reason": "a friend"});
        }
        if price > 0 {
            args["payments"] = json!([{"method": method, "amount": euro(price)}]);
        }
        let now = self.club.now;
        let paid =
            price == 0 || !from_account || take(&mut self.club.clients[client].money, price, now).is_some();
        let reply = self.expect("pass.sell", &args, if paid { Ok(()) } else { Err("insufficient") })?;
        let Some(reply) = reply else { return Ok(()) };
        let value = net(price, plan.taxed);
        let starts = (plan.starts == Starts::AtSale).then_some(now);
        let latest = match plan.starts {
            Starts::FirstUse(Some(latest)) => Some(latest.after(day_of(now)) * DAY),
            _ => None,
        };
        let amount = match plan.kind {
            Kind::Time => None,
            Kind::Visits(count) => Some(count),
            Kind::Credit(cents) => Some(cents),
        };
        let lot = amount.map(|amount| self.club.new_lot(amount, None, false));
        let pass = Pass {
            id: id(&reply, "pass"),
            client,
            plan: index,
            sold: now,
            starts,
            latest,
            ends: starts.and_then(|start| self.club.end_of(index, start)),
            value,
            lot,
            frozen: Vec::new(),
            fixed: None,
            used: None,
            breakage: 0,
            refunded: 0,
            cancelled: None,
        };
        self.club.tax += price - value;
        self.club.clients[client].spent += price;
        self.club.passes.push(pass);
        Ok(())
    }

    /// The pass that pays, by the design: the named one, or by priority, then those that cost nothing at use, then by end,
    /// sale and id.
    fn payer(&self, client: usize, price: Option<i64>, named: Option<i64>) -> Option<usize> {
        let club = &self.club;
        let mut order: Vec<usize> = (0..club.passes.len())
            .filter(|index| club.passes[*index].client == client)
            .filter(|index| named.is_none_or(|id| club.passes[*index].id == id))
            .collect();
        order.sort_by_key(|index| {
            let pass = &club.passes[*index];
            let plan = &club.plans[pass.plan];
            let end = club.span(pass).1.unwrap_or(i64::MAX);
            (plan.priority, plan.kind != Kind::Time, end, pass.sold, pass.id)
        });
        order.into_iter().find(|index| {
            let pass = &club.passes[*index];
            let waits = pass.starts.is_none() && club.span(pass).0.is_none();
            let usable = club.state(pass) == State::Active || waits && club.state(pass) == State::NotStarted;
            let enough = match club.plans[pass.plan].kind {
                Kind::Time => true,
                Kind::Visits(_) => club.rest(pass) >= Some(1),
                Kind::Credit(_) => price.is_some_and(|price| club.rest(pass) >= Some(price)),
            };
            usable && enough
        })
    }

    fn enter(&mut self, client: usize, service: Option<usize>, named: Option<usize>) -> Outcome {
        let client = self.client(client);
        let service = service.map(|index| self.club.services[index % self.club.services.len()]);
        let own: Vec<i64> =
            self.club.passes.iter().filter(|pass| pass.client == client).map(|pass| pass.id).collect();
        let named = named.filter(|_| !own.is_empty()).map(|index| own[index % own.len()]);
        let mut args = json!({"client": self.club.clients[client].id});
        if let Some((service, _)) = service {
            args["service"] = json!(service);
        }
        if let Some(pass) = named {
            args["pass"] = json!(pass);
        }
        let price = service.map(|(_, price)| price);
        let payer = self.payer(client, price, named);
        let reply = self.ok("access.enter", &args);
        let decision = &reply["decision"];
        let said = decision["payer"]["pass"].as_i64();
        same("who pays", &said, &payer.map(|index| self.club.passes[index].id))?;
        same("admitted", &(decision["outcome"] == "admitted"), &payer.is_some())?;
        let Some(index) = payer else { return Ok(()) };
        self.start(index);
        let now = self.club.now;
        let pass = &mut self.club.passes[index];
        pass.used = pass.used.max(Some(day_of(now)));
        let amount = match self.club.plans[pass.plan].kind {
            Kind::Time => 0,
            Kind::Visits(_) => 1,
            Kind::Credit(_) => price.unwrap_or(0),
        };
        let mut takes = Vec::new();
        if let Some(lot) = &mut pass.lot {
            lot.used += amount;
            takes.push((lot.number, amount));
        }
        let client = &mut self.club.clients[client];
        client.inside = true;
        client.visits += 1;
        if amount > 0 {
            self.moved(Some(&reply), What::Use(index), takes, 0);
        }
        Ok(())
    }

    /// Writes down that a pass has started: now, or when it had to at the latest.
    fn start(&mut self, index: usize) {
        let club = &mut self.club;
        let pass = &club.passes[index];
        if pass.starts.is_none() {
            let start = pass.latest.filter(|latest| *latest <= club.now).unwrap_or(club.now);
            let ends = club.end_of(pass.plan, start);
            (club.passes[index].starts, club.passes[index].ends) = (Some(start), ends);
        }
    }

    /// The pass that a step means, if there is one.
    fn pass(&self, index: usize) -> Option<usize> {
        (!self.club.passes.is_empty()).then(|| index % self.club.passes.len())
    }

    /// Why the course of a pass cannot be changed, if so; a pass that has begun by itself is written down as begun.
    fn changes(&self, index: usize, waits: bool) -> Result<(), &'static str> {
        let pass = &self.club.passes[index];
        let (starts, ends) = self.club.span(pass);
        if pass.cancelled.is_some() {
            Err("pass_closed")
        } else if starts.is_none() && !waits {
            Err("not_allowed")
        } else if ends.is_some_and(|end| end <= self.club.now) {
            Err("pass_ended")
        } else {
            Ok(())
        }
    }

    fn freeze(&mut self, index: usize, after: i64, days: i64) -> Outcome {
        let Some(index) = self.pass(index) else { return Ok(()) };
        let today = day_of(self.club.now);
        let pass = self.club.passes[index].clone();
        let (starts, ends) = self.club.span(&pass);
        let asked = today + after..today + after + days;
        let args = json!({"pass": pass.id, "from": date(asked.start), "until": date(asked.end), "beyond_rules": true});
        let expected = self.changes(index, false).and_then(|()| {
            let free = if pass.used == Some(today) { today + 1 } else { today };
            if asked.start < free.max(day_of(starts.unwrap())) {
                Err("in_the_past")
            } else if ends.is_some_and(|end| day_of(end) <= asked.start) {
                Err("out_of_range")
            } else if pass.frozen.iter().any(|days| days.start < asked.end && asked.start < days.end) {
                Err("already_exists")
            } else {
                Ok(())
            }
        });
        if self.expect("pass.freeze", &args, expected)?.is_some() {
            self.start(index);
            self.club.fix(index);
            let pass = &mut self.club.passes[index];
            pass.frozen.push(asked);
            pass.ends = pass.ends.map(|end| end + days * DAY);
        }
        Ok(())
    }

    fn unfreeze(&mut self, index: usize) -> Outcome {
        let Some(index) = self.pass(index) else { return Ok(()) };
        let today = day_of(self.club.now);
        let pass = &self.club.passes[index];
        let running = pass.frozen.iter().position(|days| days.contains(&today));
        let args = json!({"pass": pass.id});
        let expected = self.changes(index, true).and(running.map(|_| ()).ok_or("not_frozen"));
        if self.expect("pass.unfreeze", &args, expected)?.is_some() {
            self.club.fix(index);
            let now = self.club.now;
            let pass = &mut self.club.passes[index];
            let days = &mut pass.frozen[running.unwrap()];
            let back = days.end - today;
            days.end = today;
            pass.frozen.retain(|days| !days.is_empty());
            pass.ends = pass.ends.map(|end| end - back * DAY);
            pass.ends = pass.ends.map(|end| if end <= now { (today + 1) * DAY } else { end });
        }
        Ok(())
    }

    fn extend(&mut self, index: usize, days: i64) -> Outcome {
        let Some(index) = self.pass(index) else { return Ok(()) };
        let pass = &self.club.passes[index];
        let (starts, ends) = self.club.span(pass);
        let args = json!({"pass": pass.id, "days": days, "reason": "illness"});
        let expected = match ends {
            _ if pass.cancelled.is_some() => Err("pass_closed"),
            _ if starts.is_none() => Err("not_allowed"),
            None => Err("not_allowed"),
            Some(end) if end + days * DAY <= self.club.now => Err("in_the_past"),
            Some(_) => Ok(()),
        };
        if self.expect("pass.extend", &args, expected)?.is_some() {
            self.start(index);
            self.club.fix(index);
            let pass = &mut self.club.passes[index];
            pass.ends = pass.ends.map(|end| end + days * DAY);
        }
        Ok(())
    }

    fn reverse(&mut self, movement: usize, part: Option<i64>) -> Outcome {
        if self.club.movements.is_empty() {
            return Ok(());
        }
        let index = movement % self.club.movements.len();
        let movement = self.club.movements[index].clone();
        let left = movement.amount() - movement.reversed;
        // Only of what has no tax: which cent of a part is tax is for the cases worked out by hand.
        let part = part.filter(|_| movement.tax == 0).map(|part| (movement.amount() * part / 100).max(1));
        let amount = part.unwrap_or(left);
        let mut args = json!({"group": movement.group, "reason": "a mistake"});
        if let Some(part) = part {
            let counted = match movement.what {
                What::Use(pass) => {
                    matches!(self.club.plans[self.club.passes[pass].plan].kind, Kind::Visits(_))
                }
                _ => false,
            };
            args["amount"] = if counted { json!(part.to_string()) } else { euro(part)["amount"].clone() };
        }
        let expected = match movement.what {
            _ if left == 0 => Err("already_done"),
            What::Use(pass) if self.club.passes[pass].cancelled.is_some() => Err("pass_closed"),
            _ if amount > left => Err("nothing_to_reverse"),
            What::TopUp(client) => {
                let lot = self.club.clients[client]
                    .money
                    .iter()
                    .find(|lot| lot.number == movement.takes[0].0)
                    .unwrap();
                if lot.used > movement.reversed || lot.gone > 0 { Err("already_used") } else { Ok(()) }
            }
            _ => Ok(()),
        };
        if self.expect("transfer.reverse", &args, expected)?.is_none() {
            return Ok(());
        }
        self.club.movements[index].reversed += amount;
        match movement.what {
            What::TopUp(client) => {
                let client = &mut self.club.clients[client];
                let lot = client.money.iter_mut().find(|lot| lot.number == movement.takes[0].0).unwrap();
                lot.used += amount;
                client.spent -= amount;
            }
            What::Charge(client) => {
                self.club.tax -= movement.tax;
                give_back(&mut self.club.clients[client].money, &movement, amount);
            }
            What::Use(pass) => {
                if let Some(lot) = &mut self.club.passes[pass].lot {
                    lot.used -= amount;
                }
            }
        }
        Ok(())
    }

    fn exit(&mut self, client: usize) -> Outcome {
        let client = self.client(client);
        let args = json!({"client": self.club.clients[client].id});
        let inside = self.club.clients[client].inside;
        self.expect("access.exit", &args, if inside { Ok(()) } else { Err("not_inside") })?;
        self.club.clients[client].inside = false;
        Ok(())
    }

    fn cancel(&mut self, index: usize, refund: i64) -> Outcome {
        if self.club.passes.is_empty() {
            return Ok(());
        }
        let index = index % self.club.passes.len();
        let pass = self.club.passes[index].clone();
        let taxed = self.club.plans[pass.plan].taxed;
        let recognised = self.club.recognised(&pass);
        let owed = pass.value - recognised - pass.breakage;
        // The gross of what is owed, and the part of it that is asked for.
        let gross = crate::books::share(if taxed { owed * 120 / 100 } else { owed }, refund, 100);
        let back = net(gross, taxed);
        let mut args = json!({"pass": pass.id, "reason": "moved away"});
        if gross > 0 {
            args["refund"] = json!({"method": "cash", "amount": euro(gross)});
        }
        let expected = if pass.cancelled.is_some() {
            Err("already_done")
        } else if back > owed {
            Err("nothing_to_refund")
        } else {
            Ok(())
        };
        let reply = self.expect("pass.cancel", &args, expected)?;
        if reply.is_some() {
            let now = self.club.now;
            let pass = &mut self.club.passes[index];
            pass.cancelled = Some((now, recognised));
            pass.refunded = back;
            pass.breakage += owed - back;
            if let Some(lot) = &mut pass.lot {
                lot.gone = lot.amount - lot.used;
            }
            self.club.tax -= gross - back;
            self.club.clients[pass.client].spent -= gross;
        }
        Ok(())
    }

    fn open_day(&mut self) -> Outcome {
        let today = day_of(self.club.now);
        let expected = if self.club.open.is_some() {
            Err("day_open")
        } else if self.club.last_closed.is_some_and(|closed| today <= closed) {
            Err("day_closed")
        } else {
            Ok(())
        };
        if self.expect("day.open", &json!({}), expected)?.is_some() {
            self.club.open = Some(today);
        }
        Ok(())
    }

    /// Writes off what has expired.
    fn close_day(&mut self) -> Outcome {
        let expected = if self.club.open.is_some() { Ok(()) } else { Err("day_not_open") };
        if self.expect("day.close", &json!({}), expected)?.is_none() {
            return Ok(());
        }
        self.club.last_closed = self.club.open.take();
        let now = self.club.now;
        for index in 0..self.club.passes.len() {
            let state = self.club.state(&self.club.passes[index]);
            let recognised = self.club.recognised(&self.club.passes[index]);
            let pass = &mut self.club.passes[index];
            if let Some(lot) = pass.lot.as_mut().filter(|lot| state == State::Expired && lot.rest() > 0) {
                lot.gone = lot.amount - lot.used;
                pass.breakage = pass.value - recognised;
            }
        }
        for lot in self.club.clients.iter_mut().flat_map(|client| &mut client.money) {
            if lot.expires.is_some_and(|end| end <= now) {
                lot.gone = lot.amount - lot.used;
            }
        }
        Ok(())
    }

    fn compare_client(&self, index: usize) -> Outcome {
        let (club, client) = (&self.club, &self.club.clients[index]);
        let seen = self.ok("client.overview", &json!({"client": client.id}));
        let money: i64 = client.money.iter().map(|lot| lot.usable(club.now)).sum();
        same("balance", &seen["balances"].get(0).map_or(0, |balance| cents(&balance["balance"])), &money)?;
        same("spent", &seen["spent"].get(0).map_or(0, cents), &client.spent)?;
        same("visits", &seen["visit_count"].as_i64(), &Some(client.visits))?;
        same("inside", &!seen["inside"].is_null(), &client.inside)?;
        let held: Vec<&Pass> = club.passes.iter().filter(|pass| pass.client == index).collect();
        let shown = seen["passes"].as_array().unwrap();
        same("passes", &shown.len(), &held.len().min(50))?;
        for (pass, view) in held.iter().rev().zip(shown) {
            self.compare_pass(pass, view)?;
        }
        Ok(())
    }

    fn compare_pass(&self, pass: &Pass, view: &Value) -> Outcome {
        let club = &self.club;
        let what = |name: &str| format!("{name} of pass {}", pass.id);
        same(&what("id"), &view["pass"]["pass"].as_i64(), &Some(pass.id))?;
        let state = match club.state(pass) {
            State::NotStarted => "not_started",
            State::Active => "active",
            State::Frozen => "frozen",
            State::Exhausted => "exhausted",
            State::Expired => "expired",
            State::Cancelled => "cancelled",
        };
        same(&what("state"), &view["state"].as_str(), &Some(state))?;
        let rest = view["rest"].as_str().map(|rest| rest.replace('.', "").parse::<i64>().unwrap());
        same(&what("rest"), &rest, &club.rest(pass))?;
        same(&what("value recognised"), &cents(&view["recognised"]), &club.recognised(pass))?;
        let owed = pass.value - club.recognised(pass) - pass.breakage - pass.refunded;
        same(&what("value owed"), &cents(&view["owed"]), &owed)
    }

    fn compare_books(&self) -> Outcome {
        let seen = self.ok("report.owed", &json!({}));
        let mut all = 0;
        for (index, plan) in self.club.plans.iter().enumerate() {
            let sums = self.club.sums(index);
            let row = seen["plans"].as_array().unwrap().iter().find(|row| row["plan"] == plan.id);
            let column = |name: &str| row.map_or(0, |row| cents(&row[name]));
            let shown = Sums {
                sold: column("sold"),
                recognised: column("recognised"),
                breakage: column("breakage"),
                refunded: column("refunded"),
                owed: column("owed"),
            };
            same(&format!("books of plan {}", plan.id), &shown, &sums)?;
            same("the sum", &sums.sold, &(sums.recognised + sums.breakage + sums.refunded + sums.owed))?;
            all += sums.owed;
        }
        same("owed in all", &cents(&seen["passes"]), &all)?;
        same("tax", &cents(&seen["tax_payable"]), &self.club.tax)?;
        let clients = self.club.clients.iter().flat_map(|client| &client.money);
        let money: i64 = clients.map(|lot| lot.usable(self.club.now)).sum();
        same("on accounts", &cents(&seen["accounts"]), &money)
    }

    /// What the whole store must be in the end.
    pub fn check(&self) -> Outcome {
        let check = self.ok("store.check", &json!({}));
        if check["ok"] == true && check["balanced"] == true { Ok(()) } else { Err(format!("check: {check}")) }
    }
}

fn plans(random: &mut Random) -> Vec<Plan> {
    let month = Some(Lasts::Months(1));
    let waits = Starts::FirstUse(Some(Lasts::Days(random.between(1, 40))));
    [
        (Kind::Time, month, Starts::AtSale),
        (Kind::Time, Some(Lasts::Days(random.between(1, 30))), waits),
        (Kind::Visits(10), Some(Lasts::Months(2)), Starts::AtSale),
        (Kind::Visits(random.between(1, 7)), None, Starts::AtSale),
        (Kind::Visits(random.between(2, 5)), Some(Lasts::Days(7)), waits),
        (Kind::Credit(random.between(1000, 9000)), month, Starts::AtSale),
        (Kind::Credit(5000), Some(Lasts::Days(14)), Starts::FirstUse(None)),
    ]
    .into_iter()
    .map(|(kind, lasts, starts)| Plan {
        id: 0,
        kind,
        lasts,
        starts,
        price: if random.once_in(8) { 0 } else { random.between(1, 30_000) },
        taxed: random.once_in(2),
        priority: random.below(2),
    })
    .collect()
}

fn plan_request(plan: &Plan) -> Value {
    let validity = plan.lasts.map_or(Value::Null, |lasts| json!({"period": period(lasts)}));
    let kind = match plan.kind {
        Kind::Time => json!({"time": {"validity": validity}}),
        Kind::Visits(visits) => json!({"visits": {"visits": visits, "validity": validity}}),
        Kind::Credit(cents) => json!({"credit": {"credit": euro(cents), "validity": validity}}),
    };
    let start = match plan.starts {
        Starts::AtSale => json!("at_sale"),
        Starts::FirstUse(latest) => json!({"on_first_use": {"latest": latest.map(period)}}),
    };
    let tax = if plan.taxed { "20" } else { "0" };
    json!({"name": "Plan", "kind": kind, "start": start, "price": euro(plan.price), "tax": tax,
        "priority": plan.priority})
}
