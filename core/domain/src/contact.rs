//! Phone numbers, e-mail addresses and the form in which names are searched.

use crate::error::{Error, Reason, Result};
use phonenumber::metadata::{DATABASE, Descriptor};
use phonenumber::{Metadata, Mode, country};
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
    /// Digits, spaces and the signs `( ) - . /` may be used; extensions and letters are not phone numbers.
    ///
    /// # Errors
    /// `bad_phone`, or `unknown_value` with the field `default_country`.
    pub fn parse(text: &str, default_country: Option<&str>) -> Result<Self> {
        let country = default_country.map(known_country).transpose()?;
        let dialled = dialled(text).ok_or(Reason::BadPhone)?;
        let read = match (dialled.strip_prefix('+'), country) {
            (Some(digits), _) => international(digits),
            (None, Some(country)) => in_country(country, &dialled),
            (None, None) => None,
        };
        // The parser knows the odd cases: a trunk prefix after the code, carrier codes, Argentina's 15.
        read.or_else(|| parser(country, &dialled))
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
    known_country(text).is_ok()
}

/// A country that numbers can be read for.
fn known_country(text: &str) -> Result<country::Id> {
    let unknown = || Error::field(Reason::UnknownValue, "default_country");
    let id: country::Id = text.to_ascii_uppercase().parse().map_err(|_| unknown())?;
    // The parser panics for a country without metadata, such as Antarctica.
    DATABASE.by_id(id.as_ref()).map(|_| id).ok_or_else(unknown)
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

/// The number that begins with the code of a country, if what follows is a number of that country as it stands.
///
/// The parser itself is not asked first: it strips what looks like a trunk prefix even after the code, and reads
/// +7 812 325 12 34 (Saint Petersburg) as +7 12 325 12 34.
fn international(digits: &str) -> Option<String> {
    let mut codes = (1..=3).filter_map(|len| digits.split_at_checked(len));
    let (code, rest) = codes.find(|(code, _)| countries_of(code).is_some())?;
    let valid = countries_of(code)?.into_iter().any(|metadata| is_number(metadata, rest));
    valid.then(|| format!("+{code}{rest}"))
}

fn countries_of(code: &str) -> Option<Vec<&'static Metadata>> {
    let number: u16 = if code.starts_with('0') { return None } else { code.parse().ok()? };
    DATABASE.by_code(&number)
}

/// What is dialled within a country: with its trunk prefix, without it, with the prefix for calls abroad, or
/// with the code of the country but no plus.
fn in_country(country: country::Id, dialled: &str) -> Option<String> {
    let metadata = DATABASE.by_id(country.as_ref())?;
    let code = metadata.country_code().to_string();
    let without_trunk = metadata.national_prefix().and_then(|prefix| dialled.strip_prefix(prefix));
    let national = without_trunk.into_iter().chain([dialled]).find(|rest| is_number(metadata, rest));
    let abroad = || {
        let prefix = metadata.international_prefix()?.find(dialled).filter(|found| found.start() == 0)?;
        international(dialled.get(prefix.end()..)?)
    };
    let with_code = || dialled.starts_with(&code).then(|| international(dialled)).flatten();
    national.map(|rest| format!("+{code}{rest}")).or_else(abroad).or_else(with_code)
}

/// Whether these digits are a number of some kind in this country.
fn is_number(metadata: &Metadata, digits: &str) -> bool {
    let general = metadata.descriptors().general();
    is_of(general, digits) && kinds(metadata).into_iter().flatten().any(|kind| is_of(kind, digits))
}

/// The kinds of numbers that can be called from abroad.
fn kinds(metadata: &Metadata) -> [Option<&Descriptor>; 10] {
    let kinds = metadata.descriptors();
    [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
        kinds.voicemail(),
    ]
}

/// Whether all the digits match. `Descriptor::is_match` lets more digits follow, so its pattern is tied to the
/// end here.
fn is_of(kind: &Descriptor, digits: &str) -> bool {
    let whole = format!("^(?:(?x){})$", kind.national_number().as_str());
    let cache = DATABASE.cache();
    // A panic elsewhere leaves a cache of patterns behind, which is still one.
    let mut patterns = cache.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    patterns.compile(&whole).is_ok_and(|pattern| pattern.is_match(digits))
}

