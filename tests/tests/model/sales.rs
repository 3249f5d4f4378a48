//! Passes sold, renewed, given away, changed for others and cancelled.

use crate::books::{Kind, Move, Pass, Starts, State, Takes, What};
use crate::calendar::{day_of, net, share};
use crate::desk::{Desk, Outcome, cents, euro, id, same};
use crate::steps::DAY;
use serde_json::{Value, json};

/// When a new pass is valid, and where it stands among others.
#[derive(Default)]
struct Span {
    starts: Option<i64>,
    latest: Option<i64>,
    ends: Option<i64>,
    anchor: Option<i64>,
    term: i64,
    previous: Option<usize>,
}

fn payment(amount: i64, from_account: bool) -> Value {
    let method = if from_account { "account" } else { "cash" };
    if amount == 0 { json!([]) } else { json!([{"method": method, "amount": euro(amount)}]) }
}

/// The amount with tax of a value that is still owed: its part of the price.
fn gross_of(owed: i64, pass: &Pass) -> i64 {
    if pass.value == 0 { 0 } else { share(pass.price, owed, pass.value) }
}

impl Desk<'_> {
    /// Whether something is paid: in cash always, from the account if it reaches.
    fn pays(&mut self, client: usize, amount: i64, from_account: bool) -> Option<Takes> {
        if from_account && amount > 0 { self.spend(client, amount) } else { Some(Vec::new()) }
    }

    /// A pass that was sold from a plan.
    fn issue(&mut self, id: i64, client: usize, plan: usize, price: i64, span: Span) -> usize {
        let rules = self.club.plans[plan].clone();
        let value = net(price, rules.taxed);
        let lot = match rules.kind {
            Kind::Time => None,
            Kind::Visits(amount) | Kind::Credit(amount) => Some(self.club.new_lot(amount, None, false)),
        };
        let lots = lot.into_iter().map(|lot| crate::books::Lot { value, ..lot }).collect();
        let pass = Pass {
            id,
            client,
            plan,
            sold: self.club.now,
            starts: span.starts,
            latest: span.latest,
            ends: span.ends,
            anchor: span.anchor,
            term: span.term,
            previous: span.previous,
            next: None,
            price,
            value,
            taken_over: false,
            taken_back: false,
            lots,
            asked: Vec::new(),
            frozen: Vec::new(),
            fixed: None,
            visited: None,
            breakage: 0,
            refunded: 0,
            handed_over: 0,
            auto_renew: false,
            cancel_at_end: false,
            closed: None,
        };
        self.club.tax += price - value;
        self.club.clients[client].spent += price;
        self.club.passes.push(pass);
        self.touched.push(self.club.passes.len() - 1);
        self.club.passes.len() - 1
    }

    pub fn sell(
        &mut self,
        client: usize,
        plan: usize,
        discount: i64,
        from_account: bool,
        covers: bool,
    ) -> Outcome {
        let (client, index) = (self.client(client), plan % self.club.plans.len());
        let plan = self.club.plans[index].clone();
        let price = plan.price - share(plan.price, discount, 100);
        let mut args = json!({"client": self.club.clients[client].id, "plan": plan.id,
            "payments": payment(price, from_account)});
        if discount > 0 {
            args["discount"] = json!({"by": {"percent": discount.to_string()}, "reason": "a friend"});
        }
        if covers {
            args["covers"] = json!("booked");
        }
        let paid = self.pays(client, price, from_account);
        self.touched_clients.push(client);
        let expected = paid.as_ref().map(|_| ()).ok_or("insufficient");
        let reply = self.expect("pass.sell", &args, expected)?;
        let (Some(reply), Some(takes)) = (reply, paid) else { return Ok(()) };
        let now = self.club.now;
        let starts = (plan.starts == Starts::AtSale).then_some(now);
        let span = Span {
            starts,
            latest: match plan.starts {
                Starts::FirstUse(Some(latest)) => Some(latest.after(day_of(now)) * DAY),
                _ => None,
            },
            ends: starts.and_then(|start| self.club.end_of(index, start)),
            anchor: starts.map(day_of),
            ..Span::default()
        };
        let pass = self.issue(id(&reply, "pass"), client, index, price, span);
        self.sold(pass, takes, from_account, 0, &reply);
        let charged = if covers { self.cover_booked(pass) } else { Vec::new() };
        let shown: Vec<i64> =
            reply["charged"].as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
        same("bookings charged", &shown, &charged)
    }

    /// When the renewal of a pass begins and ends. Its ends are counted from the first day of its row.
    fn next_span(&self, index: usize, plan: usize) -> Span {
        let (club, pass) = (&self.club, &self.club.passes[index]);
        let lasts = club.plans[plan].lasts.unwrap();
        let (end, today) = (club.span(pass, club.now).1.unwrap(), day_of(club.now));
        let grace = club.plans[pass.plan].grace;
        let (starts, anchor, term) = if club.now > end && club.now >= end + grace * DAY {
            (club.now, today, 0)
        } else {
            let row = pass.anchor.filter(|first| lasts.times(pass.term + 1, *first) * DAY == end);
            row.map_or((end, day_of(end), 0), |first| (end, first, pass.term + 1))
        };
        let ends = lasts.times(term + 1, anchor) * DAY;
        let (starts, ends, anchor) = (Some(starts), Some(ends), Some(anchor));
        Span { starts, latest: None, ends, anchor, term, previous: Some(index) }
    }

    /// With its own plan, or with another.
    pub fn renew(&mut self, pass: usize, plan: Option<usize>, from_account: bool) -> Outcome {
        let Some(index) = self.pass(pass) else { return Ok(()) };
        let pass = self.club.passes[index].clone();
        let plan = plan.map_or(pass.plan, |plan| plan % self.club.plans.len());
        let rules = self.club.plans[plan].clone();
        let args = json!({"pass": pass.id, "plan": rules.id, "payments": payment(rules.price, from_account)});
        let paid = self.goes_on(&pass, plan, from_account);
        self.touched_clients.push(pass.client);
        let reply = self.expect("pass.renew", &args, paid.as_ref().map(|_| ()).map_err(|reason| *reason))?;
        let (Some(reply), Ok(takes)) = (reply, paid) else { return Ok(()) };
        let new = self.go_on(index, plan, id(&reply, "pass"));
        self.sold(new, takes, from_account, 0, &reply);
        Ok(())
    }

    /// Whether a pass that is not closed can be renewed, into a plan; then it is paid.
    fn goes_on(&mut self, pass: &Pass, plan: usize, from_account: bool) -> Result<Takes, &'static str> {
        let (starts, ends) = self.club.span(pass, self.club.now);
        let (lasts, price) = (self.club.plans[plan].lasts, self.club.plans[plan].price);
        if pass.closed.is_some() {
            Err("pass_closed")
        } else if pass.cancel_at_end {
            Err("not_allowed")
        } else if pass.next.is_some() {
            Err("already_done")
        } else if starts.is_none() || ends.is_none() || lasts.is_none() {
            Err("not_allowed")
        } else {
            self.pays(pass.client, price, from_account).ok_or("insufficient")
        }
    }

    /// Sells the renewal of a pass.
    fn go_on(&mut self, index: usize, plan: usize, id: i64) -> usize {
        let span = self.next_span(index, plan);
        let pass = self.club.passes[index].clone();
        if pass.starts.is_none() {
            // That it has begun by itself is a change of its course, once it is written down.
            self.club.start(index, self.club.now);
            self.club.fix(index);
        }
        let new = self.issue(id, pass.client, plan, self.club.plans[plan].price, span);
        self.club.passes[new].auto_renew = pass.auto_renew && plan == pass.plan;
        self.club.passes[index].next = Some(new);
        self.touched.push(index);
        new
    }

    /// Remembers a sale, which can be taken back. Of its price so much was paid with another pass.
    fn sold(&mut self, pass: usize, takes: Takes, from_account: bool, credit: i64, reply: &Value) {
        let (price, value) = (self.club.passes[pass].price, self.club.passes[pass].value);
        let what = What::Sale { pass, from_account, credited: credit > 0 };
        let sale = Move { tax: price - value, ..Move::new(what, price, takes) };
        self.moved(id(reply, "group"), vec![sale]);
    }

    /// It goes on until its end, and is renewed into the other plan.
    pub fn replace_at_end(&mut self, pass: usize, plan: usize, from_account: bool) -> Outcome {
        let Some(index) = self.pass(pass) else { return Ok(()) };
        let plan = plan % self.club.plans.len();
        let (pass, rules) = (self.club.passes[index].clone(), self.club.plans[plan].clone());
        let args = json!({"pass": pass.id, "plan": rules.id, "when": "at_end",
            "payments": payment(rules.price, from_account)});
        let paid = if pass.closed.is_some() {
            Err("pass_closed")
        } else if self.club.is_over(&pass, self.club.now) {
            Err("pass_ended")
        } else if plan == pass.plan {
            Err("contradiction")
        } else {
            self.goes_on(&pass, plan, from_account)
        };
        self.touched_clients.push(pass.client);
        let reply =
            self.expect("pass.replace", &args, paid.as_ref().map(|_| ()).map_err(|reason| *reason))?;
        let (Some(reply), Ok(takes)) = (reply, paid) else { return Ok(()) };
        for (name, amount) in [("credit", 0), ("due", rules.price), ("refunded", 0)] {
            same(name, &cents(&reply[name]), &amount)?;
        }
        let new = self.go_on(index, plan, id(&reply["new"], "pass"));
        self.sold(new, takes, from_account, 0, &reply["new"]);
        Ok(())
    }

    /// Whether the pass that renews or follows this one stands.
    fn is_renewed(&self, pass: &Pass) -> bool {
        pass.next.is_some_and(|next| self.club.passes[next].closed.is_none())
    }

    /// What a pass has earned when it ends as something else: a day is earned whole.
    fn settle(&mut self, index: usize) -> i64 {
        self.club.start_if_begun(index);
        self.club.fix(index);
        let pass = &self.club.passes[index];
        match pass.fixed.filter(|_| self.club.is_time(pass)) {
            Some((earned, _)) => earned,
            None => self.club.recognised(pass),
        }
    }

    pub fn transfer(&mut self, pass: usize, to: usize, beyond: bool, from_account: bool) -> Outcome {
        let Some(index) = self.pass(pass) else { return Ok(()) };
        let to = self.client(to);
        let pass = self.club.passes[index].clone();
        let rules = self.club.plans[pass.plan].clone();
        let fee = if beyond { 0 } else { rules.transfer.unwrap_or(0) };
        let args = json!({"pass": pass.id, "client": self.club.clients[to].id, "beyond_rules": beyond,
            "payments": payment(fee, from_account)});
        let mut takes = Vec::new();
        let expected = if pass.closed.is_some() {
            Err("pass_closed")
        } else if pass.client == to {
            Err("contradiction")
        } else if self.club.is_over(&pass, self.club.now) {
            Err("pass_ended")
        } else if self.is_renewed(&pass) || rules.transfer.is_none() && !beyond {
            Err("not_allowed")
        } else if self.club.held().any(&pass.lots) {
            Err("contradiction")
        } else if let Some(paid) = self.pays(pass.client, fee, from_account) {
            takes = paid;
            Ok(())
        } else {
            Err("insufficient")
        };
        self.touched_clients.push(pass.client);
        let Some(reply) = self.expect("pass.transfer", &args, expected)? else { return Ok(()) };
        same("fee", &cents(&reply["fee"]), &fee)?;
        if fee > 0 {
            let tax = fee - net(fee, rules.taxed);
            let what = What::Fee(pass.client, from_account);
            self.moved(id(&reply, "fee_group"), vec![Move { tax, ..Move::new(what, fee, takes) }]);
            self.club.tax += tax;
            self.club.clients[pass.client].spent += fee;
        }
        let earned = self.settle(index);
        self.hand_over(index, to, earned, id(&reply, "new"));
        same("value", &cents(&reply["value"]), &self.club.passes[index].handed_over)
    }

    /// The other client gets what is left, with its dates and freezes and what it is still worth.
    fn hand_over(&mut self, index: usize, to: usize, earned: i64, id: i64) {
        let club = &mut self.club;
        let (now, new) = (club.now, club.passes.len());
        let old = club.passes[index].clone();
        let value = old.value - earned - club.breakage(&old) - old.refunded;
        let mut lots = Vec::new();
        for lot in old.lots.iter().filter(|lot| lot.rest() > 0) {
            club.lots += 1;
            let (number, amount, value) = (club.lots, lot.rest(), lot.owed());
            lots.push(crate::books::Lot {
                number,
                amount,
                value,
                used: 0,
                gone: 0,
                lapsed: 0,
                ..lot.clone()
            });
        }
        let is_counted = club.is_time(&old) && old.starts.is_some();
        let pass = Pass {
            id,
            client: to,
            sold: now,
            price: gross_of(value, &old),
            value,
            taken_over: true,
            previous: Some(index),
            next: None,
            lots,
            // Its days are counted from tomorrow on: those before were earned by the other.
            fixed: is_counted.then_some((0, day_of(now) + 1)),
            visited: None,
            breakage: 0,
            refunded: 0,
            handed_over: 0,
            ..old
        };
        club.passes.push(pass);
        club.close(index, State::Transferred, earned);
        club.passes[index].handed_over = value;
        club.passes[index].next = Some(new);
        self.touched.extend([index, new]);
    }

    pub fn replace(&mut self, pass: usize, plan: usize, from_account: bool) -> Outcome {
        let Some(index) = self.pass(pass) else { return Ok(()) };
        let plan = plan % self.club.plans.len();
        let (pass, rules) = (self.club.passes[index].clone(), self.club.plans[plan].clone());
        // What it is worth is asked first: a refusal changes nothing.
        let earned = self.settle(index);
        self.club.passes[index] = pass.clone();
        let owed = pass.value - earned - self.club.breakage(&pass) - pass.refunded;
        let credit = gross_of(owed, &pass);
        let (due, over) = ((rules.price - credit).max(0), (credit - rules.price).max(0));
        let over_net = if credit == 0 { 0 } else { share(owed, over, credit) };
        let method = if from_account { "account" } else { "cash" };
        let args = json!({"pass": pass.id, "plan": rules.id, "refund": method,
            "payments": payment(due, from_account)});
        let paid = if pass.closed.is_some() {
            Err("pass_closed")
        } else if self.club.is_over(&pass, self.club.now) {
            Err("pass_ended")
        } else if plan == pass.plan {
            Err("contradiction")
        } else if self.is_renewed(&pass) {
            Err("not_allowed")
        } else if self.club.held().any(&pass.lots) {
            Err("contradiction")
        } else {
            self.pays(pass.client, due, from_account).ok_or("insufficient")
        };
        self.touched_clients.push(pass.client);
        let reply =
            self.expect("pass.replace", &args, paid.as_ref().map(|_| ()).map_err(|reason| *reason))?;
        let (Some(reply), Ok(takes)) = (reply, paid) else { return Ok(()) };
        same("credit", &cents(&reply["credit"]), &credit)?;
        same("refunded", &cents(&reply["refunded"]), &over)?;
        self.settle(index);
        self.club.close(index, State::Replaced, earned);
        let new = self.club.passes.len();
        let old = &mut self.club.passes[index];
        (old.handed_over, old.refunded, old.next) = (owed - over_net, old.refunded + over_net, Some(new));
        self.club.tax -= credit - owed;
        self.club.clients[pass.client].spent -= credit;
        if over > 0 && from_account {
            self.fund(pass.client, over, None, false);
        }
        let now = self.club.now;
        let (starts, ends) = (Some(now), self.club.end_of(plan, now));
        let (anchor, previous) = (Some(day_of(now)), Some(index));
        let span = Span { starts, ends, anchor, previous, ..Span::default() };
        let new = self.issue(id(&reply["new"], "pass"), pass.client, plan, rules.price, span);
        self.sold(new, takes, from_account, rules.price - due, &reply["new"]);
        self.touched.push(index);
        Ok(())
    }

    /// Gives back a part of what is owed, in percent.
    pub fn cancel(&mut self, pass: usize, refund: i64, to_account: bool) -> Outcome {
        let Some(index) = self.pass(pass) else { return Ok(()) };
        let pass = self.club.passes[index].clone();
        let taxed = self.club.plans[pass.plan].taxed;
        let recognised = self.club.recognised(&pass);
        let owed = self.club.owed(&pass);
        // The gross of what is owed, and the part of it that is asked for.
        let gross = share(if taxed { owed * 120 / 100 } else { owed }, refund, 100);
        let back = net(gross, taxed);
        let mut args = json!({"pass": pass.id, "reason": "moved away"});
        if gross > 0 {
            let method = if to_account { "account" } else { "cash" };
            args["refund"] = json!({"method": method, "amount": euro(gross)});
        }
        let expected = match pass.closed {
            Some((State::Cancelled, _)) => Err("already_done"),
            Some(_) => Err("pass_closed"),
            None if back > owed => Err("nothing_to_refund"),
            None if self.club.held().any(&pass.lots) => Err("contradiction"),
            None => Ok(()),
        };
        self.touched_clients.push(pass.client);
        if self.expect("pass.cancel", &args, expected)?.is_none() {
            return Ok(());
        }
        self.club.close(index, State::Cancelled, recognised);
        let old = &mut self.club.passes[index];
        old.refunded += back;
        old.breakage += owed - back;
        self.club.tax -= gross - back;
        self.club.clients[pass.client].spent -= gross;
        if gross > 0 && to_account {
            self.fund(pass.client, gross, None, false);
        }
        self.touched.push(index);
        self.free_previous(index);
        Ok(())
    }

    /// The pass that this one renewed can be renewed again.
    pub fn free_previous(&mut self, index: usize) {
        if let Some(previous) = self.club.passes[index].previous {
            let previous = &mut self.club.passes[previous];
            if previous.next == Some(index) && previous.closed.is_none() {
                previous.next = None;
            }
        }
    }
}
