//! What becomes of a pass when one thing is done to it after another: every pair has a defined result.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that panics fails, as it should")]

use carnet::{Engine, Options};
use serde_json::{Value, json};

/// Four visits within 30 days for 40.00, sold on 1 May 2026 in Bucharest, so that they end on 31 May 00:00. The rows say what
/// was done on 10 May (`expired`: nothing, and 31 May goes by), the columns what is done on 12 May (after `expired`, on 2
/// June), or that 30 June is there. A cell is the old pass after it: state, first day on which it is over, visits that can be
/// used. `?` is the reason of a door that stays shut, `!` that of an error; either leaves the pass as the row had it.
///
/// For the last column the pass was used on 7 May, and that use is reversed.
///
/// States: N not started, A active, F frozen, X expired, C cancelled, S suspended, T transferred, R replaced.
const TABLE: &str = "
after       | use           | freeze          | unfreeze     | extend       | change       | renew         | transfer     | replace      | replace at end | cancel        | cancel at end | expire     | delete        | restore | reverse
sold        | A 31.05 3     | F 05.06 4       | !not_frozen  | A 05.06 4    | A 26.05 4    | A 31.05 4     | T 31.05 0    | R 31.05 0    | A 31.05 4      | C 31.05 0     | A 31.05 4     | X 31.05 0  | S 31.05 4     | !already_done | A 31.05 4
waits       | A 11.06 3     | !not_allowed    | !not_frozen  | !not_allowed | !not_allowed | !not_allowed  | T -     0    | R -     0    | !not_allowed   | C -     0     | !not_allowed  | N -     4  | S -     4     | !already_done | A 06.06 4
used        | A 31.05 2     | F 05.06 3       | !not_frozen  | A 05.06 3    | A 26.05 3    | A 31.05 3     | T 31.05 0    | R 31.05 0    | A 31.05 3      | C 31.05 0     | A 31.05 3     | X 31.05 0  | S 31.05 3     | !already_done | A 31.05 3
frozen      | ?frozen       | !already_exists | A 02.06 4    | F 15.06 4    | F 26.05 4    | F 10.06 4     | T 10.06 0    | R 10.06 0    | F 10.06 4      | C 10.06 0     | F 10.06 4     | X 10.06 0  | S 10.06 4     | !already_done | F 10.06 4
unfrozen    | A 02.06 3     | F 07.06 4       | !not_frozen  | A 07.06 4    | A 26.05 4    | A 02.06 4     | T 02.06 0    | R 02.06 0    | A 02.06 4      | C 02.06 0     | A 02.06 4     | X 02.06 0  | S 02.06 4     | !already_done | A 02.06 4
extended    | A 05.06 3     | F 10.06 4       | !not_frozen  | A 10.06 4    | A 26.05 4    | A 05.06 4     | T 05.06 0    | R 05.06 0    | A 05.06 4      | C 05.06 0     | A 05.06 4     | X 05.06 0  | S 05.06 4     | !already_done | A 05.06 4
shortened   | A 21.05 3     | F 26.05 4       | !not_frozen  | A 26.05 4    | A 26.05 4    | A 21.05 4     | T 21.05 0    | R 21.05 0    | A 21.05 4      | C 21.05 0     | A 21.05 4     | X 21.05 0  | S 21.05 4     | !already_done | A 21.05 4
renewed     | A 31.05 3     | F 05.06 4       | !not_frozen  | A 05.06 4    | A 26.05 4    | !already_done | !not_allowed | !not_allowed | !already_done  | C 31.05 0     | !not_allowed  | X 31.05 0  | S 31.05 4     | !already_done | A 31.05 4
at end      | A 31.05 3     | F 05.06 4       | !not_frozen  | A 05.06 4    | A 26.05 4    | !already_done | !not_allowed | !not_allowed | !already_done  | C 31.05 0     | !not_allowed  | X 31.05 0  | S 31.05 4     | !already_done | A 31.05 4
transferred | ?transferred  | !pass_closed    | !pass_closed | !pass_closed | !pass_closed | !pass_closed  | !pass_closed | !pass_closed | !pass_closed   | !pass_closed  | !pass_closed  | T 31.05 0  | T 31.05 0     | !already_done | !pass_closed
replaced    | ?replaced     | !pass_closed    | !pass_closed | !pass_closed | !pass_closed | !pass_closed  | !pass_closed | !pass_closed | !pass_closed   | !pass_closed  | !pass_closed  | R 31.05 0  | R 31.05 0     | !already_done | !pass_closed
cancelled   | ?cancelled    | !pass_closed    | !pass_closed | !pass_closed | !pass_closed | !pass_closed  | !pass_closed | !pass_closed | !pass_closed   | !already_done | !already_done | C 31.05 0  | C 31.05 0     | !already_done | !pass_closed
ending      | A 31.05 3     | F 05.06 4       | !not_frozen  | A 05.06 4    | A 26.05 4    | !not_allowed  | T 31.05 0    | R 31.05 0    | !not_allowed   | C 31.05 0     | !already_done | X 31.05 0  | S 31.05 4     | !already_done | A 31.05 4
expired     | ?expired      | !pass_ended     | !pass_ended  | A 05.06 4    | A 11.06 4    | X 31.05 0     | !pass_ended  | !pass_ended  | !pass_ended    | C 31.05 0     | !pass_ended   | X 31.05 0  | S 31.05 0     | !already_done | X 31.05 0
deleted     | ?plan_deleted | S 05.06 4       | !not_frozen  | S 05.06 4    | S 26.05 4    | !plan_deleted | T 31.05 0    | R 31.05 0    | S 31.05 4      | C 31.05 0     | S 31.05 4     | S 31.05 0  | !already_done | A 31.05 4 | S 31.05 4
restored    | A 31.05 3     | F 05.06 4       | !not_frozen  | A 05.06 4    | A 26.05 4    | A 31.05 4     | T 31.05 0    | R 31.05 0    | A 31.05 4      | C 31.05 0     | A 31.05 4     | X 31.05 0  | S 31.05 4     | !already_done | A 31.05 4
";

