//! One box for everything: who is meant by what somebody typed at the desk.

use crate::input;
use crate::store::search::{self as store, Found, ONE_OF, Profile, Seen, Way};
use crate::store::value::{Query, Row};
use crate::work::Work;
use carnet_domain::client::ClientKind;
use carnet_domain::contact::{Email, Phone};
use carnet_domain::ids::ID_MAX;
use carnet_domain::search::{
    self as rules, Comparison, Draft, Order, PART, QUERY_WORDS, SearchField, SearchHow, SearchMatch,
    SearchSpelling, Standing, TAIL, Word,
};
use carnet_domain::{ClientId, Date, Instant, PassId, Result, record, request};
use std::collections::{BTreeMap, BTreeSet};

/// How many more clients than asked for each way leads to, so that there is something to order.
const SPARE: i64 = 20;
/// The most clients that are compared.
const COMPARED: usize = 240;
/// The most words that another spelling, or a part of one word, leads to.
const ALIASES: i64 = 40;
/// The most words of which the pairs with another word are looked up.
const PAIRED: usize = 16;
/// The most words that one reading of another keyboard leads to.
const READ: i64 = 8;

request! {
    /// Finds clients by whatever is typed: names in any order, by prefix or part, in Latin, Cyrillic, Greek, Georgian or Armenian
    /// letters, from a wrong keyboard too; a phone number in any spelling or its last digits; the beginning of an e-mail address; a card,
    /// the id of a client or pass, a key in another system.
    ///
    /// What matches is ordered: all of a field or word before its beginning (the end of a phone number) before a part; as typed before
    /// another spelling of the same sound before another keyboard; active before archived; seen lately before long ago before never; then
    /// last name, first name, id. Beginnings of one word in another spelling and then parts of it are looked for where the page is not full
    /// without them, parts of several words and then other keyboards where nothing is found; no names are where what has a dot and no blank
    /// begins an e-mail address. Each way leads to `limit` and twenty clients at most, in the order of
    /// the word or number, and those are ordered: so the beginning of a very common name shows some of those who have it.
    pub struct ClientSearch {
        /// What was typed, up to 100 characters.
        #[schemars(length(min = 1, max = 100))]
        pub query: String,
        /// How many at most, 1 to 100. 20 if left out.
        #[schemars(range(min = 1, max = 100))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
        /// Says too who of them holds a package that can be used.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub passes: bool,
    }
}

record! {
    /// A client found, with what the desk shows.
    pub struct SearchHit {
        /// The client.
        pub client: ClientId,
        /// Person or company.
        pub kind: ClientKind,
        /// First and last name.
        pub name: String,
        /// Phone number, E.164.
        pub phone: Option<Phone>,
        /// E-mail address as it was given.
        pub email: Option<Email>,
        /// Date of birth.
        pub birth_date: Option<Date>,
        /// Archived clients are kept but can do nothing.
        pub archived: bool,
        /// When the last visit began.
        pub last_visit: Option<Instant>,
        /// Whether the client is in a zone now.
        pub inside: bool,
        /// Whether a pass can be used now, where that was asked for.
        pub has_pass: Option<bool>,
        /// What matched, and how.
        pub matched: SearchMatch,
    }

    /// The clients found.
    pub struct ClientSearched {
        /// The best match first.
        pub hits: Vec<SearchHit>,
        /// True where more than `limit` were found.
        pub more: bool,
        /// Where nobody was found: what is filled in for a new client.
        pub draft: Option<Draft>,
    }
}

/// How a client stands who was found, by the best match.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    standing: Standing,
    matched: SearchMatch,
    seen: Seen,
}

impl Known {
    const fn new(matched: SearchMatch, seen: Seen) -> Self {
        Self { standing: Standing::new(matched, seen.archived, seen.last_visit), matched, seen }
    }
}

/// Who may be meant.
#[derive(Default)]
struct Candidates {
    /// Whom a way leads to that says itself what matched.
    certain: BTreeMap<ClientId, Known>,
    /// Who has words that may be meant: their names are compared.
    named: BTreeSet<ClientId>,
}

impl Candidates {
    fn add(&mut self, found: &Found, matched: SearchMatch) {
        let known = Known::new(matched, found.seen);
        let best = self.certain.entry(found.client).or_insert(known);
        *best = known.min(*best);
    }

    fn add_named(&mut self, client: ClientId) {
        if self.named.len() < COMPARED {
            self.named.insert(client);
        }
    }

    fn count(&self) -> usize {
        let others = self.named.iter().filter(|client| !self.certain.contains_key(client));
        self.certain.len().saturating_add(others.count())
    }
}

