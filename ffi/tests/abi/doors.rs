//! The typed functions mean what the JSON door means: the same replies, the same errors, the same journal.

use crate::support::{AT, Club, TEN, empty, fill, furnish, read, told};
use carnet_abi::*;
use serde_json::{Value, json};
use std::ptr::{null, null_mut};

/// Two clubs with one seed: one used by JSON, one by structs.
fn pair() -> (Club, Club) {
    let (by_json, typed) = (Club::open(), Club::open());
    furnish(&by_json);
    furnish(&typed);
    assert_eq!(by_json.head(), typed.head());
    (by_json, typed)
}

/// What comes with every call here, with a key.
fn call(key: &str) -> carnet_call {
    let mut call: carnet_call = empty();
    call.at = TEN;
    fill(&mut call.key, key);
    call
}

/// Null says the same as nothing.
fn bare(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(|member| *member = bare(member.take()));
        }
        Value::Array(list) => list.iter_mut().for_each(|member| *member = bare(member.take())),
        _ => {}
    }
    value
}

fn by_json(club: &Club, op: &str, key: &str, args: Value) -> Result<Value, Value> {
    let mut request = json!({"op": op, "args": args, "at": AT});
    if !key.is_empty() {
        request["key"] = key.into();
    }
    club.execute(&request.to_string()).map(|reply| reply["reply"].clone())
}

/// Calls a typed function: nothing, or the error.
macro_rules! typed {
    ($function:ident($($arg:expr),*)) => {{
        let mut error: *mut carnet_error = null_mut();
        // SAFETY: structs with their sizes, places to write to.
        let code = unsafe { $function($($arg,)* &raw mut error) };
        if code == 0 { assert!(error.is_null()); Ok(()) } else { assert_eq!(carnet_error_number(error), code); Err(told(&mut error)) }
    }};
}

fn money(amount: &carnet_money) -> Value {
    match read(&amount.currency).as_str() {
        "" => Value::Null,
        currency => {
            json!({"amount": format!("{}.{:02}", amount.minor / 100, amount.minor % 100), "currency": currency})
        }
    }
}

fn id(number: i64) -> Value {
    if number == 0 { Value::Null } else { number.into() }
}

fn time(micros: i64) -> Value {
    if micros == CARNET_NO_TIME {
        return Value::Null;
    }
    let instant = engine::domain::Instant::from_micros(micros).expect("an instant");
    instant.to_string().into()
}

fn word(number: i32) -> Value {
    let name = carnet_deny_name(number);
    if name.is_null() {
        return Value::Null;
    }
    // SAFETY: static memory.
    unsafe { std::ffi::CStr::from_ptr(name) }.to_str().expect("a word").into()
}

fn visits(number: i64) -> Value {
    if number == CARNET_NO_VISITS { Value::Null } else { number.into() }
}

/// A decision as JSON has it, but for the lots.
fn decision(got: &carnet_decision) -> Value {
    let rules: Vec<Value> = got.rules[..usize::try_from(got.rule_count).expect("few").min(8)]
        .iter()
        .map(|rule| {
            let mut told =
                json!({"reason": word(rule.reason), "pass": id(rule.pass), "until": time(rule.until)});
            if rule.missing[0] != 0 {
                told["missing"] = read(&rule.missing).into();
            }
            told
        })
        .collect();
    let payer = (got.pass != 0).then(|| {
        let kind = ["time", "credit", "visits"][usize::try_from(got.kind - 1).expect("a kind")];
        json!({"pass": got.pass, "plan": got.plan, "kind": kind, "visits": visits(got.visits),
            "visits_left": visits(got.visits_left), "credit": money(&got.credit),
            "credit_left": money(&got.credit_left), "ends": time(got.ends)})
    });
    let outcome = ["admitted", "refused"][usize::try_from(got.outcome - 1).expect("an outcome")];
    json!({"outcome": outcome,
        "reason": word(got.reason), "rules": rules, "client": id(got.client), "payer": payer,
        "reentry": got.reentry == 1, "display": [read(&got.line1), read(&got.line2)]})
}

