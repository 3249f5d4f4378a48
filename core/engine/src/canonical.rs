//! JSON in one form only, without a tree of values in between: members in the order of their names, nothing where there is
//! nothing to say. Digests are of this form, and the journal keeps it.

use carnet_domain::{Error, Reason, Result};
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A value in its canonical form.
#[derive(Debug, Clone)]
pub(crate) struct Json(Box<RawValue>);

impl Json {
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self> {
        text(value).and_then(|text| RawValue::from_string(text).map_err(|_| no_form())).map(Self)
    }

    pub fn null() -> Self {
        Self(RawValue::NULL.to_owned())
    }

    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The same as a tree.
    pub fn value(&self) -> Result<Value> {
        serde_json::from_str(self.as_str()).map_err(|_| no_form())
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(&Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

fn no_form() -> Error {
    Error::new(Reason::Internal).with("what", "no JSON form")
}

/// A value as text in its canonical form.
fn text<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    let mut out = Vec::with_capacity(512);
    value.serialize(Writer(&mut out)).map_err(|_| no_form())?;
    String::from_utf8(out).map_err(|_| no_form())
}

type Written = Result<(), serde_json::Error>;

/// Writes a value. What is no object is written by `serde_json`.
struct Writer<'a>(&'a mut Vec<u8>);

impl<'a> Writer<'a> {
    fn plain(&mut self) -> serde_json::Serializer<&mut Vec<u8>> {
        serde_json::Serializer::new(self.0)
    }

    fn list(self, closing: &'static str) -> List<'a> {
        self.0.push(b'[');
        List { begun: self.0.len(), out: self.0, closing }
    }

    #[inline(never)]
    fn object(self, len: usize, closing: &'static str) -> Object<'a> {
        self.0.push(b'{');
        let members = Vec::with_capacity(len);
        Object { begun: self.0.len(), out: self.0, members, in_order: true, key: String::new(), closing }
    }

    /// The object around a variant that holds something.
    fn variant(&mut self, name: &str) -> Written {
        self.0.push(b'{');
        self.plain().serialize_str(name)?;
        self.0.push(b':');
        Ok(())
    }
}

macro_rules! plain {
    ($($name:ident($value:ty))*) => { $(
        fn $name(mut self, value: $value) -> Written { self.plain().$name(value) }
    )* };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = serde_json::Error;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Object<'a>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Object<'a>;

    plain! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32) serialize_f64(f64)
        serialize_char(char) serialize_str(&str) serialize_bytes(&[u8])
    }
    fn collect_str<T: fmt::Display + ?Sized>(mut self, value: &T) -> Written {
        self.plain().collect_str(value)
    }
    fn serialize_none(mut self) -> Written {
        self.plain().serialize_none()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }
    fn serialize_unit(mut self) -> Written {
        self.plain().serialize_unit()
    }
    fn serialize_unit_struct(mut self, _: &'static str) -> Written {
        self.plain().serialize_unit()
    }
    fn serialize_unit_variant(mut self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.plain().serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let mut object = self.object(1, "}");
        object.member(Cow::Borrowed(variant), value)?;
        object.close()
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, Self::Error> {
        Ok(self.list("]"))
    }
    fn serialize_tuple(self, _: usize) -> Result<List<'a>, Self::Error> {
        Ok(self.list("]"))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a>, Self::Error> {
        Ok(self.list("]"))
    }
    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>, Self::Error> {
        self.variant(variant)?;
        Ok(self.list("]}"))
    }
    fn serialize_map(self, len: Option<usize>) -> Result<Object<'a>, Self::Error> {
        Ok(self.object(len.unwrap_or_default(), "}"))
    }
    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Object<'a>, Self::Error> {
        Ok(self.object(len, "}"))
    }
    fn serialize_struct_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Object<'a>, Self::Error> {
        self.variant(variant)?;
        Ok(self.object(len, "}}"))
    }
}

