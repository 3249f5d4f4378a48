//! Phone numbers, e-mail addresses and the form in which names are searched.

#[cfg(feature = "phone")]
mod numbering;
#[cfg(not(feature = "phone"))]
#[path = "contact/shape.rs"]
mod numbering;

use crate::error::{Error, Reason, Result};
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

/// The longest text that is tried as a phone number.
const PHONE_TEXT_MAX: usize = 64;
/// The longest e-mail address that mail servers carry.
const EMAIL_MAX: usize = 254;

/// A phone number in the form of E.164. In JSON `"+40722123456"`.
///
/// ```
/// use carnet_domain::contact::Phone;
/// assert_eq!(Phone::parse("0722 123 456", Some("RO"))?.as_str(), "+40722123456");
/// assert_eq!(Phone::parse("+40 (0) 722-123-456", None)?.as_str(), "+40722123456");
/// # Ok::<(), carnet_domain::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(String);

impl Phone {
    /// Reads a number as people write it. Without a leading `+` it is one of the default country, two
    /// letters of ISO 3166.
    ///
    /// Digits, spaces and the signs `( ) - . /` may be used; extensions and letters are not phone numbers. Without the
    /// feature `phone` no country's numbers are known: only those with `+` and the code of the country are taken, as far
    /// as they have the form of E.164.
    ///
    /// # Errors
    /// `bad_phone`, or `unknown_value` with the field `default_country`.
    pub fn parse(text: &str, default_country: Option<&str>) -> Result<Self> {
        let known = |country| numbering::country(country).ok_or_else(unknown_country);
        let country = default_country.map(known).transpose()?;
        let dialled = dialled(text).ok_or(Reason::BadPhone)?;
        numbering::read(&dialled, country)
            .filter(|text| is_e164(text))
            .map(Self)
            .ok_or_else(|| Reason::BadPhone.into())
    }

    /// A number from a row of the store, unchecked: what was valid once stays readable when numbering plans
    /// change.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The number with `+` and the code of the country.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether phone numbers can be read for a country: two letters of ISO 3166.
#[must_use]
pub fn is_country(text: &str) -> bool {
    numbering::country(text).is_some()
}

fn unknown_country() -> Error {
    Error::field(Reason::UnknownValue, "default_country")
}

/// The digits, after `+` if there is one; `None` if there is anything else.
fn dialled(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > PHONE_TEXT_MAX {
        return None;
    }
    let (plus, rest) = text.strip_prefix('+').map_or(("", text), |rest| ("+", rest));
    let mut digits = plus.to_owned();
    for c in rest.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '(' | ')' | '-' | '.' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}' => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    Some(digits)
}

fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (5..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

impl FromStr for Phone {
    type Err = Error;

    /// Reads E.164 only, as JSON carries it.
    fn from_str(text: &str) -> Result<Self> {
        let phone =
            if is_e164(text) { Self::parse(text, None)? } else { return Err(Reason::BadPhone.into()) };
        if phone.0 == text { Ok(phone) } else { Err(Reason::BadPhone.into()) }
    }
}

/// An e-mail address, spelled as it was given. In JSON a string.
///
/// `==` compares the spelling, so that a change of it is seen; whether two are one address, ask [`Email::key`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

impl Email {
    /// The address as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form to compare: lower-case, composed.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase().nfc().collect()
    }

    /// An address from a row of the store, unchecked.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }
}

impl FromStr for Email {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        let options = email_address::Options::default()
            .with_required_tld()
            .without_domain_literal()
            .without_display_text();
        match email_address::EmailAddress::parse_with_options(text, options) {
            Ok(_) if text.len() <= EMAIL_MAX => Ok(Self(text.to_owned())),
            _ => Err(Reason::BadEmail.into()),
        }
    }
}