/// A client of the page, and where.
type Hit = (Order, Profile, Known);

/// A search as it goes on.
struct Search<'a, 'w> {
    work: &'a mut Work<'w>,
    /// How many clients are shown at most.
    limit: usize,
    /// How many clients a way leads to at most.
    most: i64,
    found: Candidates,
}

pub(crate) fn search(work: &mut Work<'_>, request: ClientSearch) -> Result<ClientSearched> {
    let limit = input::range(request.limit.unwrap_or(20), "limit", 1, input::limits::SEARCH)?;
    let text = input::text(&request.query, "query", 100)?;
    let most = i64::from(limit).saturating_add(SPARE);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut search = Search { work, limit, most, found: Candidates::default() };
    let words = rules::words(&text);
    // An address is no name, and digits alone have neither other spellings nor parts.
    let words = if words.len() <= QUERY_WORDS && !text.contains('@') { words } else { Vec::new() };
    let has_letters = text.chars().any(char::is_alphabetic);
    search.as_typed(&text, &words, has_letters)?;
    let (mut hits, mut more) = search.page(&[words], SearchSpelling::Typed)?;
    if hits.is_empty() && has_letters {
        (hits, more) = search.on_other_keyboards(&text)?;
    }
    let ids: Vec<ClientId> = hits.iter().map(|(_, profile, _)| profile.client).collect();
    let with_pass = match request.passes {
        true => Some(super::client::with_pass(work, &ids)?),
        false => None,
    };
    let draft = if hits.is_empty() { rules::draft(&text, country(work).as_deref()) } else { None };
    let hit = |(_, profile, known): Hit| hit(profile, known, with_pass.as_deref());
    Ok(ClientSearched { hits: hits.into_iter().map(hit).collect(), more, draft })
}

fn country(work: &Work<'_>) -> Option<String> {
    let venue = work.venue.and_then(|id| work.config.venues.get(&id));
    venue.and_then(|venue| venue.country.clone())
}

fn full_name(profile: &Profile) -> String {
    let parts: Vec<&str> =
        [&profile.first_name, &profile.last_name].into_iter().flatten().map(String::as_str).collect();
    parts.join(" ")
}

fn hit(profile: Profile, known: Known, with_pass: Option<&[ClientId]>) -> SearchHit {
    SearchHit {
        client: profile.client,
        kind: profile.kind,
        name: full_name(&profile),
        phone: profile.phone,
        email: profile.email,
        birth_date: profile.birth_date,
        archived: known.seen.archived,
        last_visit: known.seen.last_visit,
        inside: known.seen.inside,
        has_pass: with_pass.map(|clients| clients.contains(&profile.client)),
        matched: known.matched,
    }
}

/// The two longest words, which narrow a search most: the first, and the second if there is one.
fn longest(words: &[Word]) -> Option<(&Word, Option<&Word>)> {
    let mut words: Vec<&Word> = words.iter().collect();
    words.sort_by(|one, other| (other.spelled.len(), &one.spelled).cmp(&(one.spelled.len(), &other.spelled)));
    let mut words = words.into_iter();
    Some((words.next()?, words.next()))
}

/// A way that says itself what matched.
struct Sure<'a> {
    way: Way<'a>,
    field: SearchField,
    spelling: SearchSpelling,
    /// How much of it matched, where it was not the whole.
    how: SearchHow,
}

impl<'a> Sure<'a> {
    const fn of(way: Way<'a>, field: SearchField, how: SearchHow) -> Self {
        Self { way, field, spelling: SearchSpelling::Typed, how }
    }

    const fn begun(way: Way<'a>, field: SearchField) -> Self {
        Self::of(way, field, SearchHow::Prefix)
    }

    const fn whole(way: Way<'a>, field: SearchField) -> Self {
        Self::of(way, field, SearchHow::Exact)
    }

    const fn matched(&self, is_whole: bool) -> SearchMatch {
        let how = if is_whole { SearchHow::Exact } else { self.how };
        SearchMatch { how, spelling: self.spelling, field: self.field }
    }
}

/// What a text is searched as beside a name, in the forms in which it is stored.
struct Forms {
    tail: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    uid: Option<String>,
    other_uids: Vec<String>,
    id: Option<i64>,
    text: String,
    /// Whether it looks like the beginning of an e-mail address.
    is_address: bool,
}

/// Whether what has no blank looks like the beginning of an e-mail address. An initial and a name, as in `m.ionescu`, may be either.
fn is_address(text: &str) -> bool {
    let is_initial = |part: &str| part.chars().count() == 1;
    text.contains(['.', '_']) && (text.contains('@') || !text.split(['.', '_']).any(is_initial))
}

