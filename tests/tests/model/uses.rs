//! Passes used at a door and at a till, and corrected by hand.

use crate::books::{Kind, Move, Pass, State, Takes, Use, What, take, wanted};
use crate::desk::{Desk, Outcome, amount, id, same};
use serde_json::{Value, json};

/// What is asked of the passes of a client.
#[derive(Clone, Copy)]
pub struct Asked {
    pub client: usize,
    /// The price of the service in cents, if one was named.
    pub price: Option<i64>,
    pub quantity: i64,
    /// The only pass that comes into question.
    pub named: Option<usize>,
    /// When the service is rendered.
    pub at: i64,
    /// The client is there: that ends a freeze, if the plan says so.
    pub is_there: bool,
}

impl Desk<'_> {
    /// How much a use takes of a pass. Credit cannot pay what has no price.
    fn cost(&self, pass: &Pass, asked: &Asked) -> Option<i64> {
        match self.club.plans[pass.plan].kind {
            Kind::Time => Some(0),
            Kind::Visits(_) => Some(asked.quantity),
            Kind::Credit(_) => asked.price.map(|price| price * asked.quantity),
        }
    }

    pub fn pays_for(&self, index: usize, asked: &Asked) -> bool {
        let (club, pass) = (&self.club, &self.club.passes[index]);
        let state = club.state(pass, asked.at);
        let waits = state == State::NotStarted && pass.starts.is_none();
        let thaws = state == State::Frozen && club.plans[pass.plan].thaws && asked.is_there;
        let cost = self.cost(pass, asked);
        let enough = club.is_time(pass) || cost.is_some_and(|cost| club.rest(pass, asked.at) >= cost);
        // What comes late cannot be paid with what was sold after it.
        let is_sold = !club.is_late || pass.sold <= asked.at;
        is_sold
            && (state == State::Active || waits || thaws)
            && enough
            && club.allows(index, asked.at, asked.quantity)
    }

    /// The pass that pays, by the design: the named one, or by priority, then those that cost nothing at use, then by end,
    /// sale and id.
    pub fn payer(&self, asked: &Asked) -> Option<usize> {
        let club = &self.club;
        let mut order: Vec<usize> = (0..club.passes.len())
            .filter(|index| club.passes[*index].client == asked.client)
            .filter(|index| asked.named.is_none_or(|named| named == *index))
            .collect();
        order.sort_by_key(|index| {
            let pass = &club.passes[*index];
            let plan = &club.plans[pass.plan];
            let end = club.span(pass, asked.at).1.unwrap_or(i64::MAX);
            (plan.priority, plan.kind != Kind::Time, end, pass.sold, pass.id)
        });
        order.into_iter().find(|index| self.pays_for(*index, asked))
    }

    /// Takes what a use costs.
    pub fn consume(&mut self, index: usize, asked: &Asked) -> Takes {
        let cost = self.cost(&self.club.passes[index], asked).unwrap();
        let held = self.club.held();
        self.touched.push(index);
        take(&mut self.club.passes[index].lots, cost, asked.at, &held).unwrap()
    }

    /// A use that is counted, with its movements.
    pub fn count(
        &mut self,
        index: usize,
        group: i64,
        takes: Takes,
        at: i64,
        quantity: i64,
    ) -> (usize, usize) {
        let sum: i64 = takes.iter().map(|(_, amount)| amount).sum();
        let moves = if sum > 0 { vec![Move::new(What::Use(index), sum, takes)] } else { Vec::new() };
        let group = self.moved(group, moves);
        self.club.uses.push(Use { pass: index, at, quantity, back: 0, stands: true });
        let used = self.club.uses.len() - 1;
        self.club.groups[group].used = Some(used);
        (used, group)
    }

    pub fn enter(&mut self, client: usize, service: Option<usize>, named: Option<usize>) -> Outcome {
        let client = self.client(client);
        let service = service.map(|index| self.club.services[self.service(index)]);
        let named = named.and_then(|index| self.own_pass(client, index));
        let mut args = json!({"client": self.club.clients[client].id});
        if let Some((service, _)) = service {
            args["service"] = json!(service);
        }
        if let Some(pass) = named {
            args["pass"] = json!(self.club.passes[pass].id);
        }
        let (at, price) = (self.club.now, service.map(|(_, price)| price));
        let asked = Asked { client, price, quantity: 1, named, at, is_there: true };
        let payer = self.payer(&asked);
        let reply = self.ok("access.enter", &args);
        let decision = &reply["decision"];
        let said = decision["payer"]["pass"].as_i64();
        same("who pays", &said, &payer.map(|index| self.club.passes[index].id))?;
        same("admitted", &(decision["outcome"] == "admitted"), &payer.is_some())?;
        self.touched_clients.push(client);
        let Some(index) = payer else { return self.leave_unpaid(client, &reply) };
        if self.club.state(&self.club.passes[index], at) == State::Frozen {
            self.thaw(index);
        }
        self.club.start(index, at);
        let pass = &mut self.club.passes[index];
        pass.visited = pass.visited.max(Some(at));
        let takes = self.consume(index, &asked);
        let visitor = &mut self.club.clients[client];
        visitor.inside = true;
        visitor.visits += 1;
        let sum: i64 = takes.iter().map(|(_, amount)| amount).sum();
        if self.club.plans[self.club.passes[index].plan].rules.count() {
            self.count(index, id(&reply, "group"), takes, at, 1);
        } else if sum > 0 {
            self.moved(id(&reply, "group"), vec![Move::new(What::Use(index), sum, takes)]);
        }
        Ok(())
    }

    pub fn exit(&mut self, client: usize) -> Outcome {
        let client = self.client(client);
        let args = json!({"client": self.club.clients[client].id});
        let inside = self.club.clients[client].inside;
        self.expect("access.exit", &args, if inside { Ok(()) } else { Err("not_inside") })?;
        self.club.clients[client].inside = false;
        self.touched_clients.push(client);
        Ok(())
    }

    pub fn use_pass(
        &mut self,
        client: usize,
        service: usize,
        named: Option<usize>,
        quantity: i64,
    ) -> Outcome {
        let (client, (service, price)) = (self.client(client), self.club.services[self.service(service)]);
        let named = named.and_then(|index| self.own_pass(client, index));
        let args = json!({"client": self.club.clients[client].id, "service": service, "quantity": quantity,
            "pass": named.map(|pass| self.club.passes[pass].id)});
        let at = self.club.now;
        let asked = Asked { client, price: Some(price), quantity, named, at, is_there: true };
        let payer = self.payer(&asked);
        let expected = payer.map(|_| ()).ok_or("not_covered");
        let Some(reply) = self.expect("pass.use", &args, expected)? else { return Ok(()) };
        let index = payer.unwrap();
        same("who pays", &reply["payer"]["pass"].as_i64(), &Some(self.club.passes[index].id))?;
        if self.club.state(&self.club.passes[index], at) == State::Frozen {
            self.thaw(index);
        }
        self.club.start(index, at);
        let takes = self.consume(index, &asked);
        self.count(index, id(&reply, "group"), takes, at, quantity);
        Ok(())
    }

    /// Gives or takes away this part of what was bought, in percent.
    pub fn correct_pass(&mut self, pass: usize, percent: i64) -> Outcome {
        let Some(index) = self.pass(pass) else { return Ok(()) };
        let pass = self.club.passes[index].clone();
        let kind = self.club.plans[pass.plan].kind;
        let whole = match kind {
            Kind::Time => 1,
            Kind::Visits(whole) | Kind::Credit(whole) => whole,
        };
        let by = whole * percent.abs() / 100 + 1;
        let signed = if percent < 0 { -by } else { by };
        let mut args = json!({"pass": pass.id, "reason": "a mistake"});
        match kind {
            Kind::Credit(_) => args["credit"] = json!({"amount": amount(signed), "currency": "EUR"}),
            _ => args["visits"] = json!(signed),
        }
        let (now, held) = (self.club.now, self.club.held());
        let takes = wanted(&pass.lots, by, now, &held);
        let expected = if kind == Kind::Time {
            Err("not_with_plan_kind")
        } else if pass.closed.is_some() {
            Err("pass_closed")
        } else if self.club.is_over(&pass, now) {
            Err("pass_ended")
        } else if percent < 0 && takes.is_none() {
            Err("insufficient")
        } else {
            Ok(())
        };
        let Some(reply) = self.expect("pass.adjust", &args, expected)? else { return Ok(()) };
        self.touched.push(index);
        let moved = if percent < 0 {
            let takes = takes.unwrap();
            for (number, part) in &takes {
                crate::books::lot_mut(&mut self.club.passes[index].lots, *number).lapse(*part);
            }
            Move::new(What::Lapse(index), by, takes)
        } else {
            let lot = self.club.new_lot(by, None, true);
            let takes = vec![(lot.number, by)];
            self.club.passes[index].lots.push(lot);
            Move::new(What::Granted(index), by, takes)
        };
        self.moved(id(&reply, "group"), vec![moved]);
        let rest = reply["rest"].as_str().unwrap_or_default().replace('.', "").parse::<i64>().ok();
        same("rest in the reply", &rest, &Some(self.club.rest(&self.club.passes[index], now)))
    }
}

/// The name of a pass in a request, if one is named.
pub fn named_in(args: &mut Value, id: Option<i64>) {
    if let Some(id) = id {
        args["pass"] = json!(id);
    }
}
