//! The price list of a venue, drawn at random, and its clients.

use crate::books::{Client, Kind, Plan, Starts};
use crate::calendar::Lasts;
use crate::desk::{Desk, euro, id};
use crate::random::Random;
use crate::rules::Rules;
use serde_json::{Value, json};

impl Desk<'_> {
    pub fn furnish(&mut self, random: &mut Random) {
        for price in [1250, random.between(1, 5000), 0] {
            let service = self.ok("service.add", &json!({"name": "Service", "price": euro(price)}));
            self.club.services.push((id(&service, "service"), price));
        }
        for plan in plans(random) {
            let id = id(&self.ok("plan.add", &request(&plan)), "plan");
            self.club.plans.push(Plan { id, ..plan });
        }
        for _ in 0..4 {
            let id = id(&self.ok("client.add", &json!({})), "client");
            self.club.clients.push(Client { id, ..Client::default() });
        }
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
        transfer: match random.below(3) {
            0 => None,
            1 => Some(0),
            _ => Some(random.between(1, 3_000)),
        },
        grace: if random.once_in(2) { random.between(1, 10) } else { 0 },
        thaws: random.once_in(3),
        at_attendance: random.once_in(4),
        rules: Rules::draw(random),
    })
    .collect()
}

fn period(lasts: Lasts) -> Value {
    match lasts {
        Lasts::Days(count) => json!({"count": count, "unit": "day"}),
        Lasts::Months(count) => json!({"count": count, "unit": "month"}),
    }
}

fn request(plan: &Plan) -> Value {
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
    let fee = |fee: i64| if fee == 0 { json!({}) } else { json!({"fee": euro(fee)}) };
    let life = json!({
        "freeze": {"ends_by_visit": plan.thaws},
        "transfer": plan.transfer.map(fee),
        "renewal": {"grace_days": plan.grace},
        "charge_at": if plan.at_attendance { "attendance" } else { "booking" },
    });
    let tax = if plan.taxed { "20" } else { "0" };
    json!({"name": "Plan", "kind": kind, "start": start, "price": euro(plan.price), "tax": tax,
        "priority": plan.priority, "life": life, "usage": plan.rules.request()})
}
