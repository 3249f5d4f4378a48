//! Page after page of the catalogue is the whole list, whatever is asked for and whoever is added in between.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that panics fails, as it should"
)]

#[expect(dead_code, reason = "each test uses a part")]
mod support;

use carnet::domain::catalogue::name_key;
use serde_json::{Value, json};
use support::Club;

const START: i64 = 1_777_878_000;

/// Numbers that look random and are the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.below(of.len() as u64)).expect("small")]
    }
}

/// What the test knows of a client.
#[derive(Debug, Clone)]
struct Known {
    id: i64,
    key: String,
    is_company: bool,
    archived: bool,
    has_contact: bool,
    month: Option<u64>,
    vip: bool,
    added: i64,
    came: Option<i64>,
    with_pass: bool,
}

struct Town {
    club: Club,
    plan: i64,
    now: i64,
    known: Vec<Known>,
}

fn instant(seconds: i64) -> Value {
    json!(
        chrono::DateTime::from_timestamp(seconds, 0)
            .expect("a time")
            .format("%Y-%m-%dT%H:%M:%SZ")
            .to_string()
    )
}

impl Town {
    fn new() -> Self {
        let club = Club::new("2026-05-04T07:00:00Z");
        let plan = json!({"name": "Month", "kind": {"time": {"validity": {"period": {"count": 1, "unit": "month"}}}},
            "price": {"amount": "0.00", "currency": "EUR"}});
        let added = club.ok(&json!({"op": "plan.add", "at": "2026-05-04T07:00:00Z", "args": plan}));
        Self { club, plan: added["plan"].as_i64().expect("an id"), now: START, known: Vec::new() }
    }

    fn ask(&self, op: &str, args: &Value) -> Value {
        self.club.ok(&json!({"op": op, "at": instant(self.now), "args": args}))
    }

    /// Adds a client with names that many share.
    fn add(&mut self, draw: &mut Draw) {
        // Some come in one second.
        self.now += i64::try_from(draw.below(2)).expect("small");
        let first = draw.one(&["", "Ana", "Ана", "Bob", "Zoe"]);
        let last = draw.one(&["", "Ion", "Țepeș", "Ion Ana", "O'Neil"]);
        let is_company = draw.below(4) == 0;
        let month = (draw.below(3) > 0).then(|| draw.below(12) + 1);
        let mut args = json!({"kind": if is_company { "company" } else { "person" }});
        for (name, value) in [("first_name", first), ("last_name", last)] {
            if !value.is_empty() {
                args[name] = json!(value);
            }
        }
        if let Some(month) = month {
            args["birth_date"] = json!(format!("1990-{month:02}-28"));
        }
        let has_contact = draw.below(2) == 0;
        if has_contact {
            args["phone"] = json!("+40721234567");
        }
        let id = self.ask("client.add", &args)["client"].as_i64().expect("an id");
        let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let mut one = Known {
            id,
            key: name_key(some(first), some(last)),
            is_company,
            archived: false,
            has_contact,
            month,
            vip: draw.below(3) == 0,
            added: self.now,
            came: None,
            with_pass: draw.below(2) == 0,
        };
        if one.vip {
            self.ask("client.tag", &json!({"client": id, "tag": "vip"}));
        }
        if one.with_pass {
            self.ask("pass.sell", &json!({"client": id, "plan": self.plan}));
            if draw.below(2) == 0 {
                self.ask("access.enter", &json!({"client": id}));
                one.came = Some(self.now);
            }
        }
        if draw.below(5) == 0 {
            self.ask("client.change", &json!({"client": id, "set": {"archived": true}}));
            one.archived = true;
        }
        self.known.push(one);
    }

    /// All that these arguments ask for, by brute force.
    fn expected(&self, args: &Value) -> Vec<i64> {
        let flag = |name: &str, is: bool| args[name].as_bool().is_none_or(|asked| asked == is);
        let mut found: Vec<&Known> = self
            .known
            .iter()
            .filter(|one| flag("archived", one.archived) && flag("without_contact", !one.has_contact))
            .filter(|one| flag("with_pass", one.with_pass) && flag("in_debt", false))
            .filter(|one| args["tag"].is_null() || one.vip)
            .filter(|one| args["kind"].as_str().is_none_or(|kind| (kind == "company") == one.is_company))
            .filter(|one| args["born_in_month"].as_u64().is_none_or(|month| Some(month) == one.month))
            .collect();
        match args["sort"].as_str() {
            Some("added") => found.sort_by_key(|one| std::cmp::Reverse((one.added, one.id))),
            Some("last_visit") => found.sort_by_key(|one| std::cmp::Reverse((one.came, one.id))),
            _ => found.sort_by_key(|one| (one.key.clone(), one.id)),
        }
        found.into_iter().map(|one| one.id).collect()
    }

    /// Walks through all pages, doing something after each; the ids in the order in which they came.
    fn walk(&mut self, args: &Value, limit: u64, mut between: impl FnMut(&mut Self)) -> Vec<i64> {
        let mut args = args.clone();
        args["limit"] = json!(limit);
        let mut seen = Vec::new();
        loop {
            let page = self.ask("client.list", &args);
            let clients = page["clients"].as_array().expect("a list");
            seen.extend(clients.iter().map(|client| client["client"].as_i64().expect("an id")));
            if page["next"].is_null() {
                return seen;
            }
            assert_eq!(clients.len() as u64, limit, "a page before the last is full");
            args["after"] = page["next"].clone();
            between(self);
        }
    }
}

fn question(draw: &mut Draw) -> Value {
    let mut args = json!({"sort": draw.one(&["name", "added", "last_visit"])});
    for name in ["archived", "without_contact", "with_pass", "in_debt"] {
        if draw.below(5) == 0 {
            args[name] = json!(draw.below(2) == 0);
        }
    }
    if draw.below(6) == 0 {
        args["kind"] = json!(draw.one(&["person", "company"]));
    }
    if draw.below(6) == 0 {
        args["tag"] = json!("Vip");
    }
    if draw.below(6) == 0 {
        args["born_in_month"] = json!(draw.below(12) + 1);
    }
    args
}

#[test]
fn no_client_is_lost_or_doubled_between_pages() {
    let mut town = Town::new();
    let mut draw = Draw(15);
    (0..60).for_each(|_| town.add(&mut draw));
    for round in 0..150 {
        let args = question(&mut draw);
        let limit = draw.below(9) + 1;
        let expected = town.expected(&args);
        assert_eq!(town.walk(&args, limit, |_| ()), expected, "round {round}: {args}");
    }
    // Somebody is added after each page: who was there before is seen once and in order, who came later at most once.
    for round in 0..12 {
        let args = question(&mut draw);
        let before = town.expected(&args);
        let mut more = Draw(round);
        let seen = town.walk(&args, 7, |town| town.add(&mut more));
        let after = town.expected(&args);
        let old: Vec<i64> = seen.iter().copied().filter(|id| before.contains(id)).collect();
        assert_eq!(old, before, "round {round}: {args}");
        let in_order: Vec<i64> = after.iter().copied().filter(|id| seen.contains(id)).collect();
        assert_eq!(seen, in_order, "round {round}: {args}");
    }
}
