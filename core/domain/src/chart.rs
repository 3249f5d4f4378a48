//! The chart: what else a venue wants to know of its clients, in fields of its own.

use crate::contact::text_type;
use crate::error::{Error, Reason, Result};
use crate::ids::{FieldId, OperatorId, VenueId};
use crate::time::{Date, Instant};
use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;

/// A number with at most 18 digits. In JSON a string: `"82.5"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl FromStr for Number {
    type Err = Error;

    /// Reads digits with a sign and a point, if there are any; what it says is kept without zeros that say nothing.
    fn from_str(text: &str) -> Result<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if !plain || !(1..=18).contains(&digits) {
            return Err(Reason::BadFormat.into());
        }
        let number = Decimal::from_str_exact(text).map_err(|_| Reason::BadFormat)?;
        Ok(Self(number.normalize().to_string()))
    }
}

text_type!(Number, "decimal", "A number with at most 18 digits, such as 82.5.");

words! {
    /// What a field of the chart holds.
    pub enum FieldKind {
        /// Free text.
        Text "text",
        /// A number.
        Number "number",
        /// A date.
        Date "date",
        /// One of the options.
        Choice "choice",
        /// Some of the options.
        Set "set",
        /// Yes or no.
        Flag "flag",
    }
}

choice! {
    /// What stands in a field of the chart.
    pub enum FieldValue {
        /// Text of 1 to 4000 characters.
        Text(String),
        /// A number.
        Number(Number),
        /// A date.
        Date(Date),
        /// One of the options of the field.
        Choice(String),
        /// Some of the options of the field, each once.
        Set(Vec<String>),
        /// Yes or no.
        Flag(bool),
    }
}

record! {
    /// A field of the chart.
    pub struct Field {
        /// The id.
        pub field: FieldId,
        /// Grows by one with every change.
        pub version: i64,
        /// The venue that asks.
        pub venue: VenueId,
        /// The name.
        pub name: String,
        /// What it holds.
        pub kind: FieldKind,
        /// What can be chosen.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub options: Vec<String>,
        /// Whether a chart must have it.
        pub required: bool,
        /// Whether only operators with the right may read it, each reading being noted.
        pub sensitive: bool,
        /// Archived fields are asked no more; what stands in them is kept.
        pub archived: bool,
    }

    /// What stands in one field of a client's chart.
    pub struct Entry {
        /// The field.
        pub field: FieldId,
        /// What stands in it.
        pub value: FieldValue,
        /// When it was written.
        pub at: Instant,
        /// Who wrote it, where that was said.
        pub by: Option<OperatorId>,
    }
}

impl FieldValue {
    /// The kind of field that it goes into.
    #[must_use]
    pub const fn kind(&self) -> FieldKind {
        match self {
            Self::Text(_) => FieldKind::Text,
            Self::Number(_) => FieldKind::Number,
            Self::Date(_) => FieldKind::Date,
            Self::Choice(_) => FieldKind::Choice,
            Self::Set(_) => FieldKind::Set,
            Self::Flag(_) => FieldKind::Flag,
        }
    }
}

impl Field {
    /// Checks that a value can stand in this field. Of options it must be one, or some of them, each once.
    ///
    /// # Errors
    /// `field_kind` for a value of another kind, `unknown_value` for what is no option, `already_exists` for one given
    /// twice; the field is that within the value.
    pub fn check(&self, value: &FieldValue) -> Result<()> {
        if value.kind() != self.kind {
            return Err(Error::new(Reason::FieldKind).with("kind", self.kind));
        }
        match value {
            FieldValue::Choice(option) if !self.options.contains(option) => {
                Err(Error::field(Reason::UnknownValue, "choice"))
            }
            FieldValue::Set(options) => {
                for (index, option) in options.iter().enumerate() {
                    let here = |reason| Error::field(reason, format!("set.{index}"));
                    if !self.options.contains(option) {
                        return Err(here(Reason::UnknownValue));
                    }
                    if options.iter().take(index).any(|other| other == option) {
                        return Err(here(Reason::AlreadyExists));
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// The first field that a chart must have and does not.
#[must_use]
pub fn lacking<'f>(fields: &'f [Field], filled: &[FieldId]) -> Option<&'f Field> {
    fields.iter().find(|field| field.required && !field.archived && !filled.contains(&field.field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: i64, kind: FieldKind, options: &[&str]) -> Field {
        Field {
            field: FieldId(id),
            version: 1,
            venue: VenueId(1),
            name: "a".to_owned(),
            kind,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            required: true,
            sensitive: false,
            archived: false,
        }
    }

    #[test]
    fn numbers_are_exact_and_short() {
        for (text, kept) in [("82.50", "82.5"), ("-0.10", "-0.1"), ("007", "7"), ("0.000000000000000001", "")]
        {
            match text.parse::<Number>() {
                Ok(number) => assert_eq!(number.to_string(), kept),
                Err(error) => assert_eq!((error, kept), (Reason::BadFormat.into(), "")),
            }
        }
        assert_eq!("999999999999999999".parse::<Number>().expect("18 digits").to_string(), "9".repeat(18));
        for text in ["", "x", "1e5", "1,5", "+1", " 1", "1.2.3", "-", ".", "1_000", &"1".repeat(19)] {
            assert_eq!(text.parse::<Number>(), Err(Reason::BadFormat.into()), "{text}");
        }
    }

    #[test]
    fn a_value_goes_into_a_field_of_its_kind_and_its_options() {
        let set = |options: &[&str]| FieldValue::Set(options.iter().map(|o| (*o).to_owned()).collect());
        let choice = field(1, FieldKind::Choice, &["A", "B"]);
        assert_eq!(choice.check(&FieldValue::Choice("B".to_owned())), Ok(()));
        assert_eq!(
            choice.check(&FieldValue::Choice("b".to_owned())),
            Err(Error::field(Reason::UnknownValue, "choice"))
        );
        let wrong = choice.check(&FieldValue::Text("A".to_owned())).expect_err("another kind");
        assert_eq!(wrong, Error::new(Reason::FieldKind).with("kind", "choice"));
        let some = field(1, FieldKind::Set, &["A", "B"]);
        assert_eq!(some.check(&set(&[])).and(some.check(&set(&["B", "A"]))), Ok(()));
        assert_eq!(some.check(&set(&["A", "C"])), Err(Error::field(Reason::UnknownValue, "set.1")));
        assert_eq!(some.check(&set(&["A", "A"])), Err(Error::field(Reason::AlreadyExists, "set.1")));
        assert_eq!(field(1, FieldKind::Flag, &[]).check(&FieldValue::Flag(false)), Ok(()));
    }

    #[test]
    fn what_must_be_there_is_missed_unless_it_is_asked_no_more() {
        let mut fields = [field(1, FieldKind::Text, &[]), field(2, FieldKind::Text, &[])];
        assert_eq!(lacking(&fields, &[FieldId(1)]).map(|field| field.field), Some(FieldId(2)));
        let [_, second] = &mut fields;
        second.archived = true;
        assert!(lacking(&fields, &[FieldId(1)]).is_none());
    }
}
