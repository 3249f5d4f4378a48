//! JSON as it comes in: keys given twice are refused, in free-form maps too, and invalid UTF-8 names its field.

use crate::typed;
use carnet_domain::{Error, Reason, Result};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::fmt;

/// Reads a value without duplicate keys, and keeps the way to the first error, innermost first.
#[derive(Clone, Copy)]
struct Strict<'w>(&'w RefCell<Vec<String>>);

/// What the error of a duplicate key says.
const DUPLICATE: &str = "carnet:duplicate_field";

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }
    fn visit_u64<E>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }
    fn visit_str<E>(self, value: &str) -> std::result::Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> std::result::Result<Value, E> {
        Ok(Value::String(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) =
            seq.next_element_seed(self).inspect_err(|_| self.0.borrow_mut().push(list.len().to_string()))?
        {
            list.push(value);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> std::result::Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            if map.contains_key(&key) {
                self.0.borrow_mut().push(key);
                return Err(serde::de::Error::custom(DUPLICATE));
            }
            let value =
                access.next_value_seed(self).inspect_err(|_| self.0.borrow_mut().push(key.clone()))?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

/// Parses JSON text.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Err(bad_utf8(bytes)) };
    let way = RefCell::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Strict(&way).deserialize(&mut deserializer);
    parsed.and_then(|value| deserializer.end().map(|()| value)).map_err(|error| {
        if error.to_string().starts_with(DUPLICATE) {
            let mut way = way.into_inner();
            way.reverse();
            return Error::field(Reason::DuplicateField, way.join("."));
        }
        Error::new(Reason::BadJson).with("column", error.column())
    })
}

/// The error for bytes that are not UTF-8, with the field that holds them where it can be found.
fn bad_utf8(bytes: &[u8]) -> Error {
    let lossy = String::from_utf8_lossy(bytes);
    let field = serde_json::from_str(&lossy).ok().and_then(|value: Value| replaced(&value, ""));
    field.map_or_else(|| Error::new(Reason::BadUtf8), |field| Error::field(Reason::BadUtf8, field))
}

fn replaced(value: &Value, at: &str) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\u{fffd}').then(|| at.to_owned()),
        Value::Array(list) => {
            list.iter().enumerate().find_map(|(index, value)| replaced(value, &join(at, &index.to_string())))
        }
        Value::Object(map) => map.iter().find_map(|(key, value)| replaced(value, &join(at, key))),
        _ => None,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Reads a typed value; an error names the field and the reason.
pub(crate) fn typed<T: DeserializeOwned>(value: &Value) -> Result<T> {
    typed::read(value).map_err(|(error, at)| explain(&error.to_string(), &at))
}

/// The error that a message of serde stands for. The messages are those of serde's own constructors; the bad-input
/// table of the tests goes through every one of them.
fn explain(message: &str, at: &str) -> Error {
    let quoted = || message.split('`').nth(1).unwrap_or_default();
    let here = |reason| if at.is_empty() { Error::new(reason) } else { Error::field(reason, at) };
    if let Some(error) = Error::from_serde_text(message) {
        return match error.field_name() {
            Some(field) => Error::field(error.reason(), join(at, field)),
            None => here(error.reason()),
        };
    }
    if message.starts_with("missing field") {
        return Error::field(Reason::Required, join(at, quoted()));
    }
    if message.starts_with("unknown field") {
        return Error::field(Reason::UnknownField, join(at, quoted()));
    }
    if message.starts_with("duplicate field") {
        return Error::field(Reason::DuplicateField, join(at, quoted()));
    }
    if message.starts_with("unknown variant") {
        return here(Reason::UnknownValue);
    }
    if message.starts_with("invalid type: null") {
        return here(Reason::Required);
    }
    if message.starts_with("invalid type") {
        return here(Reason::WrongType);
    }
    if message.starts_with("invalid value: integer") || message.contains("number too large") {
        return here(Reason::OutOfRange);
    }
    if message.starts_with("invalid value") || message.starts_with("invalid length") {
        return here(Reason::WrongType);
    }
    // What is left are the texts of dates and other foreign types.
    here(Reason::BadFormat)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(text: &[u8]) -> (Reason, Option<String>) {
        let error = parse(text).expect_err("must fail");
        (error.reason(), error.field_name().map(str::to_owned))
    }

    #[test]
    fn duplicates_are_refused_at_any_depth() {
        let expect = |field: &str| (Reason::DuplicateField, Some(field.to_owned()));
        assert_eq!(fails(br#"{"a":1,"a":2}"#), expect("a"));
        assert_eq!(fails(br#"{"args":{"list":[{"x":1},{"y":1,"y":1}]}}"#), expect("args.list.1.y"));
    }

    #[test]
    fn bytes_that_are_not_utf8_name_their_field() {
        assert_eq!(
            fails(b"{\"args\":{\"name\":\"a\xff\"}}"),
            (Reason::BadUtf8, Some("args.name".to_owned()))
        );
        assert_eq!(fails(b"\xff"), (Reason::BadUtf8, None));
    }

    #[test]
    fn what_is_not_json_is_said_so() {
        for text in ["", "{", "{}x", "{\"a\":}", "nul"] {
            assert_eq!(fails(text.as_bytes()), (Reason::BadJson, None), "{text}");
        }
    }
}
