//! Values as spreadsheets write them: dates, amounts, whole numbers, words for the sexes.

use carnet::domain::Date;
use carnet::domain::contact::search_key;
use clap::ValueEnum;

/// In which order the numbers of a date such as 03/04/2026 stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum DateOrder {
    /// Day, month, year
    #[default]
    Dmy,
    /// Month, day, year
    Mdy,
}

/// The serial numbers that are taken for dates: 1927 to 2119. Less is rather a year, or a number.
const SERIALS: std::ops::RangeInclusive<i64> = 10_000..=80_000;

/// A date in one of the usual forms: 2026-04-03, 03.04.2026, 3/4/2026, 46115 (days since 1899), each also with a time behind it.
pub fn date(text: &str, order: DateOrder) -> Option<Date> {
    let day = text.trim().split([' ', 'T']).next()?.trim_end_matches('.');
    if let Ok(serial) = day.split('.').next()?.parse::<i64>()
        && SERIALS.contains(&serial)
        && !day.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('.').contains('.')
    {
        return Date::from_ymd_opt(1899, 12, 30)?.checked_add_signed(days(serial)?);
    }
    let parts: Vec<&str> = day.split(['.', '/', '-']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    if first.len() == 4 {
        return ymd(first, second, third);
    }
    if third.len() != 4 {
        // Of which century it is, nobody knows.
        return None;
    }
    match order {
        DateOrder::Dmy => ymd(third, second, first),
        DateOrder::Mdy => ymd(third, first, second),
    }
}

fn days(count: i64) -> Option<chrono::TimeDelta> {
    chrono::TimeDelta::try_days(count)
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// An amount with a point before its decimals: `1 234,50`, `1.234,50`, `1,234.50`, `-12,5`, `(12.50)` and `12.50 lei`
/// are read. One point or comma with three digits behind it stands between thousands.
pub fn amount(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|c| c.is_ascii_digit() || "-.,()−".contains(*c)).collect();
    // The point of `12 lei.` belongs to the word.
    let kept = kept.trim_end_matches(['.', ',']);
    let negative = kept.contains(['-', '−', '(']);
    let digits: String = kept.chars().filter(|c| c.is_ascii_digit() || ".,".contains(*c)).collect();
    let last = digits.rfind(['.', ',']);
    let (whole, fraction) = match last.and_then(|place| digits.split_at_checked(place)) {
        Some((whole, rest)) => {
            let separator = rest.chars().next()?;
            let fraction = rest.trim_start_matches(separator);
            let repeated = whole.contains(separator);
            let other = whole.contains(['.', ',']) && !repeated;
            let thousands = fraction.len() == 3 && !other;
            if thousands || repeated { (digits.as_str(), "") } else { (whole, fraction) }
        }
        None => (digits.as_str(), ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{}{whole}{point}{fraction}", if negative { "-" } else { "" }))
}

/// A whole number; `4,0` and `4.00` are one too.
pub fn whole(text: &str) -> Option<i64> {
    let read = amount(text)?;
    match read.split_once('.') {
        Some((whole, fraction)) if fraction.chars().all(|c| c == '0') => whole.parse().ok(),
        Some(_) => None,
        None => read.parse().ok(),
    }
}

/// The words for a sex.
pub fn sex(text: &str) -> Option<&'static str> {
    const FEMALE: &[&str] = &[
        "f",
        "w",
        "female",
        "woman",
        "feminin",
        "femeie",
        "doamna",
        "ж",
        "жена",
        "жен",
        "женский",
        "женщина",
        "s",
        "sieviete",
        "ქალი",
        "მდედრობითი",
    ];
    const MALE: &[&str] = &[
        "m",
        "male",
        "man",
        "masculin",
        "barbat",
        "domnul",
        "м",
        "мъж",
        "муж",
        "мужской",
        "мужчина",
        "v",
        "vīrietis",
        "კაცი",
        "მამრობითი",
    ];
    let key = search_key(text);
    let among = |words: &[&str]| words.iter().any(|word| search_key(word) == key);
    if among(FEMALE) {
        Some("female")
    } else if among(MALE) {
        Some("male")
    } else {
        None
    }
}

/// Yes or no.
pub fn flag(text: &str) -> Option<bool> {
    const YES: &[&str] = &["1", "yes", "y", "true", "da", "да", "jā", "კი", "x"];
    const NO: &[&str] = &["0", "no", "n", "false", "nu", "не", "нет", "nē", "არა"];
    let key = search_key(text);
    let among = |words: &[&str]| words.iter().any(|word| search_key(word) == key);
    if among(YES) { Some(true) } else { among(NO).then_some(false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_the_usual_forms() {
        let third_of_april: Date = "2026-04-03".parse().expect("a date");
        for text in [
            "2026-04-03",
            "2026-04-03T00:00:00",
            "2026-04-03 10:30:00",
            "03.04.2026",
            "3.4.2026",
            "3.4.2026.",
            "03/04/2026",
            "3-4-2026",
            "03.04.2026 г.",
            "46115",
            "46115.5",
            "2026.04.03",
        ] {
            assert_eq!(date(text, DateOrder::Dmy), Some(third_of_april), "{text}");
        }
        assert_eq!(date("04/03/2026", DateOrder::Mdy), Some(third_of_april));
        for text in ["", "soon", "31.02.2026", "04/31/2026", "3.4.26", "12", "999999", "2026"] {
            assert_eq!(date(text, DateOrder::Dmy), None, "{text}");
        }
    }

    #[test]
    fn amounts_with_comma_or_point() {
        for (text, read) in [
            ("12", "12"),
            ("12,5", "12.5"),
            ("12.50", "12.50"),
            ("1 234,50", "1234.50"),
            ("1\u{a0}234,50 €", "1234.50"),
            ("1.234,50", "1234.50"),
            ("1,234.50", "1234.50"),
            ("1.234", "1234"),
            ("1,234,567", "1234567"),
            ("-12,5", "-12.5"),
            ("(12.50)", "-12.50"),
            ("12,50-", "-12.50"),
            ("12.50 lei", "12.50"),
            ("12 лв.", "12"),
            ("0,00", "0.00"),
            (",5", "0.5"),
        ] {
            assert_eq!(amount(text).as_deref(), Some(read), "{text}");
        }
        assert_eq!(amount("none"), None);
        assert_eq!((whole("4"), whole("4,0"), whole("4.5"), whole("x")), (Some(4), Some(4), None, None));
    }

    #[test]
    fn sexes_in_six_languages() {
        for text in ["F", "female", "Feminin", "Жена", "женский", "sieviete", "ქალი"] {
            assert_eq!(sex(text), Some("female"), "{text}");
        }
        for text in ["M", "male", "masculin", "мъж", "Муж.", "vīrietis", "კაცი"] {
            assert_eq!(sex(text), Some("male"), "{text}");
        }
        assert_eq!(sex("?"), None);
    }
}
