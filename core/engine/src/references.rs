//! What an operation of a batch takes of the reply to an earlier one of the same batch: `{"reply_of": 0, "field": "client"}` in
//! the place of any value of its arguments.

use carnet_domain::{Error, Reason, Result};
use serde_json::{Map, Value};

const REPLY: &str = "reply_of";
const FIELD: &str = "field";

/// Whether a request may hold a reference: what plainly has none is not looked through. A name can be written with escapes.
pub(crate) fn may_refer(requests: &[u8]) -> bool {
    std::str::from_utf8(requests).is_ok_and(|text| text.contains(REPLY) || text.contains('\\'))
}

/// Whether the arguments of the operation at `index` refer to replies.
///
/// # Errors
/// In the reference: `wrong_type`, `required`, `empty`, `unknown_field`, and `out_of_range` where it names no earlier operation.
pub(crate) fn refers(args: &Value, index: usize) -> Result<bool> {
    let mut refers = false;
    let mut seen = |reference: &Reference<'_>, at: &str| {
        refers = true;
        if reference.reply_of < index {
            return Ok(());
        }
        Err(Error::field(Reason::OutOfRange, format!("{at}.{REPLY}")))
    };
    look(args, "", &mut seen)?;
    Ok(refers)
}

/// Puts what the replies say in the place of the references to them.
///
/// # Errors
/// `unknown_field` where a reply has no such field, or nothing stands in it.
pub(crate) fn resolve<'r>(args: &mut Value, reply: &impl Fn(usize) -> Option<&'r Value>) -> Result<()> {
    put(args, "", reply)
}

/// A reference as it is written.
struct Reference<'a> {
    reply_of: usize,
    field: &'a str,
}

impl<'a> Reference<'a> {
    /// The reference that an object is, if it is one.
    fn of(members: &'a Map<String, Value>, at: &str) -> Result<Option<Self>> {
        let Some(reply_of) = members.get(REPLY) else { return Ok(None) };
        let wrong = |reason, name: &str| Error::field(reason, join(at, name));
        if let Some(name) = members.keys().find(|name| *name != REPLY && *name != FIELD) {
            return Err(wrong(Reason::UnknownField, name));
        }
        let reply_of = reply_of.as_i64().ok_or_else(|| wrong(Reason::WrongType, REPLY))?;
        let reply_of = usize::try_from(reply_of).map_err(|_| wrong(Reason::OutOfRange, REPLY))?;
        let field = members.get(FIELD).ok_or_else(|| wrong(Reason::Required, FIELD))?;
        let field = field.as_str().ok_or_else(|| wrong(Reason::WrongType, FIELD))?;
        if field.is_empty() {
            return Err(wrong(Reason::Empty, FIELD));
        }
        Ok(Some(Self { reply_of, field }))
    }

    /// What the reply says there: `lots.0.lot` leads into lists and objects.
    fn in_reply<'r>(&self, reply: &'r Value) -> Option<&'r Value> {
        let found = self.field.split('.').try_fold(reply, |value, part| match value {
            Value::Object(members) => members.get(part),
            Value::Array(list) if part.bytes().all(|byte| byte.is_ascii_digit()) => {
                list.get(part.parse::<usize>().ok()?)
            }
            _ => None,
        });
        found.filter(|value| !value.is_null())
    }
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

