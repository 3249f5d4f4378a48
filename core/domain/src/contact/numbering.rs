//! Phone numbers by the numbering plans of all countries.

use phonenumber::country::Id as Country;
use phonenumber::metadata::{DATABASE, Descriptor};
use phonenumber::{Metadata, Mode};

/// A country that numbers can be read for.
pub(super) fn country(text: &str) -> Option<Country> {
    let id: Country = text.to_ascii_uppercase().parse().ok()?;
    // The parser panics for a country without metadata, such as Antarctica.
    DATABASE.by_id(id.as_ref()).map(|_| id)
}

/// A number in the form of E.164: what was dialled, with nothing but `+` and digits, in a country.
pub(super) fn read(dialled: &str, country: Option<Country>) -> Option<String> {
    let read = match (dialled.strip_prefix('+'), country) {
        (Some(digits), _) => international(digits),
        (None, Some(country)) => in_country(country, dialled),
        (None, None) => None,
    };
    // The parser knows the odd cases: a trunk prefix after the code, carrier codes, Argentina's 15.
    read.or_else(|| parser(country, dialled))
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
fn in_country(country: Country, dialled: &str) -> Option<String> {
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
fn parser(country: Option<Country>, dialled: &str) -> Option<String> {
    let number = phonenumber::parse(country, dialled).ok()?;
    international(number.format().mode(Mode::E164).to_string().strip_prefix('+')?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Phone;
    use crate::error::Reason;

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
}
