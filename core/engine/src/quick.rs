//! What a door or a till asks in a hurry, on its way through the JSON door: read in one pass and answered in one, without
//! a tree of values in between. It means the same: whatever is not plainly right takes the usual way, which knows what
//! is wrong and where.

use crate::call::{Call, Document, Late};
use crate::operation::{Asked, Row, row};
use carnet_domain::{Instant, OperatorId, VenueId};
use serde::ser::{Impossible, Serialize, SerializeSeq, SerializeStruct, Serializer};
use serde::{Deserialize, Serialize as DeriveSerialize};
use std::borrow::Cow;
use std::fmt;

/// The whole request. A member given twice is refused by serde, and then looked at the usual way.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "T: Deserialize<'de>")]
struct Request<'a, T> {
    #[serde(borrow)]
    op: Cow<'a, str>,
    args: T,
    at: Option<Instant>,
    key: Option<String>,
    by: Option<OperatorId>,
    venue: Option<VenueId>,
    document: Option<Document>,
    late: Option<Late>,
    dry_run: Option<bool>,
    deadline_ms: Option<i64>,
}

/// An operation of which nothing is left to be read.
pub(crate) trait Quick: Row {
    /// The request, if that is what the text is.
    fn read(text: &str) -> Option<(Call, Asked<Self>)>
    where
        Self: Sized,
    {
        let request: Request<'_, Self::Request> = serde_json::from_str(text).ok()?;
        if request.op != Self::NAME {
            return None;
        }
        let call = Call {
            at: request.at,
            key: request.key,
            by: request.by,
            venue: request.venue,
            document: request.document,
            late: request.late,
            dry_run: request.dry_run.unwrap_or(false),
            deadline_ms: request.deadline_ms.unwrap_or(0),
        };
        Some((call, Asked::new(request.args)))
    }

    /// The answer as text, if it can be written without nulls.
    fn write(reply: &Self::Reply, at: Instant) -> Option<String> {
        #[derive(DeriveSerialize)]
        #[serde(bound = "T: Serialize")]
        struct Answer<'a, T> {
            reply: Without<'a, T>,
            at: Instant,
        }
        let mut text = Vec::with_capacity(512);
        serde_json::to_writer(&mut text, &Answer { reply: Without(reply), at }).ok()?;
        String::from_utf8(text).ok()
    }
}

impl Quick for row::access_decide {}
impl Quick for row::account_balance {}
impl Quick for row::card_find {}

/// A value without the members that are null.
struct Without<'a, T: ?Sized>(&'a T);

impl<T: Serialize + ?Sized> Serialize for Without<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Bare(serializer))
    }
}

/// Hands everything on but members that are null. Forms that no reply here has are refused.
struct Bare<S>(S);

macro_rules! handed_on {
    ($($name:ident($value:ty))*) => { $(
        fn $name(self, value: $value) -> Result<S::Ok, S::Error> { self.0.$name(value) }
    )* };
}

/// What [`Bare`] refuses.
fn other<T, E: serde::ser::Error>() -> Result<T, E> {
    Err(E::custom("another form"))
}

impl<S: Serializer> Serializer for Bare<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Bare<S::SerializeSeq>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = Bare<S::SerializeStruct>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    handed_on! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32) serialize_f64(f64)
        serialize_char(char) serialize_str(&str) serialize_bytes(&[u8])
    }
    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_none()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit()
    }
    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit_struct(name)
    }
    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        word: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit_variant(name, index, word)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        other()
    }
    fn serialize_seq(self, len: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        self.0.serialize_seq(len).map(Bare)
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, S::Error> {
        other()
    }
    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        other()
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        other()
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        other()
    }
    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Self::SerializeStruct, S::Error> {
        self.0.serialize_struct(name, len).map(Bare)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        other()
    }
    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.collect_str(value)
    }
}

impl<S: SerializeSeq> SerializeSeq for Bare<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.0.serialize_element(&Without(value))
    }
    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

impl<S: SerializeStruct> SerializeStruct for Bare<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        if value.serialize(Null).is_ok() {
            return self.0.skip_field(name);
        }
        self.0.serialize_field(name, &Without(value))
    }
    fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
        self.0.skip_field(name)
    }
    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

/// Succeeds for what is null.
struct Null;

/// It is something.
#[derive(Debug)]
struct Something;

impl fmt::Display for Something {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("something")
    }
}
impl std::error::Error for Something {}
impl serde::ser::Error for Something {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

macro_rules! something {
    ($($name:ident($($value:ty),*) -> $found:ty;)*) => { $(
        fn $name(self, $(_: $value),*) -> Result<$found, Something> { Err(Something) }
    )* };
}
type Never = Impossible<(), Something>;

impl Serializer for Null {
    type Ok = ();
    type Error = Something;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    something! {
        serialize_bool(bool) -> (); serialize_i8(i8) -> (); serialize_i16(i16) -> (); serialize_i32(i32) -> ();
        serialize_i64(i64) -> (); serialize_u8(u8) -> (); serialize_u16(u16) -> (); serialize_u32(u32) -> ();
        serialize_u64(u64) -> (); serialize_f32(f32) -> (); serialize_f64(f64) -> (); serialize_char(char) -> ();
        serialize_str(&str) -> (); serialize_bytes(&[u8]) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Never; serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never; serialize_struct(&'static str, usize) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }
    fn serialize_none(self) -> Result<(), Something> {
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Something> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Something> {
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Something> {
        Ok(())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Something> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Something> {
        Err(Something)
    }
    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), Something> {
        Err(Something)
    }
}