fn look(value: &Value, at: &str, seen: &mut impl FnMut(&Reference<'_>, &str) -> Result<()>) -> Result<()> {
    match value {
        Value::Object(members) => match Reference::of(members, at)? {
            Some(reference) => seen(&reference, at),
            None => members.iter().try_for_each(|(name, member)| look(member, &join(at, name), seen)),
        },
        Value::Array(list) => {
            let mut numbered = list.iter().enumerate();
            numbered.try_for_each(|(index, member)| look(member, &join(at, &index.to_string()), seen))
        }
        _ => Ok(()),
    }
}

fn put<'r>(value: &mut Value, at: &str, reply: &impl Fn(usize) -> Option<&'r Value>) -> Result<()> {
    match value {
        Value::Object(members) => {
            let Some(reference) = Reference::of(members, at)? else {
                return members.iter_mut().try_for_each(|(name, member)| put(member, &join(at, name), reply));
            };
            let found = reply(reference.reply_of).and_then(|reply| reference.in_reply(reply));
            let unknown = || Error::field(Reason::UnknownField, join(at, FIELD));
            let found = found.cloned().ok_or_else(unknown)?;
            *value = found;
            Ok(())
        }
        Value::Array(list) => {
            let mut numbered = list.iter_mut().enumerate();
            numbered.try_for_each(|(index, member)| put(member, &join(at, &index.to_string()), reply))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wrong(args: &Value, index: usize) -> (Reason, Option<String>) {
        let error = refers(args, index).expect_err("is wrong");
        (error.reason(), error.field_name().map(str::to_owned))
    }

    #[test]
    fn a_reference_is_found_anywhere_and_only_to_what_was_before() {
        let args = json!({"client": 1, "parts": [{"visits": {"pass": {"reply_of": 1, "field": "pass"}}}]});
        assert_eq!(refers(&args, 2), Ok(true));
        let ahead = "parts.0.visits.pass.reply_of".to_owned();
        assert_eq!(wrong(&args, 1), (Reason::OutOfRange, Some(ahead.clone())), "itself");
        assert_eq!(wrong(&args, 0), (Reason::OutOfRange, Some(ahead)), "one that is yet to come");
        assert_eq!(refers(&json!({"client": 1, "field": "x"}), 0), Ok(false));
    }

    #[test]
    fn a_reference_is_written_whole_and_holds_nothing_else() {
        let at = |reason, field: &str| (reason, Some(field.to_owned()));
        for (reference, expected) in [
            (json!({"reply_of": 0}), at(Reason::Required, "client.field")),
            (json!({"reply_of": "0", "field": "client"}), at(Reason::WrongType, "client.reply_of")),
            (json!({"reply_of": 0.5, "field": "client"}), at(Reason::WrongType, "client.reply_of")),
            (json!({"reply_of": -1, "field": "client"}), at(Reason::OutOfRange, "client.reply_of")),
            (json!({"reply_of": 0, "field": 1}), at(Reason::WrongType, "client.field")),
            (json!({"reply_of": 0, "field": ""}), at(Reason::Empty, "client.field")),
            (json!({"reply_of": 0, "field": "client", "or": 1}), at(Reason::UnknownField, "client.or")),
        ] {
            assert_eq!(wrong(&json!({"client": reference}), 1), expected, "{reference}");
        }
    }

    #[test]
    fn the_value_takes_the_place_of_the_reference() {
        let replies = [json!({"client": 7, "lots": [{"lot": 3}, {"lot": 4}], "group": null})];
        let resolved = |mut args: Value| resolve(&mut args, &|index| replies.get(index)).map(|()| args);
        let of = |field: &str| json!({"a": [{"reply_of": 0, "field": field}], "b": "kept"});
        assert_eq!(resolved(of("client")), Ok(json!({"a": [7], "b": "kept"})));
        assert_eq!(resolved(of("lots.1.lot")), Ok(json!({"a": [4], "b": "kept"})));
        assert_eq!(resolved(of("lots.0")), Ok(json!({"a": [{"lot": 3}], "b": "kept"})));
        for nothing in ["card", "group", "lots.2", "lots.x", "lots.-1", "lots.+1", "client.0", "client.", "."]
        {
            let error = resolved(of(nothing)).expect_err("leads nowhere");
            assert_eq!((error.reason(), error.field_name()), (Reason::UnknownField, Some("a.0.field")));
        }
    }

    #[test]
    fn a_batch_that_plainly_has_none_is_not_looked_through() {
        assert!(!may_refer(br#"[{"op":"client.add","args":{"first_name":"Ann"}}]"#));
        assert!(may_refer(br#"[{"args":{"client":{"reply_of":0}}}]"#));
        assert!(may_refer(br#"[{"args":{"client":{"reply\u005fof":0}}}]"#), "written with an escape");
    }
}