impl Forms {
    fn of(text: &str, country: Option<&str>) -> Self {
        let phone = Phone::parse(text, country).ok().map(|phone| rules::reversed_phone(phone.as_str()));
        let tail = rules::phone_digits(text).and_then(|digits| rules::reversed_tail(&digits));
        let is_one_word = !text.contains(char::is_whitespace);
        let one_word = |least: usize| is_one_word && text.chars().count() >= least;
        Self {
            phone,
            tail,
            email: one_word(PART).then(|| Email::from_stored(text.to_owned()).key()),
            uid: super::card::uid(text, "query").ok(),
            other_uids: if one_word(TAIL) { rules::uids_on_other_keyboards(text) } else { Vec::new() },
            id: text.parse().ok().filter(|id| (1..=ID_MAX).contains(id)),
            text: text.to_owned(),
            is_address: is_one_word && is_address(text),
        }
    }

    fn ways(&self) -> Vec<Sure<'_>> {
        let mut ways = Vec::new();
        if let Some(phone) = &self.phone {
            ways.push(Sure::begun(Way::Phone(phone), SearchField::Phone));
        }
        if let Some(tail) = &self.tail {
            ways.push(Sure::begun(Way::Phone(tail), SearchField::Phone));
        }
        if let Some(email) = &self.email {
            ways.push(Sure::begun(Way::Email(email), SearchField::Email));
        }
        if let Some(uid) = &self.uid {
            let is_long = uid.len() >= 6;
            let way = if is_long { Way::CardBeginning(uid) } else { Way::Card(uid) };
            ways.push(Sure::begun(way, SearchField::Card));
        }
        for uid in &self.other_uids {
            let way = Sure::whole(Way::Card(uid), SearchField::Card);
            ways.push(Sure { spelling: SearchSpelling::Keyboard, ..way });
        }
        ways.push(Sure::whole(Way::ExternalId(&self.text), SearchField::ExternalId));
        if let Some(id) = self.id {
            ways.push(Sure::whole(Way::Pass(PassId(id)), SearchField::Pass));
            ways.push(Sure::whole(Way::Client(ClientId(id)), SearchField::Client));
        }
        ways
    }
}

