//! What of a name matches, and which client comes first.

use super::{PART, SearchField, SearchHow, SearchSpelling, Word, fold, letters};
use crate::contact::search_key;
use crate::{ClientId, Instant};
use std::cmp::Reverse;
use std::collections::HashMap;

record! {
    /// What of a client matched, and how.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    pub struct SearchMatch {
        /// How much of it matched.
        pub how: SearchHow,
        /// By which spelling.
        pub spelling: SearchSpelling,
        /// What of the client it was.
        pub field: SearchField,
    }
}

/// Compares a query with names; the keys of words that many names have are made once.
#[derive(Debug, Default)]
pub struct Comparison {
    keys: HashMap<String, Vec<String>>,
}

/// How a word of the query is found in a word of a name.
type Grade = (SearchHow, SearchSpelling);

impl Comparison {
    /// How a name matches the words of a query: each must be found in another word of the name, in any order. The match is as
    /// good as that of its worst word; nothing if a word is not found.
    pub fn name(&mut self, query: &[Word], name: &str) -> Option<SearchMatch> {
        let own: Vec<(String, String)> =
            letters(name).into_iter().map(|letters| (search_key(&letters), letters)).collect();
        let mut pairs: Vec<(Grade, Reverse<usize>, &str, usize, usize)> = Vec::new();
        for (asked, word) in query.iter().enumerate() {
            for (place, (spelled, letters)) in own.iter().enumerate() {
                let grade = self.grade(word, spelled, letters);
                let length = Reverse(word.spelled.len());
                pairs.extend(grade.map(|grade| (grade, length, word.spelled.as_str(), asked, place)));
            }
        }
        // Of words that match alike the longer one has less choice.
        pairs.sort_unstable();
        let (mut found, mut taken): (Vec<(usize, Grade)>, Vec<usize>) = (Vec::new(), Vec::new());
        for (grade, _, _, asked, place) in pairs {
            if !taken.contains(&place) && !found.iter().any(|(other, _)| *other == asked) {
                found.push((asked, grade));
                taken.push(place);
            }
        }
        if query.is_empty() || found.len() < query.len() {
            return None;
        }
        let how = found.iter().map(|(_, grade)| grade.0).max()?;
        let spelling = found.iter().map(|(_, grade)| grade.1).max()?;
        Some(SearchMatch { how, spelling, field: SearchField::Name })
    }

    fn grade(&mut self, asked: &Word, spelled: &str, letters: &str) -> Option<Grade> {
        if spelled == asked.spelled {
            return Some((SearchHow::Exact, SearchSpelling::Typed));
        }
        if spelled.starts_with(&asked.spelled) {
            return Some((SearchHow::Prefix, SearchSpelling::Typed));
        }
        if !self.keys.contains_key(letters) {
            self.keys.insert(letters.to_owned(), fold::keys(letters));
        }
        let keys = self.keys.get(letters)?;
        if keys.iter().any(|key| asked.keys().contains(key)) {
            return Some((SearchHow::Exact, SearchSpelling::Alias));
        }
        if keys.iter().any(|key| asked.beginnings().iter().any(|beginning| key.starts_with(beginning))) {
            return Some((SearchHow::Prefix, SearchSpelling::Alias));
        }
        let is_part = asked.spelled.len() >= PART && spelled.contains(&asked.spelled);
        is_part.then_some((SearchHow::Part, SearchSpelling::Typed))
    }
}

/// What decides which of two clients comes first before their names do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    how: SearchHow,
    spelling: SearchSpelling,
    archived: bool,
    last_visit: Reverse<Option<Instant>>,
}

impl Standing {
    /// All of a field or word before its beginning before a part; as typed before another spelling before another keyboard;
    /// active before archived; seen lately before long ago before never.
    #[must_use]
    pub const fn new(matched: SearchMatch, archived: bool, last_visit: Option<Instant>) -> Self {
        Self { how: matched.how, spelling: matched.spelling, archived, last_visit: Reverse(last_visit) }
    }
}

/// What decides which of two clients comes first: see [`Order::new`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    standing: Standing,
    name: (String, String),
    client: ClientId,
}

impl Order {
    /// The order of what a search finds, in which no two clients are equal: their standing, then last name, first name and
    /// id.
    #[must_use]
    pub fn new(
        standing: Standing,
        (last_name, first_name): (Option<&str>, Option<&str>),
        client: ClientId,
    ) -> Self {
        let word = |name: Option<&str>| search_key(name.unwrap_or_default());
        Self { standing, name: (word(last_name), word(first_name)), client }
    }
}
