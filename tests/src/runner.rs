//! Sends a scenario through a door and says what was not as expected.
//!
//! Three things are asked of every scenario without being written in it: a completed write takes the next
//! position of the journal and nothing else takes one; at the end `store.check` and `journal.verify` find
//! nothing; and, where the run is audited, `report.owed` adds up after every write.

use crate::door::Door;
use crate::matching::{Saved, differences, references};
use crate::scenario::{Scenario, Step};
use serde_json::{Value, json};

/// What came of a scenario at one door.
#[derive(Debug, Default)]
pub struct Run {
    /// Every reply in its canonical form: members in order, no spaces.
    pub replies: Vec<String>,
    /// What was not as expected, each with its step.
    pub failures: Vec<String>,
    /// Where the door cannot do what the scenario asks for, why.
    pub skipped: Option<String>,
    /// What the named steps answered.
    pub saved: Saved,
    /// The last position of the journal.
    pub position: i64,
}

/// Runs a scenario.
///
/// # Errors
/// The door broke, or a reference leads nowhere: nothing after it can be run.
pub fn run(scenario: &Scenario, door: &mut dyn Door, audited: bool) -> Result<Run, String> {
    let mut run = Run::default();
    let mut waiting: Vec<(usize, Value)> = Vec::new();
    for (number, step) in scenario.steps.iter().enumerate() {
        let needed = references(&json!([step.request, step.batch]));
        let named = |(number, _): &(usize, Value)| scenario.steps[*number].name.as_ref();
        if waiting.iter().any(|one| named(one).is_some_and(|name| needed.contains(name))) {
            run.send(scenario, &mut waiting, door, audited)?;
        }
        if let Some(batch) = &step.batch {
            run.send(scenario, &mut waiting, door, audited)?;
            if !run.batch(step, batch, number, door)? {
                return Ok(run);
            }
            continue;
        }
        let request = step.request.as_ref().ok_or("no request")?;
        let request = run.saved.resolve(request).map_err(|lost| told(step, number, &lost))?;
        // A read in a group sees what was committed before the group, so it goes alone.
        let alone = !request["op"].as_str().is_some_and(crate::writes);
        for _ in 0..step.repeat {
            if alone {
                run.send(scenario, &mut waiting, door, audited)?;
            }
            waiting.push((number, request.clone()));
            if alone || waiting.len() >= door.group() {
                run.send(scenario, &mut waiting, door, audited)?;
            }
        }
    }
    run.send(scenario, &mut waiting, door, audited)?;
    run.whole(door)?;
    Ok(run)
}

/// A failure with the step it belongs to; setup steps count too.
fn told(step: &Step, number: usize, what: &str) -> String {
    let op = step.request.as_ref().and_then(|request| request["op"].as_str()).unwrap_or("batch");
    let why = step.why.as_deref().map(|why| format!(" ({why})")).unwrap_or_default();
    format!("step {} {op}: {what}{why}", number + 1)
}

impl Run {
    fn send(
        &mut self,
        scenario: &Scenario,
        waiting: &mut Vec<(usize, Value)>,
        door: &mut dyn Door,
        audited: bool,
    ) -> Result<(), String> {
        if waiting.is_empty() {
            return Ok(());
        }
        let requests: Vec<String> = waiting.iter().map(|(_, request)| request.to_string()).collect();
        let replies = door.execute_all(&requests)?;
        if replies.len() != requests.len() {
            return Err(format!("{} requests, {} replies", requests.len(), replies.len()));
        }
        for ((number, request), reply) in std::mem::take(waiting).iter().zip(replies) {
            let step = &scenario.steps[*number];
            let envelope = self.envelope(step, *number, &reply)?;
            self.grows(step, *number, request, &envelope);
            let found = judge(step, &self.saved, &envelope)?;
            self.failures.extend(found.iter().map(|what| told(step, *number, what)));
            if audited && envelope.get("error").is_none() && writes(request) {
                let found = owed(door)?;
                self.failures.extend(found.iter().map(|what| told(step, *number, what)));
            }
        }
        Ok(())
    }

    /// Keeps the reply under its name and for the comparison of the doors.
    fn envelope(&mut self, step: &Step, number: usize, reply: &str) -> Result<Value, String> {
        let envelope: Value =
            serde_json::from_str(reply).map_err(|error| told(step, number, &format!("{error}: {reply}")))?;
        self.replies.push(envelope.to_string());
        if let Some(name) = &step.name {
            self.saved.keep(name, envelope.clone());
        }
        Ok(envelope)
    }