fn without_lots(mut decision: Value) -> Value {
    if let Some(payer) = decision["payer"].as_object_mut() {
        payer.remove("lots");
    }
    bare(decision)
}

#[test]
fn a_day_at_the_door_is_the_same_through_both_doors() {
    let (other, club) = pair();
    let first = club.first();
    let at = call("");
    let mut card: carnet_card = empty();
    typed!(carnet_card_find(club.engine, &at, c" 04Ab2f ".as_ptr(), usize::MAX, &raw mut card))
        .expect("found");
    let found = &by_json(&other, "card.find", "", json!({"uid": " 04Ab2f "})).expect("found")["card"];
    let got = json!({"card": card.card, "uid": read(&card.uid), "client": card.client, "kind": "rfid", "state": "active",
        "issued": time(card.issued)});
    assert_eq!((&got, card.kind, card.state), (found, CARNET_CARD_RFID, CARNET_CARD_STATE_ACTIVE));

    let asks: [(&str, i64, i64, i64); 6] = [
        ("04AB2F", 0, 0, 0),
        ("04AB2F", 0, first + 1, first),
        ("04AB2F", 0, first + 1, 0),
        ("", first, 0, first),
        ("nobody's", 0, 0, 0),
        ("", first, 999, 0),
    ];
    for (card, client, pass, service) in asks {
        let mut access: carnet_access = empty();
        fill(&mut access.card, card);
        (access.client, access.pass, access.service) = (client, pass, service);
        let mut args = json!({});
        for (name, value) in [("client", client), ("pass", pass), ("service", service)] {
            if value != 0 {
                args[name] = value.into();
            }
        }
        if !card.is_empty() {
            args["card"] = card.into();
        }
        let mut got: carnet_decision = empty();
        typed!(carnet_access_decide(club.engine, &at, &access, &raw mut got)).expect("an answer");
        let wanted = by_json(&other, "access.decide", "", args).expect("an answer");
        assert_eq!(bare(decision(&got)), without_lots(wanted), "{card} {client} {pass} {service}");
    }

    let mut access: carnet_access = empty();
    fill(&mut access.card, "04AB2F");
    for key in ["in-1", "in-1", "in-2"] {
        let (mut got, mut entered): (carnet_decision, carnet_entered) = (empty(), empty());
        typed!(carnet_access_enter(club.engine, &call(key), &access, &raw mut got, &raw mut entered))
            .expect("an answer");
        let wanted = by_json(&other, "access.enter", key, json!({"card": "04AB2F"})).expect("an answer");
        assert_eq!(bare(decision(&got)), without_lots(wanted["decision"].clone()), "{key}");
        let ids = json!([
            id(entered.visit),
            id(entered.attempt),
            id(entered.conflict),
            id(entered.group),
            id(entered.pass_use)
        ]);
        assert_eq!(
            ids,
            json!([
                wanted["visit"],
                wanted["attempt"],
                wanted["conflict"],
                wanted["group"],
                wanted["pass_use"]
            ])
        );
        assert_eq!(got.outcome, if key == "in-1" { CARNET_OUTCOME_ADMITTED } else { CARNET_OUTCOME_REFUSED });
    }
    let (mut leave, mut exited): (carnet_leave, carnet_exited) = (empty(), empty());
    leave.client = first;
    let mut later = call("out");
    later.at = TEN + 90 * 60_000_000;
    typed!(carnet_access_exit(club.engine, &later, &leave, &raw mut exited)).expect("out");
    let request = json!({"op": "access.exit", "args": {"client": first}, "at": "2026-05-04T11:30:00+03:00", "key": "out"});
    assert_eq!(
        json!({"visit": exited.visit, "client": exited.client, "seconds": exited.seconds}),
        other.asked(&request.to_string())
    );
    assert_eq!(exited.seconds, 90 * 60);
    assert_eq!(club.head(), other.head(), "the same journal");
}

