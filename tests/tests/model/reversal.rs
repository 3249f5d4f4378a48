//! What was moved is moved back: whole or in part, once, last used first.

use crate::books::{Kind, Lot, Move, Purse, State, What, lot_mut};
use crate::calendar::share;
use crate::desk::{Desk, Outcome, amount};
use serde_json::json;

/// A lot that was given goes back only as a whole: nothing of it was used, and nothing is held.
fn is_untouched(lot: &Lot, back: i64, held: i64) -> bool {
    lot.rest() + back == lot.amount && held == 0
}

impl Desk<'_> {
    /// Why a movement cannot go back, if so.
    fn refuses(&self, moved: &Move, units: i64) -> Result<(), &'static str> {
        let club = &self.club;
        let untouched = |lots: &[Lot], number: usize, back: i64| {
            let lot = lots.iter().find(|lot| lot.number == number).unwrap();
            if is_untouched(lot, back, club.held().of(lot)) { Ok(()) } else { Err("already_used") }
        };
        if units > moved.amount - moved.reversed {
            return Err("nothing_to_reverse");
        }
        match moved.what {
            What::Use(pass) | What::Lapse(pass) if club.passes[pass].closed.is_some() => Err("pass_closed"),
            What::Use(_) | What::Lapse(_) | What::Money(_) | What::Fee(..) | What::Sale { .. } => Ok(()),
            What::Granted(pass) => untouched(&club.passes[pass].lots, moved.takes[0].0, moved.reversed),
            What::TopUp(client) | What::Given(client) => {
                let money = &club.clients[client].money;
                untouched(money, moved.takes[0].0, moved.reversed)?;
                match moved.bonus.filter(|_| self.bonus_back(moved, units) > 0) {
                    Some((lot, _, back)) => untouched(money, lot, back),
                    None => Ok(()),
                }
            }
        }
    }

    /// The bonus goes back in proportion.
    fn bonus_back(&self, moved: &Move, units: i64) -> i64 {
        moved.bonus.map_or(0, |(_, bonus, back)| share(bonus, moved.reversed + units, moved.amount) - back)
    }

    pub fn reverse(&mut self, group: usize, part: Option<i64>) -> Outcome {
        let Some(index) = self.group_of(group).filter(|index| self.club.groups[*index].id != 0) else {
            return Ok(());
        };
        let group = self.club.groups[index].clone();
        if let Some(Move { what: What::Sale { pass, .. }, .. }) = group.moves.first() {
            return self.reverse_sale(index, *pass, part);
        }
        let whole = group.moves.first().map_or(1, |moved| moved.amount);
        // Only of what has no tax: which cent of a part is tax is for the cases worked out by hand.
        let part = part.filter(|_| group.moves.iter().all(|moved| moved.tax == 0));
        let part = part.map(|part| if group.moves.len() > 1 { 1 } else { (whole * part / 100).max(1) });
        let mut args = json!({"group": group.id, "reason": "a mistake"});
        if let Some(part) = part {
            let counted = group.moves.len() != 1 || self.counts(&group.moves[0]);
            args["amount"] = json!(if counted { part.to_string() } else { amount(part) });
        }
        let open: Vec<&Move> = group.moves.iter().filter(|moved| moved.amount > moved.reversed).collect();
        let units = |moved: &Move| part.unwrap_or(moved.amount - moved.reversed);
        let stands = group.used.is_some_and(|used| self.club.uses[used].stands);
        let expected = if group.moves.is_empty() && part.is_some() {
            Err("transfer_not_found")
        } else if part.is_some() && group.moves.len() > 1 {
            Err("contradiction")
        } else if open.is_empty() && (part.is_some() || !stands || !group.moves.is_empty()) {
            Err("already_done")
        } else {
            open.iter().try_for_each(|moved| self.refuses(moved, units(moved)))
        };
        for moved in &group.moves {
            match moved.what {
                What::Use(pass) | What::Lapse(pass) | What::Granted(pass) => self.touched.push(pass),
                What::Money(client) | What::Given(client) | What::TopUp(client) | What::Fee(client, _) => {
                    self.touched_clients.push(client);
                }
                What::Sale { .. } => {}
            }
        }
        if self.expect("transfer.reverse", &args, expected)?.is_some() {
            for number in 0..group.moves.len() {
                let left = group.moves[number].amount - group.moves[number].reversed;
                self.give_back(index, number, part.unwrap_or(left));
            }
            self.end_use(index);
        }
        Ok(())
    }

    /// Whether a movement is counted in pieces and not in cents.
    fn counts(&self, moved: &Move) -> bool {
        match moved.what {
            What::Use(pass) | What::Lapse(pass) | What::Granted(pass) => {
                matches!(self.club.plans[self.club.passes[pass].plan].kind, Kind::Visits(_))
            }
            _ => false,
        }
    }

    /// Everything that is left of a group goes back.
    pub fn give_back_all(&mut self, group: usize) {
        for number in 0..self.club.groups[group].moves.len() {
            let moved = &self.club.groups[group].moves[number];
            let left = moved.amount - moved.reversed;
            self.give_back(group, number, left);
        }
        self.end_use(group);
    }

    /// A use of which all went back does not stand. Of several at once whole ones go back.
    fn end_use(&mut self, group: usize) {
        let group = &self.club.groups[group];
        let Some(used) = group.used else { return };
        let of_use = group.moves.iter().find(|moved| matches!(moved.what, What::Use(_)));
        let quantity = self.club.uses[used].quantity;
        let back = of_use.map_or(quantity, |moved| quantity * moved.reversed / moved.amount);
        (self.club.uses[used].back, self.club.uses[used].stands) = (back, back < quantity);
    }

    /// A sale goes back whole, while nothing of it was used, earned or renewed. The pass is cancelled then.
    fn reverse_sale(&mut self, group: usize, pass: usize, part: Option<i64>) -> Outcome {
        let sale = self.club.groups[group].moves[0].clone();
        let What::Sale { from_account, credited, .. } = sale.what else { return Ok(()) };
        let old = self.club.passes[pass].clone();
        // A part of what was free is of its visits or credit.
        let part = part.filter(|_| sale.amount > 0);
        let mut args = json!({"group": self.club.groups[group].id, "reason": "a mistake"});
        if part.is_some() {
            // Of its price or of its visits: in either it is one.
            args["amount"] = json!("1");
        }
        let expected = if sale.amount == 0 && self.club.is_time(&old) {
            Err("transfer_not_found")
        } else if credited {
            Err("not_allowed")
        } else if part.is_some() {
            Err("contradiction")
        } else if old.taken_back {
            Err("already_done")
        } else if old.closed.is_some() {
            Err("pass_closed")
        } else if self.has_begun(pass) {
            Err("already_used")
        } else {
            Ok(())
        };
        self.touched.push(pass);
        self.touched_clients.push(old.client);
        if self.expect("transfer.reverse", &args, expected)?.is_none() {
            return Ok(());
        }
        if from_account {
            self.repay(old.client, &sale, sale.amount);
        }
        self.club.tax -= sale.tax;
        self.club.clients[old.client].spent -= sale.amount;
        self.club.close(pass, State::Cancelled, 0);
        self.club.passes[pass].taken_back = true;
        self.club.passes[pass].breakage = 0;
        self.free_previous(pass);
        Ok(())
    }

    /// Whether something of a pass was used, held, given, earned by the last close of a day, or renewed.
    fn has_begun(&mut self, index: usize) -> bool {
        let posted = self.club.closed_at.map_or(0, |closed| self.club.recognised_at(index, closed));
        let pass = &self.club.passes[index];
        let used = self.club.uses.iter().any(|used| used.pass == index && used.stands);
        let (lots, held) = (&pass.lots, self.club.held());
        let touched = lots.len() > 1 || lots.iter().any(|lot| lot.rest() < lot.amount || held.of(lot) > 0);
        let earned = self.club.is_time(pass) && (posted > 0 || pass.fixed.is_some_and(|(done, _)| done > 0));
        earned || pass.next.is_some() || pass.visited.is_some() || used || touched
    }

    fn give_back(&mut self, group: usize, number: usize, units: i64) {
        let moved = self.club.groups[group].moves[number].clone();
        let bonus = self.bonus_back(&moved, units);
        match moved.what {
            What::Use(pass) => {
                for (lot, part) in back_to_lots(&moved, units) {
                    lot_mut(&mut self.club.passes[pass].lots, lot).unuse(part);
                }
            }
            What::Lapse(pass) => {
                for (lot, part) in back_to_lots(&moved, units) {
                    lot_mut(&mut self.club.passes[pass].lots, lot).unlapse(part);
                }
            }
            What::Granted(pass) => {
                lot_mut(self.club.lots_of(Purse::Pass(pass)), moved.takes[0].0).lapse(units);
            }
            What::Given(client) | What::TopUp(client) => {
                lot_mut(&mut self.club.clients[client].money, moved.takes[0].0).gone += units;
                if let (Some((lot, ..)), true) = (moved.bonus, bonus > 0) {
                    lot_mut(&mut self.club.clients[client].money, lot).gone += bonus;
                }
                if matches!(moved.what, What::TopUp(_)) {
                    self.club.clients[client].spent -= units;
                }
            }
            What::Money(client) => self.repay(client, &moved, units),
            What::Sale { .. } => {}
            What::Fee(client, from_account) => {
                self.club.clients[client].spent -= units;
                if from_account {
                    self.repay(client, &moved, units);
                }
            }
        }
        // Of what has a tax, all goes back or nothing.
        if units > 0 {
            self.club.tax -= moved.tax;
        }
        let moved = &mut self.club.groups[group].moves[number];
        moved.reversed += units;
        if let Some((_, _, back)) = moved.bonus.as_mut().filter(|_| bonus > 0) {
            *back += bonus;
        }
    }

    /// Money goes back to an account. It pays what is owed there now. What was used beyond what was on the account went
    /// last, and comes first: it is given anew.
    fn repay(&mut self, client: usize, moved: &Move, units: i64) {
        let covered: i64 = moved.takes.iter().map(|(_, amount)| amount).sum();
        let beyond = moved.amount - covered;
        let (mut skip, mut left) = (moved.reversed, units);
        let last_first = moved.takes.iter().rev().map(|(lot, amount)| (Some(*lot), *amount));
        for (lot, amount) in std::iter::once((None, beyond)).chain(last_first) {
            let skipped = skip.min(amount);
            skip -= skipped;
            let part = (amount - skipped).min(left);
            left -= part;
            let owed = &mut self.club.clients[client].debt;
            let paid = part.min(*owed);
            *owed -= paid;
            match lot {
                Some(lot) => lot_mut(&mut self.club.clients[client].money, lot).used -= part - paid,
                None if part > paid => {
                    let fresh = self.club.new_lot(part - paid, None, false);
                    self.club.clients[client].money.push(fresh);
                }
                None => {}
            }
        }
    }
}

/// Which lots an amount goes back to, last used first.
fn back_to_lots(moved: &Move, units: i64) -> Vec<(usize, i64)> {
    let (mut skip, mut left) = (moved.reversed, units);
    let mut back = Vec::new();
    for (lot, taken) in moved.takes.iter().rev() {
        let skipped = skip.min(*taken);
        skip -= skipped;
        let part = (taken - skipped).min(left);
        left -= part;
        back.push((*lot, part));
    }
    back
}
