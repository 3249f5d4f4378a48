//! References into saved replies, and the comparison of a reply with what was expected.

use carnet::domain::Instant;
use serde_json::Value;
use std::collections::BTreeMap;

/// What the steps so far have answered: the whole envelope of each named reply.
#[derive(Debug, Default, Clone)]
pub struct Saved(BTreeMap<String, Value>);

impl Saved {
    /// Keeps an envelope under a name; a later one of the same name takes its place.
    pub fn keep(&mut self, name: &str, envelope: Value) {
        self.0.insert(name.to_owned(), envelope);
    }

    /// The value with every reference in it replaced.
    ///
    /// # Errors
    /// A sentence that names the reference that leads nowhere.
    pub fn resolve(&self, value: &Value) -> Result<Value, String> {
        match value {
            Value::String(text) => match text.strip_prefix('$') {
                Some(reference) => self.look_up(reference),
                None => Ok(value.clone()),
            },
            Value::Array(items) => items.iter().map(|item| self.resolve(item)).collect(),
            Value::Object(fields) => fields
                .iter()
                .map(|(name, field)| self.resolve(field).map(|field| (name.clone(), field)))
                .collect(),
            _ => Ok(value.clone()),
        }
    }

    /// `sold.pass` leads into the reply, `sold:position` into its envelope.
    fn look_up(&self, reference: &str) -> Result<Value, String> {
        let lost = || format!("${reference} leads nowhere");
        let (name, inside, path) = match reference.find(['.', ':']) {
            None => (reference, true, ""),
            Some(at) => (&reference[..at], reference[at..].starts_with('.'), &reference[at + 1..]),
        };
        let envelope = self.0.get(name).ok_or_else(lost)?;
        let mut found = if inside { envelope.get("reply").ok_or_else(lost)? } else { envelope };
        for part in path.split('.').filter(|part| !part.is_empty()) {
            found = match part.parse::<usize>() {
                Ok(index) if found.is_array() => found.get(index),
                _ => found.get(part),
            }
            .ok_or_else(lost)?;
        }
        Ok(found.clone())
    }
}

/// The names that a value refers to.
#[must_use]
pub fn references(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => {
            let name = text.strip_prefix('$').and_then(|rest| rest.split(['.', ':']).next());
            name.map(str::to_owned).into_iter().collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(fields) => fields.values().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// Every difference between what was expected and what was found, as `path: expected …, found …`.
///
/// Objects: every expected member must match, others may be there. Arrays: the same length, each element
/// matching. `null`: null or absent. Two instants are equal when they are the same point in time.
#[must_use]
pub fn differences(expected: &Value, found: &Value) -> Vec<String> {
    let mut all = Vec::new();
    compare("reply", expected, found, &mut all);
    all
}

fn compare(path: &str, expected: &Value, found: &Value, all: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (name, member) in expected {
                compare(&format!("{path}.{name}"), member, found.get(name).unwrap_or(&Value::Null), all);
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (index, (one, other)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{path}.{index}"), one, other, all);
            }
        }
        (Value::Array(items), Value::Array(found_items)) => {
            let (wanted, got) = (items.len(), found_items.len());
            all.push(format!("{path}: expected {wanted} elements, found {got}: {found}"));
        }
        (Value::String(one), Value::String(other)) if same_text(one, other) => {}
        _ if expected == found => {}
        _ => all.push(format!("{path}: expected {expected}, found {found}")),
    }
}

fn same_text(one: &str, other: &str) -> bool {
    one == other
        || matches!((one.parse::<Instant>(), other.parse::<Instant>()), (Ok(one), Ok(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whole_references_keep_their_type() {
        let mut saved = Saved::default();
        saved.keep("sold", json!({"reply": {"pass": 7, "lots": [{"lot": 9}]}, "position": 3}));
        let value = json!({"a": "$sold.pass", "b": ["$sold.lots.0.lot", "$sold:position"], "c": "5 $"});
        assert_eq!(saved.resolve(&value), Ok(json!({"a": 7, "b": [9, 3], "c": "5 $"})));
        assert_eq!(saved.resolve(&json!("$sold.price")), Err("$sold.price leads nowhere".to_owned()));
        assert_eq!(references(&value), ["sold", "sold", "sold"]);
    }

    #[test]
    fn a_reply_may_hold_more_but_nothing_else() {
        let found = json!({"a": 1, "b": [{"c": "x", "d": 2}], "at": "2026-05-14T08:30:00.000000Z"});
        assert!(differences(&json!({"a": 1, "b": [{"c": "x"}], "gone": null}), &found).is_empty());
        assert!(differences(&json!({"at": "2026-05-14T11:30:00+03:00"}), &found).is_empty());
        for wrong in [
            json!({"a": 2}),
            json!({"a": null}),
            json!({"a": "1"}),
            json!({"b": []}),
            json!({"b": [{"c": "y"}]}),
            json!({"gone": 1}),
            json!({"at": "2026-05-14T08:30:01Z"}),
            json!([]),
        ] {
            assert_eq!(differences(&wrong, &found).len(), 1, "{wrong}");
        }
    }
}