#[test]
fn a_door_that_is_switched_off_stays_shut() {
    let club = Club::open();
    furnish(&club);
    let off = json!({"venue": club.first(), "set": {"switched_off": ["access_control"]}});
    club.at_ten("venue.change", &off.to_string());
    let head = club.head();
    let mut access: carnet_access = empty();
    fill(&mut access.card, "04AB2F");
    let (mut decision, mut entered): (carnet_decision, carnet_entered) = (empty(), empty());
    let (mut leave, mut exited): (carnet_leave, carnet_exited) = (empty(), empty());
    leave.client = club.first();
    let (at, key) = (call(""), call("in"));
    for refused in [
        typed!(carnet_access_decide(club.engine, &at, &access, &raw mut decision)),
        typed!(carnet_access_enter(club.engine, &key, &access, &raw mut decision, &raw mut entered)),
        typed!(carnet_access_exit(club.engine, &key, &leave, &raw mut exited)),
    ] {
        let error = refused.expect_err("is refused");
        assert_eq!((&error["reason"], &error["field"]), (&json!("disabled"), &json!("access_control")));
        // Whoever looks at the structs all the same finds nothing that opens a door.
        assert_eq!((decision.outcome, decision.client, entered.visit), (0, 0, 0));
    }
    assert_eq!(club.head(), head, "nothing was written");
}

#[test]
fn money_is_the_same_through_both_doors() {
    let (other, club) = pair();
    let first = club.first();
    let balance = |wanted_minor: i64| {
        let mut got: carnet_balance = empty();
        typed!(carnet_account_balance(club.engine, &call(""), first, c"EUR".as_ptr(), 3, &raw mut got))
            .expect("a balance");
        let wanted = by_json(&other, "account.balance", "", json!({"client": first})).expect("a balance");
        let told = json!({"account": got.account, "balance": money(&got.balance), "debt": money(&got.debt), "debt_limit": money(&got.debt_limit)});
        assert_eq!(told, wanted);
        assert_eq!(got.balance.minor, wanted_minor);
    };
    balance(5000);
    let mut charge: carnet_charge = empty();
    (charge.client, charge.service) = (first, first);
    charge.amount.minor = 1234;
    fill(&mut charge.amount.currency, "EUR");
    fill(&mut charge.tax, "8.5");
    let mut paper = call("bill");
    (paper.flags, paper.line, paper.business_date, paper.by) = (CARNET_CALL_HAS_LINE, 0, 20_260_504, first);
    fill(&mut paper.document_system, "pos");
    fill(&mut paper.document_number, "17");
    let mut charged: carnet_charged = empty();
    typed!(carnet_account_charge(club.engine, &paper, &charge, &raw mut charged)).expect("paid");
    let request = json!({"op": "account.charge", "at": AT, "key": "bill", "by": first,
        "document": {"system": "pos", "number": "17", "line": 0, "business_date": "2026-05-04"},
        "args": {"client": first, "service": first, "amount": {"amount": "12.34", "currency": "EUR"}, "tax": "8.5"}});
    let wanted = other.asked(&request.to_string());
    let told = json!([charged.account, charged.group, money(&charged.balance), money(&charged.debt)]);
    assert_eq!(told, json!([wanted["account"], wanted["group"], wanted["balance"], wanted["debt"]]));
    balance(3766);

    // Two euros of it go back.
    let (mut reversal, mut reversed): (carnet_reversal, carnet_reversed) = (empty(), empty());
    reversal.group = charged.group;
    fill(&mut reversal.amount, "2.00");
    fill(&mut reversal.reason, "too much");
    typed!(carnet_reverse(club.engine, &call("back"), &reversal, &raw mut reversed)).expect("reversed");
    let args = json!({"group": charged.group, "amount": "2.00", "reason": "too much"});
    let wanted = by_json(&other, "transfer.reverse", "back", args).expect("reversed");
    assert_eq!(
        (reversed.group, u64::from(reversed.movement_count)),
        (wanted["group"].as_i64().expect("an id"), 1)
    );
    let (got, told) = (&reversed.movements[0], &wanted["movements"][0]);
    assert_eq!(
        (got.amount, got.left, got.unit, read(&got.currency).as_str()),
        (200, 1034, CARNET_UNIT_MONEY, "EUR")
    );
    assert_eq!(
        json!([got.transfer, id(got.lot), "2.00", "10.34"]),
        json!([told["transfer"], told["lot"], told["amount"], told["left"]])
    );
    balance(3966);
    assert_eq!(club.head(), other.head(), "the same journal");
}

