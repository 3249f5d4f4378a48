//! One box for everything: what was typed, how it is compared with names, and in which order clients are found.
//!
//! A word of a name is compared in three ways, each weaker than the one before: as it is spelled in Latin letters
//! ([`search_key`]), by its keys, which fold what people write differently (`fold.rs`), and as what it would be on another
//! keyboard (`layouts.rs`). Of each, the whole word is better than its beginning, and that better than a part of it.

mod draft;
mod fold;
mod layouts;
mod rank;

pub use draft::{Draft, draft};
pub use rank::{Comparison, Order, SearchMatch, Standing};

use crate::contact::search_key;
use std::cell::OnceCell;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a name that are searched; further ones are not.
pub const NAME_WORDS: usize = 8;
/// The words of a query that are compared; with more of them nothing is found by name.
pub const QUERY_WORDS: usize = 8;
/// The shortest part of a word that is looked for, and the shortest word that is read as typed on another keyboard: characters.
pub const PART: usize = 3;
/// The shortest tail of a phone number, digits.
pub const TAIL: usize = 4;
/// The longest word whose parts are searched, characters of its spelling.
const WORD: usize = 40;

words! {
    /// What of a client matched.
    pub enum SearchField {
        /// First or last name.
        Name "name",
        /// A phone number.
        Phone "phone",
        /// An e-mail address.
        Email "email",
        /// A card.
        Card "card",
        /// The id of a pass.
        Pass "pass",
        /// The key in another system.
        ExternalId "external_id",
        /// The id of the client.
        Client "client",
    }
    /// How much of it matched, the best first.
    pub enum SearchHow {
        /// All of it; of a name, whole words.
        Exact "exact",
        /// Its beginning; of a phone number, its last digits.
        Prefix "prefix",
        /// A part of a word.
        Part "part",
    }
    /// By which spelling it matched, the best first.
    pub enum SearchSpelling {
        /// As it was typed, whatever the letters.
        Typed "typed",
        /// By another spelling of the same sound: `sofio` finds Sopio.
        Alias "alias",
        /// As if typed on another keyboard: `bdfyjd` finds Иванов.
        Keyboard "keyboard",
    }
}

/// A word in the forms in which it is compared. What other spellings are found by is made when it is first asked for: most
/// searches end before.
#[derive(Debug, Clone)]
pub struct Word {
    /// In Latin letters, as it is spelled: what [`search_key`] makes of it.
    pub spelled: String,
    letters: String,
    keys: OnceCell<Vec<String>>,
    beginnings: OnceCell<Vec<String>>,
}

impl Word {
    fn of(letters: &str, spelled: String) -> Self {
        let (keys, beginnings) = (OnceCell::new(), OnceCell::new());
        Self { spelled, letters: letters.to_owned(), keys, beginnings }
    }

    /// Its keys, the commonest reading first: two words are alike if they have one in common.
    pub fn keys(&self) -> &[String] {
        self.keys.get_or_init(|| fold::keys(&self.letters))
    }

    /// What the keys of longer words begin with, if this is the beginning of one.
    pub fn beginnings(&self) -> &[String] {
        self.beginnings.get_or_init(|| fold::beginnings(&self.letters))
    }
}

/// Words are equal that find the same.
impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.spelled == other.spelled
            && self.keys() == other.keys()
            && self.beginnings() == other.beginnings()
    }
}

impl Eq for Word {}

/// The parts of a spelling by which it is found in the middle: its endings, without the whole word.
pub fn endings(spelled: &str) -> impl Iterator<Item = &str> {
    let is_short = spelled.len() <= WORD;
    let places = spelled.char_indices().skip(1).filter(move |_| is_short);
    places.filter_map(|(place, _)| spelled.get(place..)).filter(|ending| ending.len() >= PART)
}

