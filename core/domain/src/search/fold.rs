//! What receptionists type differently, folded into one spelling.
//!
//! A word goes through two tables: first what is particular to its own letters (Greek `ου`, the Cyrillic hard sign, `č`),
//! then, in Latin letters, what sounds alike. Where one spelling is read in several ways, such as `x` in *Alexander* and in
//! *Axvlediani*, a word has several keys, and two words are alike if they have one in common.
//!
//! A key is of Latin letters; the capital `C` in it is the sound of `ч`, which no other letter writes alone.
//!
//! Sources: the romanisations of ISO 9 and BGN/PCGN, the Streamlined System of Bulgaria (2009), ELOT 743, the national
//! romanisations of Georgia (2002) and Ukraine (2010), the passport spellings of Latvia (2004) and Romania, DIN 5007-2 for
//! German, ISO 9985 for Armenian, and what people write where these differ.

use crate::contact::search_key;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The most keys of one spelling of a word.
const KEYS: usize = 8;
/// How often the second table is gone through at most; a word is stable after two or three times.
const PASSES: usize = 6;

/// When a rule applies.
enum When {
    Always,
    /// At the beginning of a word.
    Start,
    /// At its end.
    End,
    /// If one of these follows.
    Before(&'static [&'static str]),
    /// After a vowel.
    AfterVowel,
    /// After a consonant.
    AfterConsonant,
}