/// The valid number that the parser of the crate finds.
fn parser(country: Option<country::Id>, dialled: &str) -> Option<String> {
    let number = phonenumber::parse(country, dialled).ok()?;
    international(number.format().mode(Mode::E164).to_string().strip_prefix('+')?)
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
    let decomposed: String =
        text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let mut key = String::new();
    let mut gap = false;
    for c in any_ascii::any_ascii(&decomposed).chars() {
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

text_type!(Phone, "phone", "A phone number in the form of E.164, such as +40722123456.");
text_type!(Email, "email", "An e-mail address.");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn phone(text: &str, country: &str) -> String {
        Phone::parse(text, Some(country)).map_or_else(|error| error.to_string(), |phone| phone.0)
    }

    #[test]
    fn spellings_of_one_phone_are_one_phone() {
        for (country, expected, spellings) in [
            (
                "RO",
                "+40722123456",
                &[
                    "0722 123 456",
                    "0722-123-456",
                    "+40 722 123 456",
                    "0040722123456",
                    "+40 (0) 722 123 456",
                    " (0722) 123.456 ",
                    "722123456",
                    "0722/123\u{a0}456",
                ][..],
            ),
            (
                "GE",
                "+995555123456",
                &["555 12 34 56", "555-123-456", "+995 555 12 34 56", "00995 555123456", "0 555 12 34 56"],
            ),
            (
                "RU",
                "+79161234567",
                &[
                    "8 (916) 123-45-67",
                    "+7 916 123 45 67",
                    "9161234567",
                    "89161234567",
                    "7 916 123-45-67",
                    "+7(916)123–45–67",
                ],
            ),
            ("RU", "+78123251234", &["8 812 325-12-34", "+7 812 325 12 34", "(812) 325-12-34"]),
            ("RU", "+78005553535", &["8 800 555-35-35", "8005553535", "+7 800 555 35 35"]),
            (
                "BG",
                "+359888123456",
                &["088 812 3456", "0888 123 456", "+359 88 812 3456", "00359 888 123456"],
            ),
            ("IT", "+390669812345", &["06 6981 2345", "+39 06 69812345"]),
        ] {
            for spelling in spellings {
                assert_eq!(phone(spelling, country), expected, "{spelling}");
            }
        }
        assert_eq!(phone("+40 722 123 456", "ge"), "+40722123456");
        assert_eq!(phone("00 7 812 325 12 34", "RO"), "+78123251234");
        assert_eq!(phone("8 10 40 722 123 456", "RU"), "+40722123456");
    }

    #[test]
    fn the_example_of_every_country_is_itself() {
        let mut seen = Vec::new();
        for metadata in DATABASE.iter() {
            for example in kinds(metadata).into_iter().flatten() {
                let Some(example) = example.example() else { continue };
                let expected = format!("+{}{example}", metadata.country_code());
                assert_eq!(Phone::parse(&expected, None).map(|phone| phone.0), Ok(expected.clone()));
                seen.push(expected.clone());
                if metadata.id() == "001" {
                    continue; // Numbers of no country, such as +800, have no form for calls at home.
                }
                assert_eq!(phone(example, metadata.id()), expected, "{}", metadata.id());
                if let Some(prefix) = metadata.national_prefix() {
                    assert_eq!(phone(&format!("{prefix}{example}"), metadata.id()), expected);
                }
            }
        }
        assert!(seen.len() > 500, "{seen:?}");
    }

    #[test]
    fn what_is_not_a_phone() {
        for text in [
            "",
            "+",
            "12",
            "call me",
            "0722 123 45",
            "+40 722 123 456 ext 5",
            "0722 1234567890",
            "+999 123 456 789",
            "+7916123456789",
            "++40722123456",
            "٠٧٢٢١٢٣٤٥٦",
            "+0722123456",
        ] {
            assert_eq!(Phone::parse(text, Some("RO")), Err(Reason::BadPhone.into()), "{text}");
        }
        assert_eq!(Phone::parse("0722123456", None), Err(Reason::BadPhone.into()));
        for country in ["XX", "AQ", "", "Romania"] {
            let error = Phone::parse("0722123456", Some(country)).expect_err("no such country");
            assert_eq!(error.field_name(), Some("default_country"), "{country}");
        }
        assert!("+40722123456".parse::<Phone>().is_ok());
        for text in ["0722123456", "+40 722123456", "+400722123456", "40722123456", "+40722123456 "] {
            assert_eq!(text.parse::<Phone>(), Err(Reason::BadPhone.into()), "{text}");
        }
    }

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
