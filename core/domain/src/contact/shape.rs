//! Phone numbers by their shape alone: for builds without the numbering plans, which are large.

/// Whatever could be a country: two letters.
#[derive(Clone, Copy)]
pub(super) struct Country;

pub(super) fn country(text: &str) -> Option<Country> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())).then_some(Country)
}

/// What was dialled with `+` and the code of a country. What is dialled within a country cannot be known.
pub(super) fn read(dialled: &str, _: Option<Country>) -> Option<String> {
    dialled.starts_with('+').then(|| dialled.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::contact::{Phone, is_country};
    use crate::error::Reason;

    #[test]
    fn only_what_says_its_country_is_a_number() {
        let read = |text| Phone::parse(text, Some("RO")).map(|phone| phone.as_str().to_owned());
        assert_eq!(read("+40 (722) 123-456").as_deref(), Ok("+40722123456"));
        for text in
            ["0722 123 456", "0040722123456", "+0722123456", "+1234567890123456", "+4072", "+40 722 ext 5"]
        {
            assert_eq!(read(text), Err(Reason::BadPhone.into()), "{text}");
        }
        assert!(is_country("ro") && !is_country("Romania") && !is_country("R1"));
    }
}