/// A spelling and what is written for it; the first is what most people mean.
struct Rule(&'static str, When, &'static [&'static str]);

use When::{AfterConsonant, AfterVowel, Always, Before, End, Start};

/// Front vowels, before which `c` and `g` are read in other ways.
const FRONT: &[&str] = &["e", "i", "y"];
const VOICELESS: &[&str] = &["θ", "κ", "ξ", "π", "σ", "τ", "φ", "χ", "ψ"];
const VOWELS: &str = "aeiouy";

/// Letters of their own alphabets, in lower case; Greek without accents. Longer spellings stand before their beginnings.
const LETTERS: &[Rule] = &[
    // Latin with marks: what is lost where a mark is only dropped.
    Rule("šč", Always, &["s"]),
    Rule("č", Always, &["C"]),
    Rule("ć", Always, &["C"]),
    Rule("ç", Always, &["C", "s"]),
    Rule("š", Always, &["sh"]),
    Rule("ș", Always, &["sh"]),
    Rule("ş", Always, &["sh"]),
    Rule("ț", Always, &["ts"]),
    Rule("ţ", Always, &["ts"]),
    Rule("ž", Always, &["zh"]),
    Rule("â", Always, &["a", "i"]),
    Rule("ă", Always, &["a", "e"]),
    // Cyrillic.
    Rule("ьо", Always, &["io"]),
    Rule("ье", Always, &["e", "ie"]),
    Rule("ъе", Always, &["e", "ie"]),
    Rule("ё", Always, &["e", "io", "o"]),
    Rule("ч", Always, &["C"]),
    Rule("щ", Always, &["s", "st"]),
    Rule("г", Always, &["g", "h"]),
    Rule("ъ", Before(&["ё", "ю", "я"]), &[""]),
    Rule("ъ", End, &[""]),
    // Bulgarian, where it is a vowel.
    Rule("ъ", Always, &["a", "u"]),
    // Greek.
    Rule("ου", Always, &["u"]),
    Rule("αυ", Before(VOICELESS), &["af"]),
    Rule("ευ", Before(VOICELESS), &["ef"]),
    Rule("αυ", Always, &["av"]),
    Rule("ευ", Always, &["ev"]),
    Rule("ει", Always, &["i"]),
    Rule("οι", Always, &["i", "oi"]),
    Rule("αι", Always, &["e", "ai"]),
    Rule("μπ", Start, &["b"]),
    Rule("μπ", Always, &["b", "mp", "mb"]),
    Rule("ντ", Start, &["d"]),
    Rule("ντ", Always, &["nt", "d"]),
    Rule("γγ", Always, &["ng", "g"]),
    Rule("γκ", Always, &["g", "ng"]),
    Rule("γι", Before(&["α", "ο", "ω"]), &["gi", "i"]),
    Rule("χρ", Start, &["hr", "kr"]),
    Rule("χ", Always, &["h"]),
    // Georgian.
    Rule("ჩ", Always, &["C"]),
    Rule("ჭ", Always, &["C"]),
    Rule("ჯ", Always, &["z"]),
    // Armenian.
    Rule("չ", Always, &["C"]),
    Rule("ճ", Always, &["C"]),
    Rule("ջ", Always, &["z"]),
    Rule("ու", Always, &["u"]),
    Rule("ո", Start, &["vo", "o"]),
    Rule("ը", Always, &["e", "i"]),
];

/// What sounds alike, in Latin letters.
const SOUNDS: &[Rule] = &[
    // Ends of names: Ivanoff, Ivanovs and Jurijs of Latvia.
    Rule("off", End, &["ov"]),
    Rule("of", End, &["ov"]),
    Rule("eff", End, &["ev"]),
    Rule("ovs", End, &["ov"]),
    Rule("evs", End, &["ev"]),
    Rule("js", End, &["i"]),
    // Alexander, Alexandr and Aleksandrs.
    Rule("der", End, &["dr"]),
    Rule("drs", End, &["dr"]),
    // Consonants.
    Rule("schtsch", Always, &["s"]),
    Rule("shch", Always, &["s"]),
    Rule("tsch", Always, &["C"]),
    Rule("dsch", Always, &["z"]),
    Rule("tch", Always, &["C"]),
    Rule("sch", Always, &["s"]),
    Rule("dzh", Always, &["z"]),
    Rule("chr", Start, &["hr", "kr"]),
    Rule("sh", Always, &["s"]),
    Rule("sz", Always, &["s"]),
    Rule("dj", Always, &["z"]),
    Rule("dz", Always, &["z"]),
    Rule("zh", Always, &["z"]),
    Rule("kh", Always, &["h"]),
    Rule("gh", Always, &["g"]),
    Rule("gk", Always, &["g"]),
    Rule("ph", Always, &["p"]),
    Rule("th", Always, &["t"]),
    Rule("cz", Always, &["C"]),
    Rule("ck", Always, &["k"]),
    Rule("tz", Always, &["ts"]),
    Rule("ts", Always, &["ts"]),
    Rule("ch", Always, &["C", "h", "k"]),
    Rule("c", Before(FRONT), &["ts", "C"]),
    Rule("c", Start, &["k", "ts"]),
    Rule("c", Always, &["k"]),
    Rule("geor", Always, &["gior"]),
    Rule("g", Before(FRONT), &["g", "z"]),
    Rule("q", Always, &["k"]),
    Rule("w", Always, &["v"]),
    Rule("f", Always, &["p"]),
    Rule("x", Always, &["ks", "h"]),
    Rule("j", Always, &["i", "z"]),
    Rule("y", Always, &["i"]),
    // Vowels.
    Rule("ae", Always, &["a"]),
    Rule("ea", Always, &["ea", "ia"]),
    Rule("oe", Always, &["o"]),
    Rule("ue", Always, &["u"]),
    Rule("ou", Always, &["u"]),
    Rule("ie", Start, &["e"]),
    Rule("ie", AfterVowel, &["e"]),
    Rule("iu", AfterConsonant, &["u"]),
    Rule(
        "ei",
        Before(&["er", "b", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"]),
        &["ai"],
    ),
];

/// Ends of what was typed so far that may become another sound with the next letter.
const UNFINISHED: &[(char, &str)] = &[('c', "h"), ('k', "h"), ('d', "z"), ('o', "u")];

impl When {
    fn holds(&self, before: Option<char>, after: &str, is_whole: bool) -> bool {
        let followed_by = |these: &[&str]| these.iter().any(|this| after.starts_with(this));
        let is_vowel = |c: char| VOWELS.contains(c);
        match self {
            Always => true,
            Start => before.is_none(),
            End => is_whole && after.is_empty() && before.is_some(),
            Before(these) => followed_by(these),
            AfterVowel => before.is_some_and(is_vowel),
            AfterConsonant => before.is_some_and(|c| c.is_ascii_alphabetic() && !is_vowel(c)),
        }
    }
}

/// Which reading of each rule is tried: the table and number of the rule, the reading, how many there are.
type Readings = Vec<(usize, usize, usize)>;

/// The rules of a table, with their numbers, by the letter that they begin with: most letters have few.
type Table = BTreeMap<char, Vec<(usize, &'static Rule)>>;

static OF_LETTERS: LazyLock<Table> = LazyLock::new(|| by_first(LETTERS, SOUNDS.len()));
static OF_SOUNDS: LazyLock<Table> = LazyLock::new(|| by_first(SOUNDS, 0));

fn by_first(rules: &'static [Rule], first_number: usize) -> Table {
    let mut table = Table::new();
    for (number, rule) in (first_number..).zip(rules) {
        let letter = rule.0.chars().next();
        letter.into_iter().for_each(|letter| table.entry(letter).or_default().push((number, rule)));
    }
    table
}

/// Goes through a word once with one table.
fn pass(word: &str, is_whole: bool, table: &Table, readings: &mut Readings) -> String {
    let (mut rest, mut before) = (word, None);
    let mut written = String::with_capacity(word.len());
    while let Some(c) = rest.chars().next() {
        let mut rules = table.get(&c).into_iter().flatten();
        let found = rules.find_map(|(number, rule)| {
            let after = rest.strip_prefix(rule.0)?;
            rule.1.holds(before, after, is_whole).then_some((*number, *rule, after))
        });
        match found {
            Some((number, rule, after)) => {
                let reading = reading(number, rule.2.len(), readings);
                written.push_str(rule.2.get(reading).copied().unwrap_or_default());
                before = rule.0.chars().next_back();
                rest = after;
            }
            None => {
                written.push(c);
                before = Some(c);
                rest = rest.strip_prefix(c).unwrap_or_default();
            }
        }
    }
    written
}

/// The reading of a rule that is being tried, the same for the whole word.
fn reading(rule: usize, of: usize, readings: &mut Readings) -> usize {
    if of < 2 {
        return 0;
    }
    if let Some((_, reading, _)) = readings.iter().find(|(number, ..)| *number == rule) {
        return *reading;
    }
    readings.push((rule, 0, of));
    0
}

/// The next combination of readings; false after the last.
fn next(readings: &mut Readings) -> bool {
    while let Some((_, reading, of)) = readings.last_mut() {
        *reading = reading.saturating_add(1);
        if reading < of {
            return true;
        }
        readings.pop();
    }
    false
}

/// One letter where it is written twice.
fn single(word: &str) -> String {
    let mut last = None;
    word.chars().filter(|c| last.replace(*c) != Some(*c)).collect()
}

/// The word for one combination of readings.
fn folded(word: &str, is_whole: bool, readings: &mut Readings) -> String {
    let mut key = match word.is_ascii() {
        true => word.to_owned(),
        false => latin(&pass(word, is_whole, &OF_LETTERS, readings)),
    };
    for _ in 0..PASSES {
        let next = single(&pass(&key, is_whole, &OF_SOUNDS, readings));
        if next == key {
            break;
        }
        key = next;
    }
    key
}

/// What is left of other alphabets, in Latin letters; what the tables wrote stays.
fn latin(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let letter = |c: char| if c.is_ascii() { c.to_string() } else { search_key(c.encode_utf8(&mut [0; 4])) };
    word.chars().map(letter).filter(|letter| letter != " ").collect()
}

/// The keys of a word: of letters without blanks, in lower case, composed. The first is that of the commonest reading; that
/// of its plain spelling in Latin letters, which many type, is among them.
pub(super) fn keys(word: &str) -> Vec<String> {
    keys_of(word, true)
}

/// The same of a whole word, or of the beginning of one, whose end is no end.
fn keys_of(word: &str, is_whole: bool) -> Vec<String> {
    let (mut readings, mut keys) = (Readings::new(), Vec::new());
    let mut add = |key: String| {
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
        keys.len()
    };
    while add(folded(word, is_whole, &mut readings)) < KEYS && next(&mut readings) {}
    if !word.is_ascii() {
        let spelled = search_key(word).replace(' ', "");
        add(folded(&spelled, is_whole, &mut Readings::new()));
    }
    keys
}

/// The keys that begin the keys of what a word may become: its own, and those with the next letter of a sound that is
/// written with two.
pub(super) fn beginnings(word: &str) -> Vec<String> {
    let mut all = keys(word);
    let last = word.chars().next_back();
    let more = UNFINISHED.iter().filter(|(end, _)| Some(*end) == last).map(|(_, more)| *more);
    for more in std::iter::once("").chain(more) {
        for key in keys_of(&format!("{word}{more}"), false) {
            if !all.contains(&key) {
                all.push(key);
            }
        }
    }
    all
}