/// Ends what was written as `a,b,`.
fn close(out: &mut Vec<u8>, begun: usize, closing: &str) {
    if out.len() > begun {
        out.pop();
    }
    out.extend_from_slice(closing.as_bytes());
}

/// A list. What is nothing stays: it has a place.
struct List<'a> {
    out: &'a mut Vec<u8>,
    begun: usize,
    closing: &'static str,
}

macro_rules! list {
    ($($kind:ident $put:ident)*) => { $(
        impl $kind for List<'_> {
            type Ok = ();
            type Error = serde_json::Error;
            fn $put<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                value.serialize(Writer(self.out))?;
                self.out.push(b',');
                Ok(())
            }
            fn end(self) -> Written {
                close(self.out, self.begun, self.closing);
                Ok(())
            }
        }
    )* };
}
list! {
    SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

/// A member that was written: its name, and where it ends.
type Member = (Cow<'static, str>, usize);

/// An object. Its members are put in order at the end.
struct Object<'a> {
    out: &'a mut Vec<u8>,
    begun: usize,
    members: Vec<Member>,
    in_order: bool,
    /// Of a map: the name of the value that comes next.
    key: String,
    closing: &'static str,
}

impl Object<'_> {
    fn member<T: Serialize + ?Sized>(&mut self, name: Cow<'static, str>, value: &T) -> Written {
        let start = self.out.len();
        let said = self.name(&name)?;
        value.serialize(Writer(self.out))?;
        self.said(name, start, said);
        Ok(())
    }

    /// Writes the name of a member: where its value begins. Apart from [`Self::member`], which is compiled for every type.
    #[inline(never)]
    fn name(&mut self, name: &str) -> Result<usize, serde_json::Error> {
        Writer(self.out).serialize_str(name)?;
        self.out.push(b':');
        Ok(self.out.len())
    }

    /// Keeps a member that was written, unless it says nothing.
    #[inline(never)]
    fn said(&mut self, name: Cow<'static, str>, start: usize, said: usize) {
        if self.out.get(said..) == Some(b"null") {
            self.out.truncate(start);
            return;
        }
        self.out.push(b',');
        self.in_order &= self.members.last().is_none_or(|(before, _)| *before < name);
        self.members.push((name, self.out.len()));
    }

    /// Writes the members again, in their order; of two with one name the later.
    fn arrange(&mut self) {
        let written = self.out.split_off(self.begun);
        let mut start = 0_usize;
        let mut members: Vec<(&str, &[u8])> = Vec::with_capacity(self.members.len());
        for (name, end) in &self.members {
            let end = end.saturating_sub(self.begun);
            members.push((name, written.get(start..end).unwrap_or_default()));
            start = end;
        }
        // Stable: the later of two stays behind the earlier.
        members.sort_by_key(|(name, _)| *name);
        let mut left = members.into_iter().peekable();
        while let Some((name, text)) = left.next() {
            if left.peek().is_none_or(|(next, _)| *next != name) {
                self.out.extend_from_slice(text);
            }
        }
    }

    #[inline(never)]
    fn close(mut self) -> Written {
        if !self.in_order {
            self.arrange();
        }
        close(self.out, self.begun, self.closing);
        Ok(())
    }
}