#[test]
fn a_hold_is_the_same_through_both_doors() {
    let (other, club) = pair();
    let first = club.first();
    let part = |unit: i32, pass: i64, amount: i64| {
        // SAFETY: a struct of numbers and texts, for which nothing but zeros is right.
        let mut part: carnet_amount = unsafe { std::mem::zeroed() };
        (part.unit, part.pass, part.amount) = (unit, pass, amount);
        if unit != CARNET_UNIT_VISITS {
            fill(&mut part.currency, "EUR");
        }
        part
    };
    let mut hold: carnet_hold = empty();
    (hold.client, hold.part_count, hold.minutes) = (first, 3, 30);
    hold.parts[0] = part(CARNET_UNIT_MONEY, 0, 2000);
    hold.parts[1] = part(CARNET_UNIT_VISITS, first, 3);
    hold.parts[2] = part(CARNET_UNIT_CREDIT, first + 1, 1550);
    fill(&mut hold.more_percent, "20");
    fill(&mut hold.reason, "Wochenende für zwei");
    let euros = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    let parts = |cash: &str, visits: i64, credit: &str| json!([{"money": euros(cash)}, {"visits": {"pass": first, "visits": visits}}, {"credit": {"pass": first + 1, "credit": euros(credit)}}]);
    let args = json!({"client": first, "minutes": 30, "more_up_to": {"percent": "20"}, "reason": "Wochenende für zwei",
        "parts": parts("20.00", 3, "15.50")});
    for key in ["h1", "h2"] {
        let mut placed: carnet_placed = empty();
        typed!(carnet_hold_place(club.engine, &call(key), &hold, &raw mut placed)).expect("held");
        let wanted = by_json(&other, "hold.place", key, args.clone()).expect("held");
        let held: Vec<Value> = placed.parts[..placed.part_count as usize]
            .iter()
            .map(|part| json!({"account": part.account, "pass": id(part.pass), "lot": part.lot, "amount": part.amount, "held": part.amount}))
            .collect();
        let told = json!({"hold": placed.hold, "expires": time(placed.expires), "parts": held});
        assert_eq!(bare(told), bare(wanted));
        assert_eq!(placed.expires, TEN + 30 * 60_000_000);
    }
    let (mut capture, mut captured): (carnet_capture, carnet_captured) = (empty(), empty());
    (capture.hold, capture.part_count, capture.keep_open) = (first, 2, 1);
    (capture.parts[0], capture.parts[1]) =
        (part(CARNET_UNIT_MONEY, 0, 500), part(CARNET_UNIT_VISITS, first, 1));
    fill(&mut capture.tax, "19");
    typed!(carnet_hold_capture(club.engine, &call("c1"), &capture, &raw mut captured)).expect("captured");
    let args = json!({"hold": first, "keep_open": true, "tax": "19",
        "parts": [{"money": euros("5.00")}, {"visits": {"pass": first, "visits": 1}}]});
    let wanted = by_json(&other, "hold.capture", "c1", args).expect("captured");
    assert_eq!(captured.state, CARNET_HOLD_OPEN);
    assert_eq!(
        json!([captured.hold, captured.version, captured.group]),
        json!([wanted["hold"], wanted["version"], wanted["group"]])
    );
    for (got, told) in captured.parts[..captured.part_count as usize]
        .iter()
        .zip(wanted["captured"].as_array().expect("a list"))
    {
        assert_eq!(json!([got.account, id(got.amount.pass)]), json!([told["account"], told["pass"]]));
        let (amount, unit) =
            if told["unit"] == "visits" { (1, CARNET_UNIT_VISITS) } else { (500, CARNET_UNIT_MONEY) };
        assert_eq!((got.amount.amount, got.amount.unit), (amount, unit));
    }
    assert_eq!(captured.part_count, 2);
    let mut all: carnet_capture = empty();
    all.hold = first;
    typed!(carnet_hold_capture(club.engine, &call("c2"), &all, null_mut())).expect("the rest");
    by_json(&other, "hold.capture", "c2", json!({"hold": first})).expect("the rest");
    let mut released: carnet_released = empty();
    typed!(carnet_hold_release(club.engine, &call("r"), first + 1, &raw mut released)).expect("free");
    let wanted = by_json(&other, "hold.release", "r", json!({"hold": first + 1})).expect("free");
    assert_eq!(json!({"hold": released.hold, "version": released.version}), wanted);
    assert_eq!(club.head(), other.head(), "the same journal");
}

