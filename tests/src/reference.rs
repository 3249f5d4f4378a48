//! The reference page and the committed schemas, made from the operation table.

use carnet::schema::{OperationSchema, operations};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write;

/// All operations with their schemas, as they are committed in `schema/operations.json`.
pub fn schemas() -> String {
    let all: Vec<Value> = operations()
        .into_iter()
        .map(|operation| {
            serde_json::json!({ "op": operation.name, "kind": operation.kind, "summary": operation.summary,
                "request": operation.request, "reply": operation.reply })
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}

/// The page `docs/operations.md`.
pub fn page() -> String {
    let operations = operations();
    let mut page = String::from(
        "# Operations\n\nMade from the operation table; `tests/run` fails when this page is not. Every request may also carry the envelope:\n\
         `at` (RFC 3339, the value time), `venue`, `by` (operator), `key` (idempotency), `document`, `late`, `dry_run`, `deadline_ms`.\n\n\
         A batch is an array of writes, all or nothing. In the place of any value of its `args`, a write may name what an earlier one of the batch answered:\n\
         `{\"reply_of\": 0, \"field\": \"client\"}` is the `client` in the reply to the first, and `lots.0.lot` leads into lists. So a new client, a card, a deposit and a\n\
         visit are one call. A `reply_of` that is not before it is `out_of_range`, a field that the reply has not, or in which nothing stands, `unknown_field`, each named in\n\
         the place of the reference; the value is then read as if it had been written there. Give each write a `key`: the same batch again answers the same.\n\n\
         | operation | | what it does |\n|---|---|---|\n",
    );
    for operation in &operations {
        let anchor = operation.name.replace('.', "");
        let _ = writeln!(
            page,
            "| [`{}`](#{anchor}) | {} | {} |",
            operation.name, operation.kind, operation.summary
        );
    }
    let mut types: BTreeMap<String, Value> = BTreeMap::new();
    for operation in &operations {
        section(&mut page, operation);
        for schema in [&operation.request, &operation.reply] {
            if let Some(definitions) = schema.get("$defs").and_then(Value::as_object) {
                types.extend(definitions.clone());
            }
        }
    }
    page.push_str("\n# Types\n");
    for (name, schema) in &types {
        let _ = writeln!(page, "\n## {name}\n\n{}", described(schema));
        shape(&mut page, schema);
    }
    page.push_str("\n# Errors\n\n| number | code | reason | |\n|---|---|---|---|\n");
    for reason in carnet::Reason::ALL {
        let _ = writeln!(
            page,
            "| {} | `{}` | `{}` | {} |",
            reason.number(),
            reason.code(),
            reason.as_str(),
            reason.message()
        );
    }
    page
}

fn section(page: &mut String, operation: &OperationSchema) {
    let _ = writeln!(page, "\n## {}\n\n{}\n\nArguments:", operation.name, operation.summary);
    shape(page, &operation.request);
    page.push_str("\nReply:\n");
    shape(page, &operation.reply);
}

fn described(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().replace('\n', " ")
}

/// A table of fields, or a list of the choices.
fn shape(page: &mut String, schema: &Value) {
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        table(page, fields, schema);
        return;
    }
    let choices = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    let Some(choices) = choices else {
        page.push_str(if schema.get("type").is_some_and(|kind| kind == "object") { "\nNone.\n" } else { "" });
        return;
    };
    page.push('\n');
    for choice in choices {
        let _ = writeln!(page, "- {}: {}", type_of(choice), described(choice));
    }
}

fn table(page: &mut String, fields: &Map<String, Value>, schema: &Value) {
    if fields.is_empty() {
        page.push_str("\nNone.\n");
        return;
    }
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    page.push_str("\n| field | type | | |\n|---|---|---|---|\n");
    for (name, field) in fields {
        let must = if required.contains(&name.as_str()) { "required" } else { "" };
        let _ = writeln!(page, "| `{name}` | {} | {must} | {} |", type_of(field), described(field));
    }
}

/// A type in a few words.
fn type_of(schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(constant) = schema.get("const") {
        return format!("`{constant}`");
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let parts: Vec<String> =
            any.iter().filter(|part| part.get("type") != Some(&"null".into())).map(type_of).collect();
        return parts.join(" or ");
    }
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        let inner: Vec<String> =
            fields.iter().map(|(name, field)| format!("`{name}`: {}", type_of(field))).collect();
        return format!("{{ {} }}", inner.join(", "));
    }
    match schema.get("type") {
        Some(Value::String(kind)) if kind == "array" => {
            format!("list of {}", schema.get("items").map(type_of).unwrap_or_default())
        }
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => {
            let parts: Vec<&str> =
                kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect();
            match (parts.as_slice(), schema.get("items")) {
                (["array"], Some(items)) => format!("list of {}", type_of(items)),
                _ => parts.join(" or "),
            }
        }
        _ => String::new(),
    }
}