/// The words of a text with their letters, in lower case, as they stand.
fn letters(text: &str) -> Vec<String> {
    if text.is_ascii() {
        return letters_of_ascii(text);
    }
    let mut words = vec![String::new()];
    for c in text.nfkc().flat_map(char::to_lowercase).nfc() {
        let written = any_ascii::any_ascii_char(c);
        let is_apostrophe = written.chars().all(|c| matches!(c, '\'' | '`' | '"'));
        // Signs that are written as words are words too.
        if c.is_alphanumeric() || written.contains(|c: char| c.is_ascii_alphanumeric()) {
            let is_greek = matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}');
            let plain = c.nfd().find(|_| is_greek).unwrap_or(c);
            words.last_mut().into_iter().for_each(|word| word.push(plain));
        } else if !is_apostrophe && !is_combining_mark(c) {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The same of plain letters, of which nothing is composed or written otherwise.
fn letters_of_ascii(text: &str) -> Vec<String> {
    let text = text.replace(['\'', '`', '"'], "").to_ascii_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of a text in the forms in which they are compared, in their order.
///
/// ```
/// use carnet_domain::search::words;
/// let sopio = &words("სოფიო")[0];
/// assert_eq!((sopio.spelled.as_str(), sopio.keys()[0].as_str()), ("sopio", "sopio"));
/// assert_eq!(words("Sofio")[0].keys(), sopio.keys());
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for letters in letters(text) {
        let spelled = search_key(&letters);
        // Some signs are written as several words.
        match spelled.split_once(' ') {
            Some(_) => words.extend(spelled.split(' ').map(|word| Word::of(word, word.to_owned()))),
            None if spelled.is_empty() => {}
            None => words.push(Word::of(&letters, spelled)),
        }
    }
    words
}

/// The spellings under which a name is stored, each with its keys: the first eight words, none twice.
#[must_use]
pub fn name_words(name: &str) -> Vec<(String, Vec<String>)> {
    let mut words: Vec<(String, Vec<String>)> = Vec::new();
    for letters in letters(name) {
        let spelled = search_key(&letters);
        for word in spelled.split(' ').filter(|word| !word.is_empty()) {
            let own = if spelled.contains(' ') { word } else { letters.as_str() };
            let keys = fold::keys(own);
            let has_room = words.len() < NAME_WORDS;
            match words.iter_mut().find(|(known, _)| known == word) {
                Some((_, known)) => known.extend(keys),
                None if has_room => words.push((word.to_owned(), keys)),
                None => {}
            }
        }
    }
    for (_, keys) in &mut words {
        keys.sort_unstable();
        keys.dedup();
    }
    words
}

/// What a text may have been meant to be on another keyboard, each reading as its words.
#[must_use]
pub fn on_other_keyboards(text: &str) -> Vec<Vec<Word>> {
    let own = search_key(text);
    let mut readings: Vec<Vec<Word>> = Vec::new();
    for meant in layouts::meant(text) {
        let words = words(&meant);
        let is_long = words.iter().all(|word| word.spelled.len() >= 2);
        let is_new = search_key(&meant) != own && !readings.contains(&words);
        if !words.is_empty() && words.len() <= QUERY_WORDS && is_long && is_new {
            readings.push(words);
        }
    }
    readings
}

/// What a reader would have sent, if it typed on another keyboard: in ASCII, upper case. What has no digit is no card.
#[must_use]
pub fn uids_on_other_keyboards(text: &str) -> Vec<String> {
    if text.is_ascii() || !layouts::may_have_digits(text) {
        return Vec::new();
    }
    let is_uid = |meant: &String| meant.is_ascii() && meant.contains(|c: char| c.is_ascii_digit());
    let meant = layouts::meant(text).into_iter().filter(is_uid);
    meant.map(|uid| uid.to_ascii_uppercase()).collect()
}

/// The digits of what looks like a phone number: nothing else but what people write between them.
#[must_use]
pub fn phone_digits(text: &str) -> Option<String> {
    let is_between =
        |c: char| c.is_whitespace() || "()-./+\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}".contains(c);
    if !text.chars().all(|c| c.is_ascii_digit() || is_between(c)) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= TAIL).then_some(digits)
}

/// The last digits of a phone number, last first: what it is looked up by. The zero of long-distance calls and the code
/// of international ones are left out.
#[must_use]
pub fn reversed_tail(digits: &str) -> Option<String> {
    let tail = if digits.len() > 6 { digits.trim_start_matches('0') } else { digits };
    (tail.len() >= TAIL).then(|| tail.chars().rev().collect())
}

/// What a stored phone number is looked up by: its digits, last first.
#[must_use]
pub fn reversed_phone(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).rev().collect()
}

/// The first text after every text that begins with these ASCII characters.
#[must_use]
pub fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{7f}")
}

#[cfg(test)]
mod tests;
