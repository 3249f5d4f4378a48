//! What both must say alike: passes, accounts, books.

use crate::books::{Pass, State, Sums};
use crate::desk::{Desk, Outcome, cents, instant, same};
use serde_json::{Value, json};

impl Desk<'_> {
    /// What the last step may have changed.
    pub fn compare_touched(&mut self) -> Outcome {
        self.touched.sort_unstable();
        self.touched.dedup();
        for index in &self.touched {
            let pass = &self.club.passes[*index];
            self.compare_pass(pass, &self.ok("pass.get", &json!({"pass": pass.id})))?;
        }
        self.touched_clients.sort_unstable();
        self.touched_clients.dedup();
        self.touched_clients.iter().try_for_each(|client| self.compare_client(*client))
    }

    pub fn compare_clients(&self) -> Outcome {
        let seen = self.ok("conflict.list", &json!({"limit": 1000}));
        same("conflicts", &seen["conflicts"].as_array().map(Vec::len), &Some(self.club.conflicts))?;
        (0..self.club.clients.len()).try_for_each(|client| self.compare_client(client))
    }

    fn compare_client(&self, index: usize) -> Outcome {
        let (club, client) = (&self.club, &self.club.clients[index]);
        let seen = self.ok("client.overview", &json!({"client": client.id}));
        let account = &seen["balances"][0];
        let amount = |name: &str| if account.is_null() { 0 } else { cents(&account[name]) };
        same("balance", &amount("balance"), &club.held().available(&client.money, club.now))?;
        same("debt", &amount("debt"), &client.debt)?;
        same("debt limit", &amount("debt_limit"), &client.limit)?;
        same("spent", &seen["spent"].get(0).map_or(0, cents), &client.spent)?;
        same("visits", &seen["visit_count"].as_i64(), &Some(client.visits))?;
        same("inside", &!seen["inside"].is_null(), &client.inside)?;
        let own: Vec<&Pass> = club.passes.iter().filter(|pass| pass.client == index).collect();
        let shown = seen["passes"].as_array().unwrap();
        same("passes", &shown.len(), &own.len().min(50))?;
        for (pass, view) in own.iter().rev().zip(shown) {
            self.compare_pass(pass, view)?;
        }
        Ok(())
    }

    fn compare_pass(&self, pass: &Pass, view: &Value) -> Outcome {
        let club = &self.club;
        let what = |name: &str| format!("{name} of pass {}", pass.id);
        same(&what("id"), &view["pass"]["pass"].as_i64(), &Some(pass.id))?;
        let state = match club.state(pass, club.now) {
            State::NotStarted => "not_started",
            State::Active => "active",
            State::Frozen => "frozen",
            State::Exhausted => "exhausted",
            State::Expired => "expired",
            State::Cancelled => "cancelled",
            State::Transferred => "transferred",
            State::Replaced => "replaced",
        };
        same(&what("state"), &view["state"].as_str(), &Some(state))?;
        for (name, at) in [("starts", pass.starts), ("ends", pass.ends)] {
            // As it was written down: what has begun by itself is seen by the state.
            same(&what(name), &view["pass"][name].as_str(), &at.map(instant).as_deref())?;
        }
        let next = pass.next.map(|next| club.passes[next].id);
        same(&what("next"), &view["pass"]["next"].as_i64(), &next)?;
        for (name, is) in [("auto_renew", pass.auto_renew), ("cancel_at_end", pass.cancel_at_end)] {
            same(&what(name), &view["pass"][name].as_bool().unwrap_or(false), &is)?;
        }
        let rest = view["rest"].as_str().map(|rest| rest.replace('.', "").parse::<i64>().unwrap());
        let expected = (!club.is_time(pass)).then(|| club.rest(pass, club.now));
        same(&what("rest"), &rest, &expected)?;
        same(&what("value"), &cents(&view["pass"]["value"]), &pass.value)?;
        same(&what("value recognised"), &cents(&view["recognised"]), &club.recognised(pass))?;
        same(&what("value owed"), &cents(&view["owed"]), &club.owed(pass))
    }

    pub fn compare_books(&self) -> Outcome {
        let seen = self.ok("report.owed", &json!({}));
        let mut all = 0;
        for (index, plan) in self.club.plans.iter().enumerate() {
            let sums = self.club.sums(index);
            let row = seen["plans"].as_array().unwrap().iter().find(|row| row["plan"] == plan.id);
            let column = |name: &str| row.map_or(0, |row| cents(&row[name]));
            let shown = Sums {
                sold: column("sold"),
                taken_over: column("taken_over"),
                recognised: column("recognised"),
                breakage: column("breakage"),
                refunded: column("refunded"),
                handed_over: column("handed_over"),
                owed: column("owed"),
            };
            same(&format!("books of plan {}", plan.id), &shown, &sums)?;
            let given = sums.recognised + sums.breakage + sums.refunded + sums.handed_over;
            same("the sum", &(sums.sold + sums.taken_over), &(given + sums.owed))?;
            all += sums.owed;
        }
        same("owed in all", &cents(&seen["passes"]), &all)?;
        same("tax", &cents(&seen["tax_payable"]), &self.club.tax)?;
        let (club, held) = (&self.club, self.club.held());
        let money: i64 = club.clients.iter().map(|client| held.available(&client.money, club.now)).sum();
        same("on accounts", &cents(&seen["accounts"]), &money)
    }
}
