//! Bad envelopes: what stands beside the arguments.

use super::{Case, Outcome};
use serde_json::{Value, json};

/// Every case. `venue` and `args` make a valid `day.open`; `stranger` is an id that nothing has.
#[must_use]
pub fn envelope_cases(venue: i64, stranger: i64) -> Vec<Case> {
    let document = |members: Value| {
        let mut document = json!({"system": "till", "number": "1"});
        merge(&mut document, members);
        json!({ "document": document })
    };
    let mut cases = Vec::new();
    let mut add = |what: &str, change: Value, reason: &'static str, field: &str| {
        let mut request = json!({"op": "day.open", "args": {}, "venue": venue});
        merge(&mut request, change);
        push(&mut cases, what, request.to_string().into_bytes(), reason, Some(field));
    };
    add("op null", json!({"op": null}), "required", "op");
    add("op a number", json!({"op": 7}), "wrong_type", "op");
    add("op unknown", json!({"op": "zzz"}), "unknown_operation", "op");
    add("op in capitals", json!({"op": "DAY.OPEN"}), "unknown_operation", "op");
    add("args a number", json!({"args": 7}), "wrong_type", "args");
    add("args a list", json!({"args": []}), "wrong_type", "args");
    add("at a number", json!({"at": 7}), "wrong_type", "at");
    add("at no time", json!({"at": "noon"}), "bad_format", "at");
    add("at without a zone", json!({"at": "2026-05-04T10:00:00"}), "bad_format", "at");
    add("at before 1900", json!({"at": "1899-12-31T23:59:59Z"}), "out_of_range", "at");
    add("key a number", json!({"key": 7}), "wrong_type", "key");
    add("key empty", json!({"key": ""}), "empty", "key");
    add("key of 129 characters", json!({"key": "k".repeat(129)}), "too_long", "key");
    add("key with a NUL", json!({"key": "k\u{0}"}), "bad_format", "key");
    add("by a word", json!({"by": "ann"}), "wrong_type", "by");
    add("by zero", json!({"by": 0}), "out_of_range", "by");
    add("by nobody", json!({"by": stranger}), "operator_not_found", "by");
    add("venue a word", json!({"venue": "here"}), "wrong_type", "venue");
    add("venue zero", json!({"venue": 0}), "out_of_range", "venue");
    add("venue unknown", json!({"venue": stranger}), "venue_not_found", "venue");
    add("dry_run a word", json!({"dry_run": "yes"}), "wrong_type", "dry_run");
    add("deadline a word", json!({"deadline_ms": "1"}), "wrong_type", "deadline_ms");
    add("deadline negative", json!({"deadline_ms": -1}), "out_of_range", "deadline_ms");
    add("document a word", json!({"document": "bill"}), "wrong_type", "document");
    add("document without a system", json!({"document": {"number": "1"}}), "required", "document.system");
    add("document without a number", json!({"document": {"system": "till"}}), "required", "document.number");
    add("document with more", document(json!({"zzz": 1})), "unknown_field", "document.zzz");
    add("system too long", document(json!({"system": "s".repeat(65)})), "too_long", "document.system");
    add("number empty", document(json!({"number": ""})), "empty", "document.number");
    for member in ["system", "station", "shift", "number"] {
        let field = format!("document.{member}");
        add("a NUL in it", document(json!({member: "a\u{0}"})), "bad_format", &field);
    }
    add("device with a NUL", json!({"late": {"device": "a\u{0}", "seq": 1}}), "bad_format", "late.device");
    add("line negative", document(json!({"line": -1})), "out_of_range", "document.line");
    add("business date", document(json!({"business_date": "4 May"})), "bad_format", "document.business_date");
    add("late without a number", json!({"late": {"device": "door"}}), "required", "late.seq");
    add(
        "late with a negative number",
        json!({"late": {"device": "door", "seq": -1}}),
        "out_of_range",
        "late.seq",
    );
    add("late without a device", json!({"late": {"seq": 1}}), "required", "late.device");
    add("an unknown member", json!({"zzz": 1}), "unknown_field", "zzz");
    cases.extend(texts(venue));
    cases
}

/// What only text can say.
fn texts(venue: i64) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |what: &str, text: &[u8], reason: &'static str, field: Option<&str>| {
        push(&mut cases, what, text.to_vec(), reason, field);
    };
    add("op missing", br#"{"args":{}}"#, "required", Some("op"));
    add("nothing", b"", "bad_json", None);
    add("half an object", br#"{"op":"day.open""#, "bad_json", None);
    add("two values", br#"{"op":"venue.list"} {}"#, "bad_json", None);
    add("a list nested without end", "[".repeat(100_000).as_bytes(), "bad_json", None);
    let nested = format!(r#"{{"op":"day.open","args":{}}}"#, r#"{"a":"#.repeat(10_000));
    add("arguments nested without end", nested.as_bytes(), "bad_json", None);
    let large = [br#"{"op":"venue.list"}"#.as_slice(), &vec![b' '; 1 << 20]].concat();
    add("more than a mebibyte", &large, "too_large", None);
    add("a key twice", br#"{"op":"day.open","key":"a","key":"a"}"#, "duplicate_field", Some("key"));
    add("op twice", br#"{"op":"day.open","op":"day.open"}"#, "duplicate_field", Some("op"));
    add("args twice", br#"{"op":"day.open","args":{},"args":{}}"#, "duplicate_field", Some("args"));
    add("a key not UTF-8", b"{\"op\":\"day.open\",\"key\":\"a\xFF\"}", "bad_utf8", Some("key"));
    let document = format!(
        r#"{{"op":"day.open","venue":{venue},"document":{{"system":"a","system":"a","number":"1"}}}}"#
    );
    add("a document's system twice", document.as_bytes(), "duplicate_field", Some("document.system"));
    cases
}

fn push(cases: &mut Vec<Case>, what: &str, request: Vec<u8>, reason: &'static str, field: Option<&str>) {
    let outcome = Outcome::Refused { reason, field: field.map(str::to_owned) };
    cases.push(Case { what: format!("envelope: {what}"), request, outcome });
}

fn merge(into: &mut Value, members: Value) {
    if let (Value::Object(into), Value::Object(members)) = (into, members) {
        into.extend(members);
    }
}