#[test]
fn what_is_wrong_is_said_in_the_same_words() {
    let (other, club) = pair();
    let first = club.first();
    let engine = club.engine;
    let mut charge: carnet_charge = empty();
    charge.client = first;
    let check = |got: Result<(), Value>, op: &str, args: Value| {
        assert_eq!(got.expect_err(op), by_json(&other, op, "", args).expect_err(op), "{op}");
    };
    let at = call("");
    let euros = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    let none = null_mut::<carnet_charged>();
    check(
        typed!(carnet_account_charge(engine, &at, &charge, none)),
        "account.charge",
        json!({"client": first}),
    );
    charge.client = -3;
    check(typed!(carnet_account_charge(engine, &at, &charge, none)), "account.charge", json!({"client": -3}));
    charge.client = first;
    fill(&mut charge.amount.currency, "EUR");
    charge.amount.minor = 5001;
    let over = json!({"client": first, "amount": euros("50.01")});
    check(typed!(carnet_account_charge(engine, &at, &charge, none)), "account.charge", over);
    charge.amount.minor = i64::MAX;
    let huge = json!({"client": first, "amount": euros("92233720368547758.07")});
    check(typed!(carnet_account_charge(engine, &at, &charge, none)), "account.charge", huge);
    charge.amount.minor = 100;
    fill(&mut charge.tax, "a lot");
    let tax = json!({"client": first, "amount": euros("1.00"), "tax": "a lot"});
    check(typed!(carnet_account_charge(engine, &at, &charge, none)), "account.charge", tax);
    fill(&mut charge.tax, "");
    fill(&mut charge.amount.currency, "XXQ");
    let currency = json!({"client": first, "amount": {"amount": "1.00", "currency": "XXQ"}});
    check(typed!(carnet_account_charge(engine, &at, &charge, none)), "account.charge", currency);
    let (access, mut got): (carnet_access, carnet_decision) = (empty(), empty());
    check(typed!(carnet_access_decide(engine, &at, &access, &raw mut got)), "access.decide", json!({}));
    let leave: carnet_leave = empty();
    check(typed!(carnet_access_exit(engine, &at, &leave, null_mut())), "access.exit", json!({}));
    let mut hold: carnet_hold = empty();
    hold.client = first;
    check(
        typed!(carnet_hold_place(engine, &at, &hold, null_mut())),
        "hold.place",
        json!({"client": first, "parts": []}),
    );
    hold.part_count = 1;
    hold.parts[0].unit = CARNET_UNIT_VISITS;
    (hold.parts[0].pass, hold.parts[0].amount, hold.minutes) = (first, 11, 5);
    let eleven = json!({"client": first, "minutes": 5, "parts": [{"visits": {"pass": first, "visits": 11}}]});
    check(typed!(carnet_hold_place(engine, &at, &hold, null_mut())), "hold.place", eleven);
    check(typed!(carnet_hold_release(engine, &at, 99, null_mut())), "hold.release", json!({"hold": 99}));
    let mut reversal: carnet_reversal = empty();
    let reverse = json!({"reason": ""});
    check(typed!(carnet_reverse(engine, &at, &reversal, null_mut())), "transfer.reverse", reverse);
    fill(&mut reversal.reason, "x");
    check(
        typed!(carnet_reverse(engine, &at, &reversal, null_mut())),
        "transfer.reverse",
        json!({"reason": "x"}),
    );
    let mut card: carnet_card = empty();
    check(
        typed!(carnet_card_find(engine, &at, c"".as_ptr(), 0, &raw mut card)),
        "card.find",
        json!({"uid": ""}),
    );
    check(
        typed!(carnet_card_find(engine, null(), c"99".as_ptr(), 2, &raw mut card)),
        "card.find",
        json!({"uid": "99"}),
    );
    assert_eq!(club.head(), other.head(), "nothing was written");
}