    /// The journal grows by one with a completed write, and with nothing else.
    fn grows(&mut self, step: &Step, number: usize, request: &Value, envelope: &Value) {
        let done = envelope.get("error").is_none() && envelope["replayed"] != json!(true);
        if !(done && writes(request)) {
            return;
        }
        self.position += 1;
        if envelope["position"] != json!(self.position) {
            let what = format!("expected position {}, found {}", self.position, envelope["position"]);
            self.failures.push(told(step, number, &what));
        }
    }

    /// Runs a batch; false where the door has none.
    fn batch(
        &mut self,
        step: &Step,
        batch: &[Value],
        number: usize,
        door: &mut dyn Door,
    ) -> Result<bool, String> {
        let requests = self.saved.resolve(&Value::Array(batch.to_vec()))?;
        let Some(reply) = door.execute_batch(&requests.to_string()) else {
            self.skipped = Some("has no batches".to_owned());
            return Ok(false);
        };
        let mut envelope = self.envelope(step, number, &reply?)?;
        if let Some(replies) = envelope.get("replies").and_then(Value::as_array).cloned() {
            for (request, one) in batch.iter().zip(&replies) {
                self.grows(step, number, request, one);
            }
            // For `expect` and references, the replies of a batch stand where the reply of a request does.
            envelope["reply"] = replies.iter().map(|one| one["reply"].clone()).collect();
            if let Some(name) = &step.name {
                self.saved.keep(name, envelope.clone());
            }
        }
        let found = judge(step, &self.saved, &envelope)?;
        self.failures.extend(found.iter().map(|what| told(step, number, what)));
        Ok(true)
    }

    /// What must hold after every scenario.
    fn whole(&mut self, door: &mut dyn Door) -> Result<(), String> {
        for (op, expected) in [
            ("store.check", json!({"ok": true, "count": 0, "balanced": true})),
            ("journal.verify", json!({"ok": true, "broken_at": null, "entries": self.position})),
        ] {
            let reply = ask(door, &json!({"op": op}))?;
            // The head of the chain must be the same at every door, too.
            self.replies.push(reply.to_string());
            let found = differences(&expected, &reply["reply"]);
            if !found.is_empty() {
                self.failures.push(format!("{op} at the end: {}: {reply}", found.join("; ")));
            }
        }
        Ok(())
    }
}

fn writes(request: &Value) -> bool {
    request["dry_run"] != json!(true) && request["op"].as_str().is_some_and(crate::writes)
}

fn ask(door: &mut dyn Door, request: &Value) -> Result<Value, String> {
    let reply = door.execute(&request.to_string())?;
    serde_json::from_str(&reply).map_err(|error| format!("{error}: {reply}"))
}

/// Whether an envelope is what the step expects.
fn judge(step: &Step, saved: &Saved, envelope: &Value) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    match (&step.error, envelope.get("error")) {
        (Some(expected), Some(error)) => {
            let mut expected = saved.resolve(expected)?;
            if expected.get("field").is_none() {
                expected["field"] = Value::Null;
            }
            found.extend(differences(&expected, error).iter().map(|what| what.replacen("reply", "error", 1)));
        }
        (Some(expected), None) => found.push(format!("expected {expected}, found {envelope}")),
        (None, Some(error)) => found.push(format!("found the error {error}")),
        (None, None) => {}
    }
    if let (Some(expected), Some(reply)) = (&step.expect, envelope.get("reply")) {
        found.extend(differences(&saved.resolve(expected)?, reply));
    }
    if let Some(expected) = &step.envelope {
        let outer = differences(&saved.resolve(expected)?, envelope);
        found.extend(outer.iter().map(|what| what.replacen("reply", "envelope", 1)));
    }
    Ok(found)
}

/// `sold = recognised + breakage + refunded + owed` for every plan of every venue, and the plans add up.
fn owed(door: &mut dyn Door) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let venues = ask(door, &json!({"op": "venue.list"}))?;
    for venue in venues["reply"]["venues"].as_array().into_iter().flatten() {
        let reply = ask(door, &json!({"op": "report.owed", "venue": venue["venue"]}))?;
        let report = &reply["reply"];
        let Some(plans) = report["plans"].as_array() else {
            found.push(format!("report.owed: {reply}"));
            continue;
        };
        let mut sum = 0;
        for plan in plans {
            let parts = ["recognised", "breakage", "refunded", "handed_over", "owed"];
            let parts = parts.iter().map(|part| minor(&plan[part]));
            let of_passes = owed_by_passes(door, &venue["venue"], &plan["plan"])?;
            if minor(&plan["owed"]) != of_passes {
                found.push(format!("report.owed: the passes of the plan owe {of_passes}: {plan}"));
            }
            if minor(&plan["sold"]) + minor(&plan["taken_over"]) != parts.sum() {
                found.push(format!("report.owed: the parts are not what was sold: {plan}"));
            }
            sum += minor(&plan["owed"]);
        }
        if minor(&report["passes"]) != sum {
            found.push(format!("report.owed: the plans owe {sum}, the total is {}", report["passes"]));
        }
        found.extend(books(door, &venue["venue"])?);
    }
    Ok(found)
}