impl Search<'_, '_> {
    /// Adds those to whom these ways lead, and gives the answers of the statements that follow them, all in one exchange.
    fn ask(&mut self, ways: &[Sure<'_>], more: Vec<Query>) -> Result<Vec<Vec<Row>>> {
        let queries: Vec<Query> = ways.iter().map(|sure| sure.way.query(self.most)).chain(more).collect();
        let mut answers = self.work.connection.batch(&queries)?.into_iter();
        for (sure, rows) in ways.iter().zip(answers.by_ref()) {
            for row in rows {
                let found = store::found(row)?;
                self.found.add(&found, sure.matched(found.is_whole));
            }
        }
        Ok(answers.collect())
    }

    /// The words of each statement's answer.
    fn words(&mut self, queries: &[Query]) -> Result<Vec<Vec<String>>> {
        self.work.connection.batch(queries)?.into_iter().map(words).collect()
    }

    /// Adds the clients to whom these ways lead by their names.
    fn follow(&mut self, ways: &[Way<'_>]) -> Result<()> {
        if ways.is_empty() {
            return Ok(());
        }
        let queries: Vec<Query> = ways.iter().map(|way| way.query(self.most)).collect();
        for row in self.work.connection.batch(&queries)?.into_iter().flatten() {
            self.found.add_named(store::named(row)?);
        }
        Ok(())
    }

    /// What was typed, its beginning, other spellings of it, and where it is only a part.
    fn as_typed(&mut self, text: &str, words: &[Word], has_letters: bool) -> Result<()> {
        let forms = Forms::of(text, country(self.work).as_deref());
        match longest(words) {
            None => self.ask(&forms.ways(), Vec::new()).map(drop),
            Some((word, None)) => self.one_word(&forms, word, has_letters),
            Some((one, Some(other))) => {
                self.two_words(&forms, one, other, has_letters)?;
                if has_letters && self.found.count() == 0 { self.in_part(one, other) } else { Ok(()) }
            }
        }
    }

    /// What ranks lower is asked for only where the page is not full without it.
    fn one_word(&mut self, forms: &Forms, word: &Word, has_letters: bool) -> Result<()> {
        let spelled = word.spelled.as_str();
        let mut ways = forms.ways();
        ways.push(Sure::begun(Way::Beginning(spelled), SearchField::Name));
        let keys = if has_letters { word.keys() } else { &[] };
        let alike = keys.iter().map(|key| store::words_of_key(key, ALIASES)).collect();
        let answers = self.ask(&ways, alike)?;
        let mut followed = BTreeSet::new();
        self.other_spellings(answers, spelled, &mut followed)?;
        if !has_letters || self.found.certain.len() > self.limit {
            return Ok(());
        }
        let begun: Vec<Query> =
            word.beginnings().iter().map(|key| store::words_by_key(key, ALIASES)).collect();
        let answers = self.work.connection.batch(&begun)?;
        self.other_spellings(answers, spelled, &mut followed)?;
        if self.found.count() < self.limit && spelled.len() >= PART {
            let part = Sure::of(Way::Part(spelled), SearchField::Name, SearchHow::Part);
            self.ask(&[part], Vec::new())?;
        }
        Ok(())
    }

    /// Follows the words of answers that do not begin with what was typed, each once.
    fn other_spellings(
        &mut self,
        answers: Vec<Vec<Row>>,
        spelled: &str,
        followed: &mut BTreeSet<String>,
    ) -> Result<()> {
        let mut new = BTreeSet::new();
        for rows in answers {
            new.extend(words(rows)?.into_iter().filter(|word| !word.starts_with(spelled)));
        }
        let ways: Vec<Way<'_>> = new.difference(followed).map(|word| Way::Word(word)).collect();
        self.follow(&ways)?;
        followed.append(&mut new);
        Ok(())
    }

    /// Whoever has both words, or beginnings of them, each in any spelling.
    fn two_words(&mut self, forms: &Forms, one: &Word, other: &Word, has_letters: bool) -> Result<()> {
        let keys = |word: &Word| {
            let keys = word.beginnings().iter().filter(|_| has_letters);
            keys.map(|key| store::words_by_key(key, ALIASES)).collect::<Vec<_>>()
        };
        let most = self.most;
        let names = || {
            let pair = Way::TwoBeginnings(&one.spelled, &other.spelled).query(most);
            std::iter::once(pair).chain(keys(one)).chain(keys(other)).collect::<Vec<Query>>()
        };
        // Who types the e-mail address of somebody means no name.
        let answers = if forms.is_address {
            self.ask(&forms.ways(), Vec::new())?;
            if !self.found.certain.is_empty() {
                return Ok(());
            }
            self.work.connection.batch(&names())?
        } else {
            self.ask(&forms.ways(), names())?
        };
        let mut answers = answers.into_iter();
        for row in answers.next().into_iter().flatten() {
            self.found.add_named(store::named(row)?);
        }
        let found: Vec<Vec<String>> = answers.map(words).collect::<Result<_>>()?;
        let of_one = if has_letters { one.beginnings().len() } else { 0 };
        let ones: BTreeSet<&String> = found.iter().take(of_one).flatten().collect();
        let others: BTreeSet<&String> = found.iter().skip(of_one).flatten().collect();
        let is_known = |words: &BTreeSet<&String>, word: &Word| {
            words.iter().all(|known| known.starts_with(&word.spelled))
        };
        if is_known(&ones, one) && is_known(&others, other) { Ok(()) } else { self.pairs(&ones, &others) }
    }

    /// The clients who have a word of each.
    fn pairs(&mut self, one: &BTreeSet<&String>, other: &BTreeSet<&String>) -> Result<()> {
        let others: Vec<&str> = other.iter().map(|word| word.as_str()).collect();
        let mut ways = Vec::new();
        for word in one.iter().take(PAIRED) {
            ways.extend(others.chunks(ONE_OF).map(|others| Way::WordAndOneOf(word, others)));
        }
        self.follow(&ways)
    }

    /// Where either word is found in the middle of other words, the other then at a beginning.
    fn in_part(&mut self, one: &Word, other: &Word) -> Result<()> {
        let part =
            |word: &Word| (word.spelled.len() >= PART).then(|| store::words_by_part(&word.spelled, ALIASES));
        let Some(of_one) = part(one) else { return Ok(()) };
        let keys = |word: &Word| {
            word.beginnings().iter().map(|key| store::words_by_key(key, ALIASES)).collect::<Vec<_>>()
        };
        let queries_of_one: Vec<Query> = keys(one).into_iter().chain([of_one]).collect();
        let of_one = queries_of_one.len();
        let queries: Vec<Query> = queries_of_one.into_iter().chain(keys(other)).chain(part(other)).collect();
        let found = self.words(&queries)?;
        let ones: BTreeSet<&String> = found.iter().take(of_one).flatten().collect();
        let others: BTreeSet<&String> = found.iter().skip(of_one).flatten().collect();
        self.pairs(&ones, &others)
    }

    /// The best of those found, and whether there are more. Who is named is compared with the words of each reading; of the
    /// others only those are read who are shown, or stand no worse than the last of these.
    fn page(&mut self, readings: &[Vec<Word>], spelling: SearchSpelling) -> Result<(Vec<Hit>, bool)> {
        let found = std::mem::take(&mut self.found);
        let (mut best, mut comparison) = (found.certain, Comparison::default());
        let mut profiles: BTreeMap<ClientId, Profile> = BTreeMap::new();
        let named: Vec<ClientId> = found.named.into_iter().collect();
        for (profile, seen) in store::shown(self.work.db(), &named)? {
            let name = full_name(&profile);
            let matched = readings.iter().filter_map(|words| comparison.name(words, &name)).min();
            if let Some(matched) = matched {
                let matched = SearchMatch { spelling: matched.spelling.max(spelling), ..matched };
                let known = Known::new(matched, seen);
                let best = best.entry(profile.client).or_insert(known);
                *best = known.min(*best);
            }
            profiles.insert(profile.client, profile);
        }
        let mut first: Vec<(Known, ClientId)> =
            best.into_iter().map(|(client, known)| (known, client)).collect();
        first.sort_unstable();
        let more = first.len() > self.limit;
        let last = self.limit.checked_sub(1).and_then(|last| first.get(last)).map(|(last, _)| last.standing);
        first.retain(|(known, _)| last.is_none_or(|last| known.standing <= last));
        let new = first.iter().map(|(_, client)| *client).filter(|client| !profiles.contains_key(client));
        for profile in store::profiles(self.work.db(), &new.collect::<Vec<_>>())? {
            profiles.insert(profile.client, profile);
        }
        let mut hits = ordered(&first, profiles);
        hits.truncate(self.limit);
        Ok((hits, more))
    }

    /// What would have been typed on other keyboards: all readings together, each client by the best.
    fn on_other_keyboards(&mut self, text: &str) -> Result<(Vec<Hit>, bool)> {
        let readings = rules::on_other_keyboards(text);
        let mut queries = Vec::new();
        let mut counts = Vec::new();
        for reading in &readings {
            let Some((one, other)) = longest(reading) else { continue };
            for word in [Some(one), other] {
                let keys = word.map(Word::beginnings).unwrap_or_default();
                counts.push(keys.len());
                queries.extend(keys.iter().map(|key| store::words_by_key(key, READ)));
            }
        }
        let mut found = self.words(&queries)?.into_iter();
        let mut counts = counts.into_iter();
        for reading in &readings {
            let mut list = || -> BTreeSet<String> {
                found.by_ref().take(counts.next().unwrap_or_default()).flatten().collect()
            };
            let (one, other) = (list(), list());
            if reading.len() > 1 {
                self.pairs(&one.iter().collect(), &other.iter().collect())?;
            } else {
                self.follow(&one.iter().map(|word| Way::Word(word)).collect::<Vec<_>>())?;
            }
        }
        self.page(&readings, SearchSpelling::Keyboard)
    }
}

/// Those found in their order. Names, which are written in Latin letters for it, matter only where two stand alike.
fn ordered(first: &[(Known, ClientId)], mut profiles: BTreeMap<ClientId, Profile>) -> Vec<Hit> {
    let is_alike = |other: Option<&(Known, ClientId)>, known: &Known| {
        other.is_some_and(|(other, _)| other.standing == known.standing)
    };
    let mut hits: Vec<Hit> = Vec::with_capacity(first.len());
    for (place, (known, client)) in first.iter().enumerate() {
        let Some(profile) = profiles.remove(client) else { continue };
        let before = place.checked_sub(1).and_then(|before| first.get(before));
        let names = match is_alike(before, known) || is_alike(first.get(place.saturating_add(1)), known) {
            true => (profile.last_name.as_deref(), profile.first_name.as_deref()),
            false => (None, None),
        };
        hits.push((Order::new(known.standing, names, *client), profile, *known));
    }
    hits.sort_unstable_by(|(one, ..), (other, ..)| one.cmp(other));
    hits
}

fn words(rows: Vec<Row>) -> Result<Vec<String>> {
    rows.into_iter().map(store::word).collect()
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_initial_and_a_name_may_be_a_name() {
        for address in ["ann.lee", "ann_lee@", "a.lee@mail", "ann."] {
            assert!(is_address(address), "{address}");
        }
        for name in ["m.ionescu", "ionescu.m", "annlee", "a_lee"] {
            assert!(!is_address(name), "{name}");
        }
    }
}