struct Club {
    engine: Engine,
    client: Value,
    other: Value,
    plan: Value,
    dearer: Value,
    pass: Value,
    used: Value,
    _folder: tempfile::TempDir,
}

/// An hour of a day of 2026 in Bucharest, by its date.
fn on(day: &str, hour: u8) -> String {
    format!("2026-{day}T{hour:02}:00:00+03:00")
}

fn money(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

fn cash(amount: &str) -> Value {
    json!([{"method": "cash", "amount": money(amount)}])
}

impl Club {
    fn send(&self, op: &str, args: &Value, at: &str) -> Result<Value, String> {
        self.request(&json!({"op": op, "args": args, "at": at}))
    }

    fn request(&self, request: &Value) -> Result<Value, String> {
        let reply = self.engine.execute_json(request.to_string().as_bytes());
        let reply: Value = serde_json::from_str(&reply).expect("a reply");
        match reply.get("error") {
            None => Ok(reply.get("reply").expect("a reply").clone()),
            Some(error) => Err(error.get("reason").and_then(Value::as_str).expect("a reason").to_owned()),
        }
    }

    fn ok(&self, op: &str, args: &Value, at: &str) -> Value {
        self.send(op, args, at).unwrap_or_else(|reason| panic!("{op} {args}: {reason}"))
    }

    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = Engine::open(folder.path().join("club.db"), Options::create().seeded(1)).expect("opens");
        let none = Value::Null;
        let mut club = Self {
            engine,
            client: none.clone(),
            other: none.clone(),
            plan: none.clone(),
            dearer: none.clone(),
            pass: none.clone(),
            used: none,
            _folder: folder,
        };
        let at = on("05-01", 10);
        let venue = json!({"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR"});
        club.ok("venue.add", &venue, &at);
        let id = |reply: Value, name: &str| reply.get(name).expect("an id").clone();
        club.client = id(club.ok("client.add", &json!({"first_name": "Ann"}), &at), "client");
        club.other = id(club.ok("client.add", &json!({"first_name": "Bob"}), &at), "client");
        let kind = json!({"visits": {"visits": 4, "validity": {"period": {"count": 30, "unit": "day"}}}});
        let life = json!({"freeze": {}, "transfer": {}, "renewal": {"grace_days": 5}});
        let plan = json!({"name": "Four", "kind": kind, "price": money("40.00"), "life": life});
        club.plan = id(club.ok("plan.add", &plan, &at), "plan");
        let kind = json!({"time": {"validity": {"period": {"count": 1, "unit": "year"}}}});
        let dearer = json!({"name": "Year", "kind": kind, "price": money("100.00")});
        club.dearer = id(club.ok("plan.add", &dearer, &at), "plan");
        club
    }

    fn sell(&mut self, start: &Value) {
        let args =
            json!({"client": self.client, "plan": self.plan, "payments": cash("40.00"), "start": start});
        self.pass = self.ok("pass.sell", &args, &on("05-01", 10)).get("pass").expect("an id").clone();
    }

    /// Does what a row or column says; `Err` is the reason with its mark.
    fn do_it(&self, verb: &str, at: &str) -> Result<(), String> {
        let pass = &self.pass;
        let (op, args) = match verb {
            "use" => return self.enter(at),
            "freeze" => ("pass.freeze", json!({"pass": pass, "days": 5})),
            "unfreeze" => ("pass.unfreeze", json!({"pass": pass})),
            "extend" => ("pass.extend", json!({"pass": pass, "days": 5, "reason": "illness"})),
            "change" if at > on("06-01", 0).as_str() => {
                ("pass.change", json!({"pass": pass, "set": {"through": "2026-06-10"}}))
            }
            "change" => ("pass.change", json!({"pass": pass, "set": {"through": "2026-05-25"}})),
            "renew" => ("pass.renew", json!({"pass": pass, "payments": cash("40.00")})),
            "transfer" => ("pass.transfer", json!({"pass": pass, "client": self.other})),
            "replace" => {
                let mut args = json!({"pass": pass, "plan": self.dearer});
                let quote = json!({"op": "pass.replace", "args": args, "at": at, "dry_run": true});
                if let Ok(quote) = self.request(&quote) {
                    args = json!({"pass": pass, "plan": self.dearer,
                        "payments": [{"method": "cash", "amount": quote.get("due").expect("what is due")}]});
                }
                ("pass.replace", args)
            }
            "replace at end" => {
                let (plan, when) = (&self.dearer, "at_end");
                (
                    "pass.replace",
                    json!({"pass": pass, "plan": plan, "when": when, "payments": cash("100.00")}),
                )
            }
            "cancel" => ("pass.cancel", json!({"pass": pass, "reason": "asked for"})),
            "cancel at end" => {
                ("pass.cancel", json!({"pass": pass, "reason": "asked for", "when": "at_end"}))
            }
            "reverse" => ("transfer.reverse", json!({"group": self.used, "reason": "error"})),
            "delete" => ("plan.delete", json!({"plan": self.plan})),
            "restore" => ("plan.delete", json!({"plan": self.plan, "undo": true})),
            other => panic!("no such verb: {other}"),
        };
        self.send(op, &args, at).map(drop).map_err(|reason| format!("!{reason}"))
    }

    fn enter(&self, at: &str) -> Result<(), String> {
        let entered = self.ok("access.enter", &json!({"client": self.client, "pass": self.pass}), at);
        match entered.pointer("/decision/reason").and_then(Value::as_str) {
            None => Ok(()),
            Some(reason) => Err(format!("?{reason}")),
        }
    }

    /// Makes the pass what the row says, on 10 May.
    fn prepare(&mut self, row: &str, verb: &str) {
        let start = if row == "waits" { json!({"on_first_use": {}}) } else { json!("at_sale") };
        self.sell(&start);
        if verb == "reverse" {
            let args = json!({"client": self.client, "pass": self.pass});
            self.used =
                self.ok("access.enter", &args, &on("05-07", 10)).get("group").expect("a group").clone();
        }
        let at = on("05-10", 10);
        let verbs: &[&str] = match row {
            "sold" | "waits" | "expired" => &[],
            "used" => &["use"],
            "extended" => &["extend"],
            "renewed" => &["renew"],
            "transferred" => &["transfer"],
            "replaced" => &["replace"],
            "at end" => &["replace at end"],
            "cancelled" => &["cancel"],
            "ending" => &["cancel at end"],
            "deleted" => &["delete"],
            "restored" => &["delete", "restore"],
            "frozen" => return drop(self.ok("pass.freeze", &json!({"pass": self.pass, "days": 10}), &at)),
            "unfrozen" => {
                self.ok("pass.freeze", &json!({"pass": self.pass, "days": 10}), &on("05-08", 10));
                &["unfreeze"]
            }
            "shortened" => {
                let set = json!({"through": "2026-05-20"});
                return drop(self.ok("pass.change", &json!({"pass": self.pass, "set": set}), &at));
            }
            other => panic!("no such row: {other}"),
        };
        for verb in verbs {
            self.do_it(verb, &at).unwrap_or_else(|reason| panic!("{row}: {verb}: {reason}"));
        }
    }

    /// State, end and rest of the pass.
    fn seen(&self, at: &str) -> String {
        let view = self.ok("pass.get", &json!({"pass": self.pass}), at);
        let word = |path: &str| view.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let state = match word("/state").expect("a state").as_str() {
            "suspended" => "S".to_owned(),
            "expired" => "X".to_owned(),
            other => other.chars().take(1).collect::<String>().to_uppercase(),
        };
        // Ends are midnights of summer time: 21:00 UTC of the day before.
        let end = word("/pass/ends").map_or("-".to_owned(), |end| {
            let end: carnet::domain::Instant = end.parse().expect("an instant");
            let zone: carnet::domain::calendar::Zone = "Europe/Bucharest".parse().expect("a zone");
            zone.date_of(end).format("%d.%m").to_string()
        });
        format!("{state} {end} {}", word("/rest").expect("a rest"))
    }
}