/// The books of all time add up: every plan, all plans with deferred revenue, and what was debited with what was credited.
fn books(door: &mut dyn Door, venue: &Value) -> Result<Vec<String>, String> {
    let args = json!({"from": "2000-01-01", "to": "9999-01-01"});
    let reply = ask(door, &json!({"op": "report.books", "args": args, "venue": venue}))?;
    let books = &reply["reply"];
    let mut found = Vec::new();
    let sum = |owed: &Value, parts: &[&str]| parts.iter().map(|part| minor(&owed[part])).sum::<i128>();
    let plans: Vec<&Value> =
        books["plans"].as_array().into_iter().flatten().map(|plan| &plan["owed"]).collect();
    for owed in plans.iter().copied().chain([&books["owed"]]) {
        let given = ["recognised", "breakage", "refunded", "handed_over", "after"];
        if sum(owed, &["before", "sold", "taken_over"]) != sum(owed, &given) {
            found.push(format!("report.books: the parts are not what was sold: {owed}"));
        }
    }
    let after = |part: &Value| minor(&part["after"]);
    let counters: Vec<&Value> = books["counters"].as_array().into_iter().flatten().collect();
    let deferred = counters.iter().filter(|one| one["counter"] == "deferred_revenue").map(|one| after(one));
    let total = after(&books["owed"]);
    if plans.iter().map(|owed| after(owed)).sum::<i128>() != total || deferred.sum::<i128>() != total {
        found.push(format!("report.books: the plans, their total and deferred revenue differ: {books}"));
    }
    let debited = ["cash", "card_terminal", "bank", "promotion_cost", "opening_balance", "adjustment"];
    let signed = |one: &&Value| {
        if debited.iter().any(|name| one["counter"] == *name) { after(one) } else { -after(one) }
    };
    if counters.iter().map(signed).sum::<i128>() != after(&books["accounts"]) {
        found.push(format!("report.books: debits are not credits: {books}"));
    }
    Ok(found)
}

/// What the passes that a venue sold of a plan owe, each by itself.
fn owed_by_passes(door: &mut dyn Door, venue: &Value, plan: &Value) -> Result<i128, String> {
    let reply =
        ask(door, &json!({"op": "pass.list", "args": {"plan": plan, "limit": 1000}, "venue": venue}))?;
    let passes = reply["reply"]["passes"].as_array().ok_or_else(|| format!("pass.list: {reply}"))?;
    let own = passes.iter().filter(|pass| pass["pass"]["venue"] == *venue);
    Ok(own.map(|pass| minor(&pass["owed"])).sum())
}

