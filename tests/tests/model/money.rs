//! Accounts of clients: top-up, charge, how far they may be used, corrections by hand.

use crate::books::{Move, What, take};
use crate::calendar::net;
use crate::desk::{Desk, Outcome, cents, euro, id, instant, same};
use crate::steps::DAY;
use serde_json::{Value, json};

impl Desk<'_> {
    /// What a reply says of an account.
    fn same_account(&self, client: usize, reply: &Value) -> Outcome {
        let club = &self.club;
        let balance = club.held().available(&club.clients[client].money, club.now);
        same("balance in the reply", &cents(&reply["balance"]), &balance)?;
        same("debt in the reply", &cents(&reply["debt"]), &club.clients[client].debt)
    }

    pub fn top_up(&mut self, client: usize, cents: i64, bonus: i64, days: Option<i64>) -> Outcome {
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
        let reply = self.ok("account.top_up", &args);
        let lot = self.fund(client, cents, expires, false);
        let mut paid = Move::new(What::TopUp(client), cents, vec![(lot, cents)]);
        if bonus > 0 {
            paid.bonus = Some((self.fund(client, bonus, expires, true), bonus, 0));
        }
        self.moved(id(&reply, "group"), vec![paid]);
        self.club.clients[client].spent += cents;
        self.same_account(client, &reply)
    }

    pub fn charge(&mut self, client: usize, cents: i64, tax: bool) -> Outcome {
        let client = self.client(client);
        let mut args = json!({"client": self.club.clients[client].id, "amount": euro(cents)});
        if tax {
            args["tax"] = json!("20");
        }
        let paid = self.spend(client, cents);
        let expected = if paid.is_some() { Ok(()) } else { Err("insufficient") };
        let reply = self.expect("account.charge", &args, expected)?;
        let (Some(reply), Some(takes)) = (reply, paid) else { return Ok(()) };
        let tax = cents - net(cents, tax);
        self.club.tax += tax;
        let charge = Move { tax, ..Move::new(What::Money(client), cents, takes) };
        self.moved(id(&reply, "group"), vec![charge]);
        self.same_account(client, &reply)
    }

    pub fn limit(&mut self, client: usize, limit: i64) -> Outcome {
        let client = self.client(client);
        let args = json!({"client": self.club.clients[client].id, "limit": euro(limit)});
        let reply = self.ok("account.limit", &args);
        (self.club.clients[client].limit, self.club.clients[client].has_account) = (limit, true);
        self.touched_clients.push(client);
        same("debt in the reply", &cents(&reply["debt"]), &self.club.clients[client].debt)
    }

    /// A correction by hand: what is taken away is never more than what is there.
    pub fn correct(&mut self, client: usize, amount: i64, days: Option<i64>) -> Outcome {
        let client = self.client(client);
        let mut args =
            json!({"client": self.club.clients[client].id, "amount": euro(amount), "reason": "a mistake"});
        let expires = days.map(|days| self.club.now + days * DAY);
        if let Some(expires) = expires {
            args["expires"] = json!(instant(expires));
        }
        let (now, held) = (self.club.now, self.club.held());
        let moved = if amount > 0 {
            let lot = self.fund(client, amount, expires, true);
            Some(Move::new(What::Given(client), amount, vec![(lot, amount)]))
        } else {
            let takes = take(&mut self.club.clients[client].money, -amount, now, &held);
            takes.map(|takes| Move::new(What::Money(client), -amount, takes))
        };
        let expected = if moved.is_some() { Ok(()) } else { Err("insufficient") };
        let reply = self.expect("account.adjust", &args, expected)?;
        if let (Some(reply), Some(moved)) = (reply, moved) {
            self.moved(id(&reply, "group"), vec![moved]);
        }
        self.touched_clients.push(client);
        Ok(())
    }
}
