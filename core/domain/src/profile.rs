//! What a profile holds beside the name: languages, addresses, further ways to reach a client, which messages it gets.

use crate::contact::{Email, Phone, text_type};
use crate::error::{Error, Reason, Result};
use std::fmt;
use std::str::FromStr;

/// The longest language tag that is taken, characters.
const LANGUAGE_MAX: usize = 35;

/// A language as BCP 47 writes it, its letter case put right. In JSON `"ro"`, `"pt-BR"`.
///
/// ```
/// use carnet_domain::profile::Language;
/// assert_eq!("PT-br".parse::<Language>()?.as_str(), "pt-BR");
/// # Ok::<(), carnet_domain::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(String);

impl Language {
    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// English: what there is a text in when there is none in any language asked for.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.len() > LANGUAGE_MAX {
            return Err(Reason::BadFormat.into());
        }
        let tag = oxilangtag::LanguageTag::parse_and_normalize(text).map_err(|_| Reason::BadFormat)?;
        Ok(Self(tag.into_inner()))
    }
}

/// A country: two letters of ISO 3166. In JSON `"RO"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country(String);

impl FromStr for Country {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim().to_ascii_uppercase();
        if text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(Reason::BadFormat.into());
        }
        match text.parse::<iso_country::Country>() {
            Ok(_) => Ok(Self(text)),
            Err(_) => Err(Reason::UnknownValue.into()),
        }
    }
}

text_type!(Language, "bcp47", "A language tag of BCP 47, such as ro or pt-BR.");
text_type!(Country, "iso3166", "A country: two letters of ISO 3166, such as RO.");

request! {
    /// A postal address. Any part may be left out, but not all of them.
    pub struct Address {
        /// What it is: `home`, `invoice`. 1 to 64 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub label: Option<String>,
        /// The country.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub country: Option<Country>,
        /// Region, county or state. 1 to 200 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub region: Option<String>,
        /// Town. 1 to 200 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub city: Option<String>,
        /// Postal code. 1 to 20 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1, max = 20))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub postal_code: Option<String>,
        /// Street, house, flat. 1 to 400 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1, max = 400))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub street: Option<String>,
    }
}

record! {
    /// A further phone number.
    pub struct ContactPhone {
        /// Whose or which it is: `work`, `mother`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub label: Option<String>,
        /// The number, E.164.
        pub number: Phone,
    }

    /// A further e-mail address.
    pub struct ContactEmail {
        /// Whose or which it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub label: Option<String>,
        /// The address as it was given.
        pub address: Email,
    }

    /// Which messages a client gets. Marketing is not among them: it needs a consent.
    #[derive(Copy, Eq)]
    pub struct Notifications {
        /// By e-mail.
        pub email: bool,
        /// By SMS.
        pub sms: bool,
        /// To a device of the client.
        pub push: bool,
        /// An e-mail about each order.
        pub order_email: bool,
    }
}

impl Default for Notifications {
    /// All of them, until the client says otherwise.
    fn default() -> Self {
        Self { email: true, sms: true, push: true, order_email: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_tags_of_bcp_47() {
        for (text, tag) in [("ro", "ro"), ("KA-ge", "ka-GE"), ("sr-latn-rs", "sr-Latn-RS"), (" ru ", "ru")] {
            assert_eq!(text.parse::<Language>().expect("a language").as_str(), tag);
        }
        for text in ["", "x", "r", "ro_RO", "romanian language", "ro-", "en-toolongsubtag", &"a-".repeat(20)]
        {
            assert_eq!(text.parse::<Language>(), Err(Reason::BadFormat.into()), "{text}");
        }
    }

    #[test]
    fn countries_are_those_of_iso_3166() {
        assert_eq!("ge".parse::<Country>().expect("Georgia").to_string(), "GE");
        for (text, reason) in [
            ("", Reason::BadFormat),
            ("R1", Reason::BadFormat),
            ("ROU", Reason::BadFormat),
            ("QQ", Reason::UnknownValue),
        ] {
            assert_eq!(text.parse::<Country>(), Err(reason.into()), "{text}");
        }
    }
}