/// An amount in minor units. What is no amount equals nothing.
fn minor(money: &Value) -> i128 {
    let digits = money["amount"].as_str().map(|amount| amount.replace('.', ""));
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(i128::MIN / 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    /// A door whose replies are written down beforehand.
    struct Script(Vec<&'static str>);

    impl Door for Script {
        fn execute(&mut self, _request: &str) -> Result<String, String> {
            if self.0.is_empty() { Err("no more".to_owned()) } else { Ok(self.0.remove(0).to_owned()) }
        }
        fn execute_batch(&mut self, _requests: &str) -> Option<Result<String, String>> {
            None
        }
    }

    const GOOD: [&str; 2] =
        [r#"{"reply":{"ok":true,"count":0,"balanced":true}}"#, r#"{"reply":{"ok":true,"entries":1}}"#];

    fn failures(steps: &str, replies: &[&'static str]) -> Vec<String> {
        let text = format!(r#"{{"id":"x","title":"y","steps":{steps}}}"#);
        let scenario: Scenario = serde_json::from_str(&text).expect("well-formed");
        run(&scenario, &mut Script(replies.to_vec()), false).expect("runs").failures
    }

    #[test]
    fn a_wrong_reply_position_or_check_is_told() {
        let step = r#"[{"do":{"op":"day.open"},"expect":{"date":"2026-05-04"}}]"#;
        let right = r#"{"reply":{"date":"2026-05-04"},"position":1}"#;
        assert!(failures(step, &[right, GOOD[0], GOOD[1]]).is_empty());
        let late = r#"{"reply":{"date":"2026-05-04"},"position":2}"#;
        assert_eq!(failures(step, &[late, GOOD[0], GOOD[1]]).len(), 1);
        let wrong = r#"{"reply":{"date":"2026-05-05"},"position":1}"#;
        assert_eq!(failures(step, &[wrong, GOOD[0], GOOD[1]]).len(), 1);
        let unbalanced = r#"{"reply":{"ok":true,"count":0,"balanced":false}}"#;
        assert_eq!(failures(step, &[right, unbalanced, GOOD[1]]).len(), 1);
        let longer = r#"{"reply":{"ok":true,"entries":2}}"#;
        assert_eq!(failures(step, &[right, GOOD[0], longer]).len(), 1);
    }

    #[test]
    fn an_error_must_be_the_expected_one_with_its_field() {
        let read = r#"{"reply":{"ok":true,"entries":0}}"#;
        let step = |error: &str| format!(r#"[{{"do":{{"op":"day.open"}},"error":{error}}}]"#);
        let expected = step(r#"{"code":"refused","reason":"day_open"}"#);
        let right = r#"{"error":{"code":"refused","reason":"day_open"}}"#;
        assert!(failures(&expected, &[right, GOOD[0], read]).is_empty());
        let other = r#"{"error":{"code":"refused","reason":"day_closed"}}"#;
        assert_eq!(failures(&expected, &[other, GOOD[0], read]).len(), 1);
        let field = r#"{"error":{"code":"refused","reason":"day_open","field":"date"}}"#;
        assert_eq!(failures(&expected, &[field, GOOD[0], read]).len(), 1);
        let unexpected = r#"[{"do":{"op":"day.open"}}]"#;
        assert_eq!(failures(unexpected, &[right, GOOD[0], read]).len(), 1);
    }

    #[test]
    fn what_is_owed_must_add_up() {
        let money = |amount: &str| json!({"amount": amount, "currency": "EUR"});
        let report = |owed: &str, passes: &str| {
            let plan = json!({"plan": 3, "sold": money("90.00"), "taken_over": money("15.00"), "recognised": money("30.00"),
                "breakage": money("20.00"), "refunded": money("0.00"), "handed_over": money("5.00"), "owed": money(owed)});
            json!({"reply": {"plans": [plan], "passes": money(passes)}}).to_string().leak() as &'static str
        };
        let venues = r#"{"reply":{"venues":[{"venue":1}]}}"#;
        let passes = |owed: &str| {
            let pass = |venue, owed| json!({"pass": {"venue": venue}, "owed": money(owed)});
            let passes = [pass(1, owed), pass(1, "20.00"), pass(2, "7.00")];
            json!({"reply": {"passes": passes}}).to_string().leak() as &'static str
        };
        let books = |accounts: &str| {
            let parts = ["before", "sold", "taken_over", "recognised", "breakage", "refunded", "handed_over"];
            let mut owed: serde_json::Map<String, Value> =
                parts.iter().map(|part| ((*part).to_owned(), money("0.00"))).collect();
            owed.insert("sold".to_owned(), money("5.00"));
            owed.insert("after".to_owned(), money("5.00"));
            let till = json!({"counter": "cash", "after": money("7.00")});
            let deferred = json!({"counter": "deferred_revenue", "after": money("5.00")});
            let books = json!({"plans": [{"owed": owed}], "owed": owed, "counters": [till, deferred],
                "accounts": {"after": money(accounts)}});
            json!({"reply": books}).to_string().leak() as &'static str
        };
        let told = |script: Vec<&'static str>| owed(&mut Script(script)).expect("runs").len();
        let found = |report, passes| told(vec![venues, report, passes, books("2.00")]);
        let whole = (report("50.00", "50.00"), passes("30.00"));
        assert_eq!(told(vec![venues, whole.0, whole.1, books("2.01")]), 1, "debits and credits");
        assert_eq!(found(report("50.00", "50.00"), passes("30.00")), 0);
        assert_eq!(found(report("49.99", "49.99"), passes("29.99")), 1, "the parts");
        assert_eq!(found(report("50.00", "50.01"), passes("30.00")), 1, "the total");
        assert_eq!(found(report("50.00", "50.00"), passes("30.01")), 1, "the passes");
        assert_eq!(found(r#"{"error":{}}"#, ""), 1);
    }
}