/// The form in which names are stored for search and in which a search text is compared with them.
///
/// Compatibility forms and accents are taken apart, every script is written in Latin letters, and what is left
/// are lower-case letters, digits and single spaces. Apostrophes vanish (O'Brien, Georgian ejectives, the soft
/// sign); all other signs separate words.
///
/// ```
/// use carnet_domain::contact::search_key;
/// assert_eq!(search_key("  Ștefan  O’Brien-Țepeș "), "stefan obrien tepes");
/// ```
#[must_use]
pub fn search_key(text: &str) -> String {
    // In plain letters there is nothing to take apart and nothing to write otherwise.
    if text.is_ascii() {
        return key_of_ascii(text);
    }
    let decomposed: String =
        text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    key_of_ascii(&any_ascii::any_ascii(&decomposed))
}

fn key_of_ascii(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.push(c.to_ascii_lowercase());
        } else if !matches!(c, '\'' | '`' | '"') {
            gap = true;
        }
    }
    key
}

macro_rules! text_type {
    ($name:ident, $format:literal, $description:literal) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::error::from_text(deserializer)
            }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": $format, "description": $description })
            }
        }
        #[cfg(feature = "uniffi")]
        uniffi::custom_type!($name, String, {
            lower: |value| value.to_string(),
            try_lift: |text| Ok(text.parse()?),
        });
    };
}

pub(crate) use text_type;

text_type!(Phone, "phone", "A phone number in the form of E.164, such as +40722123456.");
text_type!(Email, "email", "An e-mail address.");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn emails_keep_their_spelling_and_compare_by_key() {
        let email: Email = " Ana.Pop@Example.RO ".parse().expect("valid");
        assert_eq!((email.as_str(), email.key().as_str()), ("Ana.Pop@Example.RO", "ana.pop@example.ro"));
        assert_eq!(email.key(), "ana.pop@example.ro".parse::<Email>().expect("valid").key());
        assert_eq!(serde_json::to_string(&email).expect("valid"), r#""Ana.Pop@Example.RO""#);
        assert!("почта@пример.рф".parse::<Email>().is_ok());
        for text in [
            "",
            "ana",
            "ana@",
            "@example.ro",
            "ana@localhost",
            "ana@[127.0.0.1]",
            "a b@example.ro",
            "Ana <ana@example.ro>",
            "ana@example..ro",
            "ana@exa mple.ro",
        ] {
            assert_eq!(text.parse::<Email>(), Err(Reason::BadEmail.into()), "{text}");
        }
        assert!(format!("{}@{}.ro", "a".repeat(64), "b.".repeat(95) + "b").parse::<Email>().is_err());
    }

    #[test]
    fn names_of_many_scripts_have_latin_keys() {
        for (name, key) in [
            ("Ștefan Ţepeş", "stefan tepes"),
            ("Ana-Maria  D'Angelo", "ana maria dangelo"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Jürgen Groß", "jurgen gross"),
            ("ＡＮＡ ﬁn", "ana fin"),
            ("Игорь Ильич Соловьёв", "igor ilich solovev"),
            ("Георги Димитров", "georgi dimitrov"),
            ("ნინო ჭავჭავაძე", "nino chavchavadze"),
            ("თამარ კაპანაძე", "tamar kapanadze"),
            ("Γιώργος Παπαδόπουλος", "giorgos papadopoylos"),
            ("Արամ Խաչատրյան", "aram khachatryan"),
            ("İbrahim Işık", "ibrahim isik"),
            ("  \u{200b}! ", ""),
            ("Zimmer 12/B", "zimmer 12 b"),
        ] {
            assert_eq!(search_key(name), key, "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = Phone::parse(&text, Some("RO"));
            let _ = text.parse::<Email>();
            let key = search_key(&text);
            prop_assert_eq!(search_key(&key), key);
        }

        #[test]
        fn no_digits_panic_and_what_is_read_reads_back(text in "\\+?[0-9 ()-]{0,24}",
            country in prop::sample::select(vec!["RO", "GE", "RU", "BG", "US", "IT", "GB", "DE", "AR", "MX", "BR", "CN", "TA"]))
        {
            if let Ok(phone) = Phone::parse(&text, Some(country)) {
                prop_assert_eq!(phone.as_str().parse::<Phone>(), Ok(phone.clone()));
            }
            let _ = Phone::parse(&text, None);
        }
    }
}