macro_rules! object {
    ($($kind:ident)*) => { $(
        impl $kind for Object<'_> {
            type Ok = ();
            type Error = serde_json::Error;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
                self.member(Cow::Borrowed(name), value)
            }
            fn end(self) -> Written {
                self.close()
            }
        }
    )* };
}
object! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Object<'_> {
    type Ok = ();
    type Error = serde_json::Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.key = match serde_json::to_value(key)? {
            Value::String(name) => name,
            Value::Number(number) => number.to_string(),
            Value::Bool(word) => word.to_string(),
            _ => return Err(serde_json::Error::custom("a name that is no text")),
        };
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        let name = std::mem::take(&mut self.key);
        self.member(Cow::Owned(name), value)
    }
    fn end(self) -> Written {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The plain way: a tree, which keeps its members in order, without what is null.
    fn by_tree<T: Serialize>(value: &T) -> String {
        fn strip(value: &mut Value) {
            match value {
                Value::Object(map) => {
                    map.retain(|_, value| !value.is_null());
                    map.values_mut().for_each(strip);
                }
                Value::Array(list) => list.iter_mut().for_each(strip),
                _ => {}
            }
        }
        let mut value = serde_json::to_value(value).expect("a JSON form");
        strip(&mut value);
        value.to_string()
    }

    fn same<T: Serialize>(value: &T) -> String {
        let text = text(value).expect("a JSON form");
        assert_eq!(text, by_tree(value));
        text
    }

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Forms {
        Word,
        One(Option<i64>),
        Two(i64, Option<i64>),
        Named { z: Option<bool>, a: &'static str, m: Vec<Option<u8>> },
    }

    #[derive(Serialize)]
    struct Newtype(i64);

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Outer<'a> {
        words: Vec<Forms>,
        by_number: BTreeMap<i64, Option<char>>,
        by_text: BTreeMap<&'a str, Newtype>,
        #[serde(flatten)]
        more: BTreeMap<&'a str, bool>,
        empty: BTreeMap<String, String>,
        nothing: Option<()>,
        unit: Unit,
        pair: (u64, &'a str),
        an_instant: carnet_domain::Instant,
        list: [(); 2],
    }

    #[test]
    fn every_form_is_that_of_the_tree() {
        let outer = Outer {
            words: vec![
                Forms::Word,
                Forms::One(Some(-1)),
                Forms::One(None),
                Forms::Two(1, None),
                Forms::Named { z: Some(true), a: "\"\u{1}é\u{2028}", m: vec![None, Some(7)] },
                Forms::Named { z: None, a: "", m: Vec::new() },
            ],
            by_number: [(10, Some('x')), (9, None), (-1, Some('"'))].into(),
            by_text: [("b\"", Newtype(i64::MIN)), ("a", Newtype(i64::MAX))].into(),
            more: [("zz", true), ("aa", false)].into(),
            empty: BTreeMap::new(),
            nothing: None,
            unit: Unit,
            pair: (u64::MAX, "null"),
            an_instant: carnet_domain::Instant::from_micros(1_780_300_803_278_000).expect("in range"),
            list: [(), ()],
        };
        let text = same(&outer);
        assert!(text.starts_with(r#"{"aa":false,"an_instant":"2026-"#), "{text}");
        assert!(text.contains(r#"{"one":-1},{},{"two":[1,null]},{"named":{"a":"#), "{text}");
        assert!(text.contains(r#""by_number":{"-1":"\"","10":"x"}"#), "{text}");
        assert!(text.contains(r#""list":[null,null]"#) && !text.contains("unit"), "{text}");
        assert_eq!(same(&None::<i64>), "null");
        assert_eq!(same(&BTreeMap::from([("a", None::<i64>)])), "{}");
    }

    #[test]
    fn of_two_members_with_one_name_the_later_counts() {
        #[derive(Serialize)]
        struct Twice {
            b: i64,
            #[serde(flatten)]
            more: BTreeMap<&'static str, i64>,
        }
        assert_eq!(
            same(&Twice { b: 1, more: [("a", 2), ("b", 3), ("c", 4)].into() }),
            r#"{"a":2,"b":3,"c":4}"#
        );
    }

    fn tree() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            ".{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(".{0,4}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_tree_comes_out_as_it_is_without_nulls(tree in tree()) {
            let text = same(&tree);
            // What is canonical stays as it is.
            let again = Json::of(&serde_json::from_str::<Value>(&text).expect("JSON")).expect("a form");
            prop_assert_eq!(again.as_str(), text);
        }
    }
}