#[test]
fn every_pair_of_verbs_has_a_defined_result() {
    let cells = |line: &'static str| line.split('|').map(str::trim).collect::<Vec<_>>();
    let mut lines = TABLE.trim().lines();
    let verbs = cells(lines.next().expect("a head"));
    let (mut wrong, mut pairs) = (Vec::new(), Vec::new());
    for line in lines {
        let row = cells(line);
        let name = row.first().copied().expect("a name");
        for (verb, expected) in verbs.iter().zip(&row).skip(1) {
            let expected = expected.split_whitespace().collect::<Vec<_>>().join(" ");
            let found = pair(name, verb);
            pairs.push((name, verb));
            if found != expected {
                wrong.push(format!("{name}, then {verb}: expected {expected}, found {found}"));
            }
        }
    }
    assert_eq!(pairs.len(), 16 * 15);
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
}

/// What comes of one thing after another.
fn pair(row: &str, verb: &str) -> String {
    let mut club = Club::new();
    club.prepare(row, verb);
    let (now, later) = if row == "expired" { ("06-02", "06-02") } else { ("05-12", "05-12") };
    let (done, seen_on) = match verb {
        "expire" => (Ok(()), "06-30"),
        _ => {
            let before = club.seen(&on(now, 10));
            let done = club.do_it(verb, &on(now, 10));
            if done.is_err() {
                assert_eq!(
                    club.seen(&on(later, 10)),
                    before,
                    "{row}, then {verb}: refused, and yet it did something"
                );
            }
            (done, later)
        }
    };
    let seen = club.seen(&on(seen_on, 11));
    let check = club.ok("store.check", &json!({}), &on(seen_on, 11));
    assert_eq!(check.get("ok"), Some(&json!(true)), "{row}, then {verb}: {check}");
    done.map_or_else(|reason| reason, |()| seen)
}
