//! Holds: placed, captured, released, and over by themselves.

use crate::books::{
    Held, HeldPart, Hold, Kind, Move, Purse, State, Takes, Use, What, in_order_of_use, wanted,
};
use crate::calendar::net;
use crate::desk::{Desk, Outcome, euro, id, instant};
use crate::steps::MINUTE;
use serde_json::{Value, json};

/// A capture of one account: how much, what it takes, and how much of each part of the hold that is.
struct Taken {
    purse: Purse,
    amount: i64,
    takes: Takes,
    of_parts: Takes,
}

impl Desk<'_> {
    fn part(&self, purse: Purse, units: i64) -> Value {
        match purse {
            Purse::Money(_) => json!({"money": euro(units)}),
            Purse::Pass(pass) => {
                let pass = &self.club.passes[pass];
                match self.club.plans[pass.plan].kind {
                    Kind::Credit(_) => json!({"credit": {"pass": pass.id, "credit": euro(units)}}),
                    _ => json!({"visits": {"pass": pass.id, "visits": units}}),
                }
            }
        }
    }

    /// What a hold would hold of one account. A pass can be held while it could be used.
    fn place(&self, purse: Purse, units: i64, held: &Held) -> Result<Takes, &'static str> {
        let club = &self.club;
        let lots = match purse {
            Purse::Money(client) => &club.clients[client].money,
            Purse::Pass(index) => {
                let pass = &club.passes[index];
                let state = club.course(pass, club.now);
                if state != State::Active && (state != State::NotStarted || pass.starts.is_some()) {
                    return Err("not_covered");
                }
                &pass.lots
            }
        };
        wanted(lots, units, club.now, held).ok_or("insufficient")
    }

    /// Money, this part of a pass in percent, or both. `more` may be captured: percent, or cents if negative.
    pub fn hold(
        &mut self,
        client: usize,
        money: Option<i64>,
        pass: Option<usize>,
        percent: i64,
        minutes: i64,
        more: i64,
    ) -> Outcome {
        let client = self.client(client);
        let mut asked: Vec<(Purse, i64)> =
            money.into_iter().map(|cents| (Purse::Money(client), cents)).collect();
        let pass = pass.and_then(|pass| self.own_pass(client, pass));
        asked.extend(pass.map(|pass| {
            let whole = match self.club.plans[self.club.passes[pass].plan].kind {
                Kind::Time => 1,
                Kind::Visits(whole) | Kind::Credit(whole) => whole,
            };
            (Purse::Pass(pass), (whole * percent / 100).max(1))
        }));
        let expires = self.club.now + minutes * MINUTE;
        let parts: Vec<Value> = asked.iter().map(|(purse, units)| self.part(*purse, *units)).collect();
        let mut args = json!({"client": self.club.clients[client].id, "parts": parts});
        // One in two says until when, the other how long.
        if minutes % 2 == 0 {
            args["minutes"] = json!(minutes);
        } else {
            args["expires"] = json!(instant(expires));
        }
        if more != 0 {
            args["more_up_to"] =
                if more > 0 { json!({"percent": more.to_string()}) } else { json!({"amount": euro(-more)}) };
        }
        let held = self.club.held();
        let is_time = pass.is_some_and(|pass| self.club.is_time(&self.club.passes[pass]));
        let placed: Result<Vec<Takes>, &str> =
            asked.iter().map(|(purse, units)| self.place(*purse, *units, &held)).collect();
        let has_account = self.club.clients[client].has_account || money.is_none();
        let expected = match &placed {
            _ if asked.is_empty() => Err("empty"),
            _ if !has_account => Err("insufficient"),
            _ if is_time => Err("not_with_plan_kind"),
            Err(reason) => Err(*reason),
            Ok(_) => Ok(()),
        };
        self.touched.extend(pass);
        self.touched_clients.push(client);
        let Some(reply) = self.expect("hold.place", &args, expected)? else { return Ok(()) };
        let parts = asked.iter().zip(placed.unwrap()).flat_map(|((purse, _), takes)| {
            takes.into_iter().map(|(lot, placed)| HeldPart { purse: *purse, lot, placed, held: placed })
        });
        let hold = Hold {
            id: id(&reply, "hold"),
            client,
            expires,
            ended: false,
            more_percent: more.max(0),
            more_cents: (-more).max(0),
            parts: parts.collect(),
        };
        self.club.holds.push(hold);
        Ok(())
    }

    fn is_open(&self, hold: &Hold) -> bool {
        !hold.ended && hold.expires > self.club.now
    }

    /// What a capture takes of one account: of what is held whatever has expired since, beyond it what is free.
    fn taken(&self, hold: &Hold, purse: Purse, units: i64, keep_open: bool) -> Result<Taken, &'static str> {
        let club = &self.club;
        let (mut lots, over) = match purse {
            Purse::Money(client) => (club.clients[client].money.clone(), false),
            Purse::Pass(pass) if club.passes[pass].closed.is_some() => return Err("pass_closed"),
            Purse::Pass(pass) => (club.passes[pass].lots.clone(), club.is_over(&club.passes[pass], club.now)),
        };
        let mine: Vec<&HeldPart> = hold.parts.iter().filter(|part| part.purse == purse).collect();
        let held: i64 = mine.iter().map(|part| part.held).sum();
        let placed: i64 = mine.iter().map(|part| part.placed).sum();
        let cents = if matches!(purse, Purse::Money(_)) { hold.more_cents } else { 0 };
        let beyond = if keep_open { 0 } else { placed * hold.more_percent / 100 + cents };
        if units > held + beyond {
            return Err("over_capture");
        }
        let more = (units - held).max(0);
        let extra = if over && more > 0 { None } else { wanted(&lots, more, club.now, &club.held()) };
        let extra = extra.ok_or("insufficient")?;
        let mut left = units.min(held);
        let (mut takes, mut of_parts) = (Vec::new(), Vec::new());
        for lot in in_order_of_use(&mut lots) {
            let here: i64 = mine.iter().filter(|part| part.lot == lot.number).map(|part| part.held).sum();
            let part = here.min(left);
            left -= part;
            let more: i64 =
                extra.iter().filter(|(number, _)| *number == lot.number).map(|(_, more)| more).sum();
            if part > 0 {
                of_parts.push((lot.number, part));
            }
            if part + more > 0 {
                takes.push((lot.number, part + more));
            }
        }
        Ok(Taken { purse, amount: units, takes, of_parts })
    }

    /// Takes this part of what was placed on each account, in percent: nothing of those with 0, all that is held if all
    /// are 0.
    pub fn capture(&mut self, hold: usize, percents: [i64; 2], keep_open: bool, tax: bool) -> Outcome {
        let Some(index) = self.hold_of(hold) else { return Ok(()) };
        let hold = self.club.holds[index].clone();
        let mut purses: Vec<Purse> = hold.parts.iter().map(|part| part.purse).collect();
        purses.dedup();
        let sum = |purse: Purse, of: fn(&HeldPart) -> i64| -> i64 {
            hold.parts.iter().filter(|part| part.purse == purse).map(of).sum()
        };
        let named: Vec<(Purse, i64)> = purses
            .iter()
            .zip(percents)
            .filter(|(_, percent)| *percent > 0)
            .map(|(purse, percent)| (*purse, (sum(*purse, |part| part.placed) * percent / 100).max(1)))
            .collect();
        let asked = if named.is_empty() {
            purses
                .iter()
                .map(|purse| (*purse, sum(*purse, |part| part.held)))
                .filter(|(_, held)| *held > 0)
                .collect()
        } else {
            named.clone()
        };
        let parts: Vec<Value> = named.iter().map(|(purse, units)| self.part(*purse, *units)).collect();
        let mut args = json!({"hold": hold.id, "parts": parts, "keep_open": keep_open});
        if tax {
            args["tax"] = json!("20");
        }
        let takings: Result<Vec<Taken>, &str> =
            asked.iter().map(|(purse, units)| self.taken(&hold, *purse, *units, keep_open)).collect();
        let expected = match &takings {
            _ if !self.is_open(&hold) => Err("hold_ended"),
            Err(reason) => Err(*reason),
            Ok(_) => Ok(()),
        };
        self.touched_clients.push(hold.client);
        let Some(reply) = self.expect("hold.capture", &args, expected)? else { return Ok(()) };
        let mut moves = Vec::new();
        let mut counted = None;
        for taken in takings.unwrap() {
            for (number, part) in &taken.of_parts {
                let parts = self.club.holds[index].parts.iter_mut();
                parts.filter(|part| part.lot == *number).for_each(|of_lot| of_lot.held -= part);
            }
            for (number, part) in &taken.takes {
                crate::books::lot_mut(self.club.lots_of(taken.purse), *number).used += part;
            }
            let Taken { purse, amount, takes, .. } = taken;
            moves.push(match purse {
                Purse::Money(client) => {
                    let tax = amount - net(amount, tax);
                    self.club.tax += tax;
                    Move { tax, ..Move::new(What::Money(client), amount, takes) }
                }
                Purse::Pass(pass) => {
                    self.club.start(pass, self.club.now);
                    let is_visits =
                        matches!(self.club.plans[self.club.passes[pass].plan].kind, Kind::Visits(_));
                    let quantity = if is_visits { amount } else { 1 };
                    self.club.uses.push(Use { pass, at: self.club.now, quantity, back: 0, stands: true });
                    counted = Some(self.club.uses.len() - 1);
                    self.touched.push(pass);
                    Move::new(What::Use(pass), amount, takes)
                }
            });
        }
        let hold = &mut self.club.holds[index];
        hold.ended = !keep_open || hold.parts.iter().all(|part| part.held == 0);
        let group = self.moved(id(&reply, "group"), moves);
        self.club.groups[group].used = counted;
        Ok(())
    }

    pub fn release(&mut self, hold: usize) -> Outcome {
        let Some(index) = self.hold_of(hold) else { return Ok(()) };
        let hold = &self.club.holds[index];
        let expected = if self.is_open(hold) { Ok(()) } else { Err("hold_ended") };
        self.touched_clients.push(hold.client);
        if self.expect("hold.release", &json!({"hold": hold.id}), expected)?.is_some() {
            self.club.holds[index].ended = true;
        }
        Ok(())
    }
}
