//! Parameters of a visit, such as the settings of machines: names with typed values.

use crate::error::{Error, Reason, Result};
use crate::ids::VisitId;
use crate::time::Instant;
use rust_decimal::Decimal;

/// The most parameters of one visit.
pub const PARAMETERS: usize = 50;
/// The longest name of one, characters.
pub const NAME: usize = 64;
/// The longest text as a value, characters.
pub const TEXT: usize = 500;

choice! {
    /// The value of a parameter.
    pub enum ParameterValue {
        /// Words, up to 500 characters.
        Text(String),
        /// A number as decimal text, such as `62.5`: up to 28 digits.
        Number(String),
        /// Yes or no.
        Flag(bool),
    }
}

request! {
    /// A parameter of a visit.
    pub struct Parameter {
        /// Its name, 1 to 64 characters; blanks at the ends do not matter, letter case does.
        #[schemars(length(min = 1, max = 64))]
        pub name: String,
        /// Its value.
        pub value: ParameterValue,
    }
}

record! {
    /// The last value that a parameter had.
    pub struct LastParameter {
        /// Its name.
        pub name: String,
        /// Its value.
        pub value: ParameterValue,
        /// The visit that it is of.
        pub visit: VisitId,
        /// When that visit began.
        pub entered: Instant,
    }
}

impl ParameterValue {
    /// The kind of a value and the value, as they are stored.
    #[must_use]
    pub fn stored(&self) -> (&'static str, &str) {
        match self {
            Self::Text(text) => ("text", text),
            Self::Number(number) => ("number", number),
            Self::Flag(true) => ("flag", "yes"),
            Self::Flag(false) => ("flag", "no"),
        }
    }

    /// The value that was stored so.
    #[must_use]
    pub fn from_stored(kind: &str, value: String) -> Option<Self> {
        match (kind, value.as_str()) {
            ("text", _) => Some(Self::Text(value)),
            ("number", _) => Some(Self::Number(value)),
            ("flag", "yes") => Some(Self::Flag(true)),
            ("flag", "no") => Some(Self::Flag(false)),
            _ => None,
        }
    }
}

/// A number in its shortest form: `62.50` is `62.5`.
///
/// # Errors
/// `bad_format` if it is no decimal number, or has more digits than can be kept.
pub fn number(text: &str) -> Result<String> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    let number = Decimal::from_str_exact(text).ok().filter(|_| plain);
    number.map(|number| number.normalize().to_string()).ok_or_else(|| Error::new(Reason::BadFormat))
}

/// The parameters of a visit after some were set and others cleared, in the order of their names. Who clears what is not
/// there changes nothing.
///
/// # Errors
/// `already_exists` for a name that is set twice, `contradiction` for one that is set and cleared, `too_long` where they get too
/// many; each with its field.
pub fn after(before: &[Parameter], set: &[Parameter], clear: &[String]) -> Result<Vec<Parameter>> {
    for (index, one) in set.iter().enumerate() {
        if set.iter().take(index).any(|other| other.name == one.name) {
            return Err(Error::field(Reason::AlreadyExists, format!("set.{index}.name")));
        }
    }
    for (index, name) in clear.iter().enumerate() {
        if set.iter().any(|one| one.name == *name) {
            return Err(Error::field(Reason::Contradiction, format!("clear.{index}")));
        }
    }
    let stays = |one: &&Parameter| !clear.contains(&one.name) && !set.iter().any(|new| new.name == one.name);
    let mut found: Vec<Parameter> = before.iter().filter(stays).chain(set).cloned().collect();
    if found.len() > PARAMETERS {
        return Err(Error::field(Reason::TooLong, "set").with("max", PARAMETERS));
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(name: &str, value: bool) -> Parameter {
        Parameter { name: name.to_owned(), value: ParameterValue::Flag(value) }
    }

    #[test]
    fn numbers_are_decimal_text_in_their_shortest_form() {
        for (text, expected) in [("62.50", "62.5"), ("-3", "-3"), ("0.0", "0"), ("007", "7")] {
            assert_eq!(number(text).as_deref(), Ok(expected), "{text}");
        }
        for text in ["", "x", "1e3", "1_000", "1,5", "--1", "12345678901234567890123456789012345"] {
            assert_eq!(number(text), Err(Reason::BadFormat.into()), "{text}");
        }
    }

    #[test]
    fn values_are_stored_and_read_back() {
        let text = |text: &str| text.to_owned();
        for value in [
            ParameterValue::Text(text("yes")),
            ParameterValue::Number(text("62.5")),
            ParameterValue::Flag(true),
            ParameterValue::Flag(false),
        ] {
            let (kind, stored) = value.stored();
            assert_eq!(ParameterValue::from_stored(kind, stored.to_owned()), Some(value.clone()));
        }
        assert_eq!(ParameterValue::from_stored("flag", text("maybe")), None);
    }

    #[test]
    fn what_is_not_named_stays() {
        let before = [flag("a", true), flag("c", true)];
        let changed = after(&before, &[flag("c", false), flag("b", true)], &["a".to_owned(), "z".to_owned()]);
        assert_eq!(changed, Ok(vec![flag("b", true), flag("c", false)]));
        let refused = |set: &[Parameter], clear: &[String]| after(&before, set, clear).expect_err("refused");
        let both = refused(&[flag("b", true)], &["a".to_owned(), "b".to_owned()]);
        assert_eq!(both, Error::field(Reason::Contradiction, "clear.1"));
        let twice = refused(&[flag("b", true), flag("b", false)], &[]);
        assert_eq!(twice, Error::field(Reason::AlreadyExists, "set.1.name"));
        let many: Vec<Parameter> = (0..49).map(|index| flag(&format!("n{index}"), true)).collect();
        assert_eq!(refused(&many, &[]), Error::field(Reason::TooLong, "set").with("max", 50));
        assert_eq!(after(&before, &many, &["a".to_owned()]).map(|found| found.len()), Ok(50));
    }
}
