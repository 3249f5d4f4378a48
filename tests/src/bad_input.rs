//! Bad requests made from the schemas of the table: every field of every operation, spoiled in every way
//! that its schema names, each with the reason and the field that the reply must give.

mod envelope;
mod schema;
mod spoil;

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub use envelope::envelope_cases;

/// An operation of the table, as far as this needs it.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name in JSON.
    pub name: String,
    /// The JSON Schema of its arguments.
    pub request: Value,
}

/// What must come of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An error of the family `invalid_input`, or `not_found` where the reason belongs there.
    Refused {
        /// The reason.
        reason: &'static str,
        /// The field.
        field: Option<String>,
    },
    /// The very reply to this other request.
    Like(Vec<u8>),
    /// Anything but this reason at this field: the value is the last that its schema allows.
    Allowed {
        /// What would be wrong.
        never: &'static str,
        /// The field.
        field: String,
    },
}

/// One bad request.
#[derive(Debug, Clone)]
pub struct Case {
    /// What was done, for the report: `pass.sell payments.0.amount: null`.
    pub what: String,
    /// The bytes sent.
    pub request: Vec<u8>,
    /// What must come of them.
    pub outcome: Outcome,
}

/// What could be made of the examples.
#[derive(Debug, Default)]
pub struct Made {
    /// Every bad request.
    pub cases: Vec<Case>,
    /// Places of the schemas that no example reaches, and operations without an example.
    pub holes: Vec<String>,
}

/// Every operation of the table.
#[must_use]
pub fn table() -> Vec<Operation> {
    let all = carnet::schema::operations().into_iter();
    all.map(|operation| Operation { name: operation.name.to_owned(), request: operation.request }).collect()
}

/// Every case for these operations, made from examples of valid arguments, several an operation.
#[must_use]
pub fn cases(operations: &[Operation], examples: &BTreeMap<String, Vec<Value>>) -> Made {
    let mut made = Made::default();
    for operation in operations {
        let Some(rows) = examples.get(&operation.name) else {
            made.holes.push(format!("{} has no example", operation.name));
            continue;
        };
        let mut seen = BTreeSet::new();
        for args in rows {
            let mut spoiler = spoil::Spoiler::new(operation, args);
            spoiler.all();
            seen.extend(spoiler.seen);
            made.cases.extend(spoiler.cases);
        }
        let places = schema::places(&operation.request);
        let unseen =
            places.difference(&seen).map(|place| format!("{} {place} is in no example", operation.name));
        made.holes.extend(unseen);
    }
    let known: BTreeSet<&String> = operations.iter().map(|operation| &operation.name).collect();
    let unknown = examples.keys().filter(|name| !known.contains(name));
    made.holes.extend(unknown.map(|name| format!("{name} is no operation")));
    made
}

/// The envelope of one request as text.
#[must_use]
pub fn request(op: &str, args: &Value) -> Vec<u8> {
    json!({"op": op, "args": args}).to_string().into_bytes()
}

/// The same as a dry run.
#[must_use]
pub fn dry_request(op: &str, args: &Value) -> Vec<u8> {
    json!({"op": op, "args": args, "dry_run": true}).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation() -> Operation {
        let request = json!({
            "type": "object", "additionalProperties": false, "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 3},
                "kind": {"anyOf": [{"$ref": "#/$defs/Kind"}, {"type": "null"}]},
                "list": {"type": "array", "items": {"type": "integer", "minimum": 1}, "maxItems": 2, "default": []},
            },
            "$defs": {"Kind": {"oneOf": [
                {"type": "string", "const": "plain"},
                {"type": "object", "additionalProperties": false, "required": ["timed"],
                    "properties": {"timed": {"type": "string", "format": "date"}}},
            ]}},
        });
        Operation { name: "x.add".to_owned(), request }
    }

    fn made(rows: Vec<Value>) -> Made {
        cases(&[operation()], &BTreeMap::from([("x.add".to_owned(), rows)]))
    }

    #[test]
    fn every_way_to_spoil_a_field_is_there() {
        let made = made(vec![json!({"name": "abc", "kind": {"timed": "2026-05-04"}, "list": [1]})]);
        assert!(made.holes.is_empty(), "{:?}", made.holes);
        let refused = |case: &Case| match &case.outcome {
            Outcome::Refused { reason, field } => format!("{reason} {}", field.as_deref().unwrap_or("-")),
            Outcome::Like(other) => format!("like {}", String::from_utf8_lossy(other)),
            Outcome::Allowed { never, field } => format!("not {never} {field}"),
        };
        let all: BTreeSet<String> = made.cases.iter().map(refused).collect();
        for expected in [
            "required name",
            "wrong_type name",
            "too_long name",
            "empty name",
            "bad_utf8 name",
            "duplicate_field name",
            "unknown_field zzz",
            "wrong_type kind",
            "unknown_value kind",
            "bad_format kind.timed",
            "duplicate_field kind.timed",
            "wrong_type list",
            "too_long list",
            "out_of_range list.0",
            "not out_of_range list.0",
            "not too_long list",
            "not too_long name",
            "not empty name",
            "not unknown_value kind",
            "wrong_type list.0",
            r#"like {"args":{"list":[1],"name":"abc"},"dry_run":true,"op":"x.add"}"#,
        ] {
            assert!(all.contains(expected), "{expected} is missing in {all:#?}");
        }
    }

    #[test]
    fn a_field_in_no_example_and_an_operation_without_a_row_are_holes() {
        let hole = made(vec![json!({"name": "abc", "list": [1]})]).holes;
        assert_eq!(hole, ["x.add kind is in no example", "x.add kind.timed is in no example"]);
        assert_eq!(cases(&[operation()], &BTreeMap::new()).holes, ["x.add has no example"]);
        let stray = BTreeMap::from([("y".to_owned(), Vec::new())]);
        assert_eq!(cases(&[], &stray).holes, ["y is no operation"]);
    }

    #[test]
    fn bytes_are_spoiled_and_keys_doubled_in_the_text() {
        let made = made(vec![json!({"name": "abc"})]);
        let with = |end: &str| made.cases.iter().find(|case| case.what.ends_with(end)).expect("a case");
        assert!(with("name: not UTF-8").request.contains(&0xFF));
        let doubled = String::from_utf8(with("name: twice").request.clone()).expect("text");
        assert_eq!(doubled.matches(r#""name":"abc""#).count(), 2);
    }
}
