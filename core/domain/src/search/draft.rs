//! What is filled in for a new client when a search finds nobody.

use crate::contact::{Email, Phone};

record! {
    /// A client to add, made of what was typed: a name, or a phone number, or an e-mail address.
    #[derive(Default)]
    pub struct Draft {
        /// First name, capitalised as typed.
        pub first_name: Option<String>,
        /// Last name, capitalised as typed.
        pub last_name: Option<String>,
        /// Phone number.
        pub phone: Option<Phone>,
        /// E-mail address.
        pub email: Option<Email>,
    }
}

/// The draft of what was typed; nothing where it is neither name nor phone number nor e-mail address.
///
/// The last word is the last name, or what stands before a comma. A number without `+` is one of the country.
///
/// ```
/// use carnet_domain::search::draft;
/// let draft = draft("Ana Maria Popescu", None).expect("a name");
/// assert_eq!((draft.first_name.as_deref(), draft.last_name.as_deref()), (Some("Ana Maria"), Some("Popescu")));
/// ```
#[must_use]
pub fn draft(text: &str, country: Option<&str>) -> Option<Draft> {
    let text = text.trim();
    if let Ok(email) = text.parse() {
        return Some(Draft { email: Some(email), ..Draft::default() });
    }
    if let Ok(phone) = Phone::parse(text, country) {
        return Some(Draft { phone: Some(phone), ..Draft::default() });
    }
    if text.contains('@') || !text.chars().any(char::is_alphabetic) {
        return None;
    }
    let (first, last) = match text.split_once(',') {
        Some((last, first)) => (first.to_owned(), last.to_owned()),
        None => {
            let mut words: Vec<&str> = text.split_whitespace().collect();
            let last = words.pop().unwrap_or_default();
            (words.join(" "), last.to_owned())
        }
    };
    let name = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    Some(Draft { first_name: name(&first), last_name: name(&last), ..Draft::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_a_name_a_phone_number_or_an_address() {
        let name = |first: Option<&str>, last: Option<&str>| {
            let text = |text: Option<&str>| text.map(str::to_owned);
            Some(Draft { first_name: text(first), last_name: text(last), ..Draft::default() })
        };
        for (text, expected) in [
            ("ana Popescu", name(Some("ana"), Some("Popescu"))),
            ("  Ana   Maria  de la Cruz ", name(Some("Ana Maria de la"), Some("Cruz"))),
            ("de la Cruz, Ana  Maria", name(Some("Ana Maria"), Some("de la Cruz"))),
            ("Popescu", name(None, Some("Popescu"))),
            ("Popescu,", name(None, Some("Popescu"))),
            (", Ana", name(Some("Ana"), None)),
            ("Нино ჭავჭავაძე", name(Some("Нино"), Some("ჭავჭავაძე"))),
            ("12345", None),
            ("ana@", None),
            ("...", None),
        ] {
            assert_eq!(draft(text, None), expected, "{text}");
        }
        let phone = |text, country| draft(text, country).and_then(|draft| draft.phone);
        // Which country's number it is, only the numbering plans know.
        let of_romania = cfg!(feature = "phone").then_some("+40722123456");
        assert_eq!(phone("0722 123 456", Some("RO")).as_ref().map(Phone::as_str), of_romania);
        assert_eq!(phone("+40 722-123-456", None).as_ref().map(Phone::as_str), Some("+40722123456"));
        assert_eq!(phone("0722 123 456", None), None, "of which country?");
        let email = draft(" Ana.Pop@Example.ro ", None).and_then(|draft| draft.email);
        assert_eq!(email.as_ref().map(Email::as_str), Some("Ana.Pop@Example.ro"));
    }
}