#[test]
fn what_stands_in_the_envelope_is_checked_as_in_json() {
    let (other, club) = pair();
    let first = club.first();
    let mut access: carnet_access = empty();
    access.client = first;
    let try_with = |change: &dyn Fn(&mut carnet_call), envelope: Value| {
        let mut call = call("");
        change(&mut call);
        let got = typed!(carnet_access_enter(club.engine, &call, &access, null_mut(), null_mut()));
        let mut request = json!({"op": "access.enter", "at": AT, "args": {"client": first}});
        request.as_object_mut().expect("an object").extend(envelope.as_object().expect("an object").clone());
        let wanted = other.execute(&request.to_string());
        assert_eq!(got.expect_err("refused"), wanted.expect_err("refused"), "{envelope}");
    };
    try_with(&|call| call.venue = 5, json!({"venue": 5}));
    try_with(&|call| call.by = 5, json!({"by": 5}));
    try_with(&|call| call.deadline_ms = -1, json!({"deadline_ms": -1}));
    try_with(&|call| fill(&mut call.key, "   "), json!({"key": "   "}));
    try_with(&|call| fill(&mut call.key, &"k".repeat(129)), json!({"key": "k".repeat(129)}));
    try_with(
        &|call| (call.late_seq, call.late_device[0]) = (-1, 100),
        json!({"late": {"device": "d", "seq": -1}}),
    );
    let line = json!({"document": {"system": "s", "number": "1", "line": -1}});
    let paper = |call: &mut carnet_call| {
        (call.flags, call.line) = (CARNET_CALL_HAS_LINE, -1);
        fill(&mut call.document_system, "s");
        fill(&mut call.document_number, "1");
    };
    try_with(&paper, line);
    let code = |change: &dyn Fn(&mut carnet_call)| {
        let mut call = call("");
        change(&mut call);
        typed!(carnet_access_enter(club.engine, &call, &access, null_mut(), null_mut())).expect_err("refused")
    };
    let said = |error: &Value| (error["reason"].clone(), error["field"].clone());
    assert_eq!(said(&code(&|call| call.flags = 4)), ("unknown_value".into(), "flags".into()));
    assert_eq!(said(&code(&|call| call.key.fill(65))), ("too_long".into(), "key".into()));
    assert_eq!(said(&code(&|call| call.key[0] = -1)), ("bad_utf8".into(), "key".into()));
    assert_eq!(said(&code(&|call| call.at = i64::MAX)), ("out_of_range".into(), "at".into()));
    for wrong in [1, -20_260_504, 20_261_304, 20_260_230, i32::MAX, i32::MIN] {
        let error = code(&|call| {
            call.business_date = wrong;
            paper(call);
        });
        assert_eq!(said(&error), ("bad_format".into(), "document.business_date".into()), "{wrong}");
    }
    assert_eq!(club.head(), other.head(), "nothing was written");
}

#[test]
fn a_dry_run_and_a_late_entry_say_so_in_the_call() {
    let (other, club) = pair();
    let first = club.first();
    let mut access: carnet_access = empty();
    access.client = first;
    let mut dry = call("");
    dry.flags = CARNET_CALL_DRY_RUN;
    let mut entered: carnet_entered = empty();
    typed!(carnet_access_enter(club.engine, &dry, &access, null_mut(), &raw mut entered)).expect("tried");
    assert_eq!(club.head(), other.head(), "nothing was written");
    let mut late = call("");
    (late.at, late.late_seq) = (TEN - 3_600_000_000, 4);
    fill(&mut late.late_device, "door");
    typed!(carnet_access_enter(club.engine, &late, &access, null_mut(), &raw mut entered)).expect("late");
    let request = json!({"op": "access.enter", "at": "2026-05-04T09:00:00+03:00", "args": {"client": first}, "late": {"device": "door", "seq": 4}});
    assert_eq!(other.asked(&request.to_string())["visit"], json!(id(entered.visit)));
    assert_eq!(club.head(), other.head(), "the same journal");
}
