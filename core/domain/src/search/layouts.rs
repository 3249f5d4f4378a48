//! The letters of keyboards by the keys of a US keyboard, and what a text would be, typed on another one.
//!
//! Sources: the layouts of xkeyboard-config (`ru`, `ua`, `bg(bds)`, `bg(phonetic)`, `bg(bas_phonetic)`, `gr`, `ge`,
//! `am(phonetic)`, `ro`, `de`) and the tables of Windows where they have other letters: BDS 5237, SR 13392. The Latvian keyboard has its
//! letters where the US keyboard has them, with an apostrophe before those that have a mark, so it needs no table.

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

/// The key that stands for a letter on a keyboard, as the character of the US keyboard.
fn key_of(layout: &Layout, letter: char) -> Option<char> {
    if let Some((key, _)) = layout.shifted.iter().find(|(_, written)| *written == letter) {
        return Some(*key);
    }
    let small = letter.to_lowercase().next().unwrap_or(letter);
    let place = layout.keys.chars().position(|written| written == small)?;
    KEYS.chars().nth(place)
}

/// What a key of the US keyboard writes on another.
fn letter_of(layout: &Layout, key: char) -> Option<char> {
    if let Some((_, written)) = layout.shifted.iter().find(|(shifted, _)| *shifted == key) {
        return Some(*written);
    }
    let place = |row: &str| row.chars().position(|other| other == key);
    layout.keys.chars().nth(place(KEYS).or_else(|| place(SHIFTED))?)
}

/// The keys that were hit, if every letter is on the keyboard.
fn keys_hit(layout: &Layout, text: &str) -> Option<String> {
    let key = |c: char| key_of(layout, c).or_else(|| (!c.is_alphabetic()).then_some(c));
    text.chars().map(key).collect()
}

/// What the keys write on a keyboard; a sign that is on no key stays.
fn written(layout: &Layout, keys: &str) -> String {
    keys.chars().map(|key| letter_of(layout, key).unwrap_or(key)).collect()
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
        LAYOUTS.iter().filter_map(|layout| keys_hit(layout, text)).collect()
    };
    hit.iter().for_each(|keys| add(keys.clone()));
    for layout in LAYOUTS {
        hit.iter().for_each(|keys| add(written(layout, keys)));
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
