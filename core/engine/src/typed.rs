//! Typed values out of JSON values. Where it goes wrong is noted on the way, so that each type is compiled for one
//! reader only.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor, value::BorrowedStrDeserializer,
};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value, map};
use std::cell::OnceCell;
use std::fmt;
use std::slice;

/// Reads a typed value. An error comes with its place: dotted, list elements by their index, empty for the value itself.
pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, (Error, String)> {
    let wrong = OnceCell::new();
    let reader = Reader { value, place: &Place::Top, wrong: &wrong };
    T::deserialize(reader).map_err(|error| (error, wrong.into_inner().unwrap_or_default()))
}

/// Where a value stands.
enum Place<'p> {
    Top,
    Member(&'p Place<'p>, &'p str),
    Element(&'p Place<'p>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (above, own): (_, &dyn fmt::Display) = match self {
            Self::Top => return Ok(()),
            Self::Member(above, name) => (above, name),
            Self::Element(above, index) => (above, index),
        };
        match above {
            Self::Top => own.fmt(f),
            above => write!(f, "{above}.{own}"),
        }
    }
}

/// A value at its place, and where the place of the first error is kept: errors come out from the inside, so the first
/// is the deepest.
#[derive(Clone, Copy)]
struct Reader<'de, 'p> {
    value: &'de Value,
    place: &'p Place<'p>,
    wrong: &'p OnceCell<String>,
}

impl<'de> Reader<'de, '_> {
    /// Reads a value that lies in this one.
    fn inner<S: DeserializeSeed<'de>>(
        self,
        value: &'de Value,
        place: &Place<'_>,
        seed: S,
    ) -> Result<S::Value, Error> {
        let result = seed.deserialize(Reader { value, place, wrong: self.wrong });
        if result.is_err() {
            self.wrong.get_or_init(|| place.to_string());
        }
        result
    }
}

impl<'de> Deserializer<'de> for Reader<'de, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(value) => value.deserialize_any(visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(list) => {
                let mut elements = Elements { within: self, rest: list.iter(), index: 0 };
                let value = visitor.visit_seq(&mut elements)?;
                if elements.rest.len() == 0 { Ok(value) } else { Err(too_long(list.len())) }
            }
            Value::Object(members) => {
                visitor.visit_map(Members { within: self, rest: members.iter(), next: None })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value {
            Value::String(name) => visitor.visit_enum(Choice { within: self, name, content: None }),
            Value::Object(members) => {
                let mut members = members.iter();
                match (members.next(), members.next()) {
                    (Some((name, content)), None) => {
                        visitor.visit_enum(Choice { within: self, name, content: Some(content) })
                    }
                    _ => Err(Error::invalid_value(Unexpected::Map, &"map with a single key")),
                }
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct identifier
    }
}

fn too_long(length: usize) -> Error {
    Error::invalid_length(length, &"fewer elements in array")
}

struct Elements<'de, 'p> {
    within: Reader<'de, 'p>,
    rest: slice::Iter<'de, Value>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Elements<'de, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        let place = Place::Element(self.within.place, self.index);
        self.index = self.index.saturating_add(1);
        self.within.inner(value, &place, seed).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Members<'de, 'p> {
    within: Reader<'de, 'p>,
    rest: map::Iter<'de>,
    next: Option<(&'de str, &'de Value)>,
}

impl<'de> MapAccess<'de> for Members<'de, '_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next = self.rest.next().map(|(name, value)| (name.as_str(), value));
        let Some((name, _)) = self.next else { return Ok(None) };
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let (name, value) = self.next.take().ok_or_else(|| Error::custom("a value without its name"))?;
        self.within.inner(value, &Place::Member(self.within.place, name), seed)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// One of several: a word, or a word with its content.
struct Choice<'de, 'p> {
    within: Reader<'de, 'p>,
    name: &'de str,
    content: Option<&'de Value>,
}

impl<'de> EnumAccess<'de> for Choice<'de, '_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        let variant = seed.deserialize(BorrowedStrDeserializer::new(self.name))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Choice<'de, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.content {
            None => Ok(()),
            Some(_) => self.newtype_variant_seed(std::marker::PhantomData),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        let content = self.content.ok_or_else(|| Error::invalid_type(Unexpected::UnitVariant, &"content"))?;
        self.within.inner(content, &Place::Member(self.within.place, self.name), seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.newtype_variant_seed(Content(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.newtype_variant_seed(Content(visitor))
    }
}

/// The content of a choice that is a list or has fields.
struct Content<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Content<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "snake_case")]
    enum Kind {
        Plain,
        One(Option<i64>),
        Two(i64, String),
        Fields { list: Vec<Item> },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Item {
        number: i64,
        #[serde(default)]
        kinds: BTreeMap<String, Kind>,
    }

    fn place(value: &Value) -> String {
        read::<Item>(value).expect_err("must fail").1
    }

    #[test]
    fn it_reads_what_serde_json_reads() {
        let value = json!({"number": -3, "kinds": {
            "a": "plain", "b": {"one": null}, "c": {"one": 7}, "d": {"two": [1, "x"]}, "e": {"fields": {"list": [{"number": 1}]}},
            "f": {"plain": null},
        }});
        let read: Item = read(&value).expect("it is right");
        assert_eq!(
            read.kinds.get("e"),
            Some(&Kind::Fields { list: vec![Item { number: 1, kinds: BTreeMap::new() }] })
        );
        assert_eq!(read, serde_json::from_value(value).expect("it is right"));
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        assert_eq!(place(&json!(1)), "");
        assert_eq!(place(&json!({})), "");
        assert_eq!(place(&json!({"number": "x"})), "number");
        assert_eq!(place(&json!({"number": 1, "kinds": {"a": {"one": "x"}}})), "kinds.a.one");
        assert_eq!(place(&json!({"number": 1, "kinds": {"a": {"two": [1, 2]}}})), "kinds.a.two.1");
        assert_eq!(place(&json!({"number": 1, "kinds": {"a": {"two": [1, "x", 3]}}})), "kinds.a.two");
        assert_eq!(
            place(&json!({"number": 1, "kinds": {"a": {"fields": {"list": [{"number": 1}, {}]}}}})),
            "kinds.a.fields.list.1"
        );
        assert_eq!(place(&json!({"number": 1, "kinds": {"a": "other"}})), "kinds.a");
        assert_eq!(place(&json!({"number": 1, "kinds": {"a": {"one": 1, "two": 2}}})), "kinds.a");
        assert_eq!(place(&json!({"number": 1, "kinds": {"a": {"plain": 1}}})), "kinds.a.plain");
    }
}
