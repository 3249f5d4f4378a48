//! Reading a JSON Schema as far as the table's schemas go.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What may stand in one place: the alternatives of its schema, references followed, `null` set apart.
#[derive(Debug, Default)]
pub(super) struct Forms<'a> {
    /// Words that may stand there.
    pub words: Vec<&'a str>,
    /// Everything else, each with a `type`.
    pub others: Vec<&'a Map<String, Value>>,
    /// The name of the definition that it refers to.
    pub name: Option<&'a str>,
    /// Whether an object in it is a tag around the data of a choice.
    pub tagged: bool,
}

/// The alternatives of a schema, found in the definitions of `root`.
pub(super) fn forms<'a>(root: &'a Value, schema: &'a Value) -> Forms<'a> {
    let mut forms = Forms::default();
    gather(root, schema, &mut forms);
    forms
}

fn gather<'a>(root: &'a Value, schema: &'a Value, forms: &mut Forms<'a>) {
    let Some(object) = schema.as_object() else { return };
    if let Some(name) = object.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or(name);
        forms.name = Some(name);
        gather(root, &root["$defs"][name], forms);
    } else if let Some(word) = object.get("const").and_then(Value::as_str) {
        forms.words.push(word);
    } else if let Some(words) = object.get("enum").and_then(Value::as_array) {
        forms.words.extend(words.iter().filter_map(Value::as_str));
    } else if let Some(choices) = object.get("oneOf").and_then(Value::as_array) {
        forms.tagged = choices.iter().any(|choice| choice["type"] == "object");
        choices.iter().for_each(|choice| gather(root, choice, forms));
    } else if let Some(choices) = object.get("anyOf").and_then(Value::as_array) {
        choices.iter().for_each(|choice| gather(root, choice, forms));
    } else if object.get("type").is_some_and(|kind| kind != "null") {
        forms.others.push(object);
    }
}

/// The type of an alternative, `null` left out.
pub(super) fn type_of(form: &Map<String, Value>) -> &str {
    match &form["type"] {
        Value::String(name) => name,
        Value::Array(names) => {
            names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or("")
        }
        _ => "",
    }
}

/// The members of an object's schema.
pub(super) fn members(form: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    form.get("properties").and_then(Value::as_object).into_iter().flatten()
}

/// Whether an object must have this member.
pub(super) fn requires(form: &Map<String, Value>, member: &str) -> bool {
    form.get("required").and_then(Value::as_array).into_iter().flatten().any(|name| name == member)
}

/// Every place that a request of this schema can have: `payments`, `payments.*`, `payments.*.amount`, …
pub(super) fn places(root: &Value) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    walk(root, root, "", &mut places);
    places
}

fn walk(root: &Value, schema: &Value, path: &str, places: &mut BTreeSet<String>) {
    for form in forms(root, schema).others {
        match type_of(form) {
            "object" => {
                for (name, member) in members(form) {
                    let inner = join(path, name);
                    places.insert(inner.clone());
                    walk(root, member, &inner, places);
                }
            }
            "array" => {
                let inner = join(path, "*");
                places.insert(inner.clone());
                walk(root, &form["items"], &inner, places);
            }
            _ => {}
        }
    }
}

/// A path one member longer.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
