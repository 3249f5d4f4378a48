//! The letters of keyboards by the keys of a US keyboard, and what a text would be, typed on another one.
//!
//! Sources: the layouts of xkeyboard-config (`ru`, `ua`, `bg(bds)`, `bg(phonetic)`, `bg(bas_phonetic)`, `gr`, `ge`,
//! `am(phonetic)`, `ro`, `de`) and the tables of Windows where they have other letters: BDS 5237, SR 13392. The Latvian keyboard has its
//! letters where the US keyboard has them, with an apostrophe before those that have a mark, so it needs no table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The most texts that one text is read as.
const READINGS: usize = 24;

/// The keys, row by row from the left: of digits, and the three of letters.
const KEYS: &str = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./";
/// The same with the shift key.
const SHIFTED: &str = "~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";

/// A keyboard: what its keys write, and those with the shift key that write another letter, as pairs.
struct Layout {
    keys: &'static str,
    shifted: &'static [(char, char)],
}

const fn plain(keys: &'static str) -> Layout {
    Layout { keys, shifted: &[] }
}

const LAYOUTS: &[Layout] = &[
    // Russian and Ukrainian.
    plain("ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю."),
    plain("'1234567890-=йцукенгшщзхїґфівапролджєячсмитьбю."),
    // Georgian: eight letters are on the shift key.
    Layout {
        keys: "`1234567890-=ქწერტყუიოპ[]\\ასდფგჰჯკლ;'ზხცვბნმ,./",
        shifted: &[('W', 'ჭ'), ('R', 'ღ'), ('T', 'თ'), ('S', 'შ'), ('J', 'ჟ'), ('Z', 'ძ'), ('C', 'ჩ')],
    },
    // Armenian by sound: letters in the row of digits too.
    plain("`էթփձջւևրչճ-ժքոեռտըւիօպխծշասդֆգհյկլ;՛զղցվբնմ,․/"),
    // Greek: the key of the accent writes nothing by itself.
    plain("`1234567890-=;ςερτυθιοπ[]\\ασδφγηξκλ΄'ζχψωβνμ,./"),
    // Bulgarian: the standard of typewriters, and two by sound.
    plain("(1234567890-.,уеишщксдзц;„ьяаожгтнвмчюйъэфхпрлб"),
    plain("ч1234567890-=явертъуиопшщюасдфгхйкл;'зьцжбнм,./"),
    plain("ю1234567890-=чшертъуиопящьасдфгхйкл;'зжцвбнм,./"),
    // Romanian, and German, which has Y and Z the other way round.
    plain("„1234567890-=qwertyuiopăîâasdfghjklșțzxcvbnm,./"),
    plain("^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-"),
];

/// A keyboard both ways: the key of a letter, as the character of the US keyboard, and what such a key writes.
struct Keyboard {
    keys: BTreeMap<char, char>,
    letters: BTreeMap<char, char>,
}

static KEYBOARDS: LazyLock<Vec<Keyboard>> = LazyLock::new(|| LAYOUTS.iter().map(Keyboard::of).collect());

impl Keyboard {
    /// Where two keys write the same, the first counts, and before both the shift key.
    fn of(layout: &Layout) -> Self {
        let (mut keys, mut letters) = (BTreeMap::new(), BTreeMap::new());
        for (key, letter) in layout.shifted {
            keys.entry(*letter).or_insert(*key);
            letters.entry(*key).or_insert(*letter);
        }
        for (key, letter) in KEYS.chars().zip(layout.keys.chars()) {
            keys.entry(letter).or_insert(key);
            letters.entry(key).or_insert(letter);
        }
        for (key, letter) in SHIFTED.chars().zip(layout.keys.chars()) {
            letters.entry(key).or_insert(letter);
        }
        Self { keys, letters }
    }

    /// The keys that were hit, if every letter is on the keyboard.
    fn keys_hit(&self, text: &str) -> Option<String> {
        let key = |c: char| {
            let small = || c.to_lowercase().next().and_then(|small| self.keys.get(&small));
            let key = self.keys.get(&c).or_else(small).copied();
            key.or_else(|| (!c.is_alphabetic()).then_some(c))
        };
        text.chars().map(key).collect()
    }

    /// What the keys write; a sign that is on no key stays.
    fn written(&self, keys: &str) -> String {
        keys.chars().map(|key| self.letters.get(&key).copied().unwrap_or(key)).collect()
    }
}

/// The keys of digits, with the shift key too.
const DIGITS: &str = "1234567890!@#$%^&*()";

/// Whether digits can be among what a text was meant to be: only the keys of digits write them, on every keyboard.
pub(super) fn may_have_digits(text: &str) -> bool {
    let has_digit = |keys: &str| keys.contains(|key: char| DIGITS.contains(key));
    has_digit(text)
        || KEYBOARDS.iter().filter_map(|keyboard| keyboard.keys_hit(text)).any(|keys| has_digit(&keys))
}

/// What a text may have been meant to be, if it was typed on the wrong keyboard: without the text itself, none twice.
pub(super) fn meant(text: &str) -> Vec<String> {
    let is_ours = |c: char| c.is_ascii() || !c.is_alphabetic();
    let mut all: Vec<String> = Vec::new();
    let mut add = |meant: String| {
        if all.len() < READINGS && meant != text && !all.contains(&meant) {
            all.push(meant);
        }
    };
    let hit: Vec<String> = if text.chars().all(is_ours) {
        vec![text.to_owned()]
    } else {
        KEYBOARDS.iter().filter_map(|keyboard| keyboard.keys_hit(text)).collect()
    };
    hit.iter().for_each(|keys| add(keys.clone()));
    for keyboard in KEYBOARDS.iter() {
        hit.iter().for_each(|keys| add(keyboard.written(keys)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyboard_has_a_letter_for_every_key() {
        assert_eq!(KEYS.chars().count(), SHIFTED.chars().count());
        for layout in LAYOUTS {
            assert_eq!(layout.keys.chars().count(), KEYS.chars().count(), "{}", layout.keys);
        }
    }

    #[test]
    fn only_keys_of_digits_write_digits() {
        for (keyboard, layout) in KEYBOARDS.iter().zip(LAYOUTS) {
            for key in KEYS.chars().chain(SHIFTED.chars()).filter(|key| !DIGITS.contains(*key)) {
                let written = keyboard.written(&key.to_string());
                assert!(
                    !written.contains(|c: char| c.is_ascii_digit()),
                    "{key}: {written} of {}",
                    layout.keys
                );
            }
        }
        for (text, wanted) in
            [("04ф1и2", true), ("иванов", false), ("էթ", true), ("бюро", false), ("ф!", true)]
        {
            assert_eq!(may_have_digits(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_was_typed_on_the_wrong_keyboard_is_among_what_was_meant() {
        for (typed, wanted) in [
            ("bdfyjd", "иванов"),
            (">hbq", "юрий"),
            ("руддщ", "hello"),
            ("Іщашф", "Sofia"),
            ("sdfytyrj", "іваненко"),
            ("rldkfl", "иванов"),
            ("ivelina", "ивелина"),
            ("wereTeli", "წერეთელი"),
            ("WavWavaZe", "ჭავჭავაძე"),
            ("ჯოჰნ", "john"),
            ("[a9at8jan", "խաչատրյան"),
            ("papadopoylow", "παπαδοπουλος"),
            (";tefan", "ștefan"),
            ("Zuri", "yuri"),
            ("фтпудф", "angela"),
        ] {
            let meant = meant(typed);
            assert!(meant.iter().any(|text| text.eq_ignore_ascii_case(wanted)), "{typed}: {meant:?}");
        }
    }
}
