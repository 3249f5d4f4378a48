//! One box for everything: who is meant by what somebody typed at the desk.

use crate::input;
use crate::store::search::{self as store, ONE_OF, Shown, Way};
use crate::store::value::Query;
use crate::work::Work;
use carnet_domain::client::ClientKind;
use carnet_domain::contact::{Email, Phone};
use carnet_domain::ids::ID_MAX;
use carnet_domain::search::{
    self as rules, Comparison, Draft, Order, PART, QUERY_WORDS, SearchField, SearchHow, SearchMatch,
    SearchSpelling, TAIL, Word,
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
    /// last name, first name, id. Parts of one word are looked for where the page is not full without them, parts of several words and then
    /// other keyboards where nothing is found. Each way leads to `limit` and twenty clients at most, in the order of
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

/// Who may be meant, in the order in which they were found.
#[derive(Default)]
struct Candidates {
    order: Vec<ClientId>,
    /// What matched that is no name.
    matched: BTreeMap<ClientId, SearchMatch>,
}

impl Candidates {
    fn add(&mut self, client: ClientId, matched: Option<SearchMatch>) {
        if self.order.len() < COMPARED && !self.order.contains(&client) {
            self.order.push(client);
        }
        if let Some(matched) = matched {
            let best = self.matched.entry(client).or_insert(matched);
            *best = matched.min(*best);
        }
    }
}

/// A search as it goes on.
struct Search<'a, 'w> {
    work: &'a mut Work<'w>,
    /// How many clients a way leads to at most.
    most: i64,
    found: Candidates,
    comparison: Comparison,
}

pub(crate) fn search(work: &mut Work<'_>, request: ClientSearch) -> Result<ClientSearched> {
    let limit = input::range(request.limit.unwrap_or(20), "limit", 1, input::limits::SEARCH)?;
    let text = input::text(&request.query, "query", 100)?;
    let most = i64::from(limit).saturating_add(SPARE);
    let mut search = Search { work, most, found: Candidates::default(), comparison: Comparison::default() };
    let words = rules::words(&text);
    // An address is no name, and digits alone have neither other spellings nor parts.
    let words = if words.len() <= QUERY_WORDS && !text.contains('@') { words } else { Vec::new() };
    let has_letters = text.chars().any(char::is_alphabetic);
    search.as_typed(&text, &words, has_letters)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let enough = if words.len() == 1 { limit } else { 1 };
    if has_letters && search.found.order.len() < enough {
        search.in_part(&words)?;
    }
    let mut hits = search.compared(&words, SearchSpelling::Typed)?;
    if hits.is_empty() && has_letters {
        hits = search.on_other_keyboards(&text)?;
    }
    hits.sort_unstable_by(|(one, ..), (other, ..)| one.cmp(other));
    let more = hits.len() > limit;
    hits.truncate(limit);
    let ids: Vec<ClientId> = hits.iter().map(|(_, shown, _)| shown.client).collect();
    let with_pass = match request.passes {
        true => Some(super::client::with_pass(work, &ids)?),
        false => None,
    };
    let draft = if hits.is_empty() { rules::draft(&text, country(work).as_deref()) } else { None };
    let hit = |(_, shown, matched): (Order, Shown, SearchMatch)| hit(shown, matched, with_pass.as_deref());
    Ok(ClientSearched { hits: hits.into_iter().map(hit).collect(), more, draft })
}

fn country(work: &Work<'_>) -> Option<String> {
    let venue = work.venue.and_then(|id| work.config.venues.get(&id));
    venue.and_then(|venue| venue.country.clone())
}

fn full_name(shown: &Shown) -> String {
    let parts: Vec<&str> =
        [&shown.first_name, &shown.last_name].into_iter().flatten().map(String::as_str).collect();
    parts.join(" ")
}

fn hit(shown: Shown, matched: SearchMatch, with_pass: Option<&[ClientId]>) -> SearchHit {
    SearchHit {
        client: shown.client,
        kind: shown.kind,
        name: full_name(&shown),
        phone: shown.phone,
        email: shown.email,
        birth_date: shown.birth_date,
        archived: shown.archived,
        last_visit: shown.last_visit,
        inside: shown.inside,
        has_pass: with_pass.map(|clients| clients.contains(&shown.client)),
        matched,
    }
}

/// The two longest words, which narrow a search most: the first, and the second if there is one.
fn longest(words: &[Word]) -> Option<(&Word, Option<&Word>)> {
    let mut words: Vec<&Word> = words.iter().collect();
    words.sort_by(|one, other| (other.spelled.len(), &one.spelled).cmp(&(one.spelled.len(), &other.spelled)));
    let mut words = words.into_iter();
    Some((words.next()?, words.next()))
}

/// What is typed that is no name: the way, and the field and text that it is compared with.
struct Other<'a> {
    way: Way<'a>,
    field: SearchField,
    /// What must be found to be all of it; nothing where whatever is found is.
    whole: Option<String>,
    spelling: SearchSpelling,
}

impl<'a> Other<'a> {
    const fn whole(way: Way<'a>, field: SearchField) -> Self {
        Self { way, field, whole: None, spelling: SearchSpelling::Typed }
    }

    const fn begun(way: Way<'a>, field: SearchField, whole: String) -> Self {
        Self { way, field, whole: Some(whole), spelling: SearchSpelling::Typed }
    }

    fn matched(&self, text: &str) -> SearchMatch {
        let is_whole = self.whole.as_ref().is_none_or(|whole| whole == text);
        let how = if is_whole { SearchHow::Exact } else { SearchHow::Prefix };
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
        }
    }

    fn ways(&self) -> Vec<Other<'_>> {
        let mut ways = Vec::new();
        if let Some(phone) = &self.phone {
            ways.push(Other::begun(Way::Phone(phone), SearchField::Phone, phone.clone()));
        }
        if let Some(tail) = &self.tail {
            ways.push(Other::begun(Way::Phone(tail), SearchField::Phone, tail.clone()));
        }
        if let Some(email) = &self.email {
            ways.push(Other::begun(Way::Email(email), SearchField::Email, email.clone()));
        }
        if let Some(uid) = &self.uid {
            let is_long = uid.len() >= 6;
            let way = if is_long { Way::CardBeginning(uid) } else { Way::Card(uid) };
            ways.push(Other::begun(way, SearchField::Card, uid.clone()));
        }
        for uid in &self.other_uids {
            let way = Other::whole(Way::Card(uid), SearchField::Card);
            ways.push(Other { spelling: SearchSpelling::Keyboard, ..way });
        }
        ways.push(Other::whole(Way::ExternalId(&self.text), SearchField::ExternalId));
        if let Some(id) = self.id {
            ways.push(Other::whole(Way::Pass(PassId(id)), SearchField::Pass));
            ways.push(Other::whole(Way::Client(ClientId(id)), SearchField::Client));
        }
        ways
    }
}

impl Search<'_, '_> {
    /// The words of each statement's answer.
    fn words(&mut self, queries: &[Query]) -> Result<Vec<Vec<String>>> {
        let answers = self.work.connection.batch(queries)?;
        answers.into_iter().map(|rows| rows.into_iter().map(store::word).collect()).collect()
    }

    /// Adds the clients to whom these ways lead by their names.
    fn follow(&mut self, ways: &[Way<'_>]) -> Result<()> {
        if ways.is_empty() {
            return Ok(());
        }
        let queries: Vec<Query> = ways.iter().map(|way| way.query(self.most)).collect();
        for row in self.work.connection.batch(&queries)?.into_iter().flatten() {
            self.found.add(store::found(row)?.0, None);
        }
        Ok(())
    }

    /// What begins with what was typed, and other spellings of it.
    fn as_typed(&mut self, text: &str, words: &[Word], has_letters: bool) -> Result<()> {
        let forms = Forms::of(text, country(self.work).as_deref());
        let others = forms.ways();
        let longest = longest(words);
        let names = longest.map(|(one, other)| match other {
            Some(other) => Way::TwoBeginnings(&one.spelled, &other.spelled),
            None => Way::Beginning(&one.spelled),
        });
        let mut queries: Vec<Query> = others.iter().map(|other| other.way.query(self.most)).collect();
        queries.extend(names.iter().map(|way| way.query(self.most)));
        let before = queries.len();
        let keys = |word: &Word| {
            let keys = word.beginnings.iter().filter(|_| has_letters);
            keys.map(|key| store::words_by_key(key, ALIASES)).collect::<Vec<_>>()
        };
        let (one, other) = longest.map_or((Vec::new(), Vec::new()), |(one, other)| {
            (keys(one), other.map(keys).unwrap_or_default())
        });
        let of_one = one.len();
        queries.extend(one.into_iter().chain(other));
        let mut answers = self.work.connection.batch(&queries)?.into_iter();
        for (answer, other) in answers.by_ref().take(others.len()).zip(&others) {
            for row in answer {
                let (client, text) = store::found(row)?;
                self.found.add(client, Some(other.matched(&text)));
            }
        }
        for row in answers.by_ref().take(before.saturating_sub(others.len())).flatten() {
            self.found.add(store::found(row)?.0, None);
        }
        let Some((one, other)) = longest else { return Ok(()) };
        let aliases: Vec<Vec<String>> =
            answers.map(|rows| rows.into_iter().map(store::word).collect()).collect::<Result<_>>()?;
        let of_other = aliases.iter().skip(of_one).flatten();
        let of_one: BTreeSet<&String> = aliases.iter().take(of_one).flatten().collect();
        match other {
            None => {
                let new = of_one.into_iter().filter(|word| !word.starts_with(&one.spelled));
                let ways: Vec<Way<'_>> = new.map(|word| Way::Word(word)).collect();
                self.follow(&ways)
            }
            Some(other) => {
                let of_other: BTreeSet<&String> = of_other.collect();
                let is_known = |words: &BTreeSet<&String>, word: &Word| {
                    words.iter().all(|known| known.starts_with(&word.spelled))
                };
                if is_known(&of_one, one) && is_known(&of_other, other) {
                    return Ok(());
                }
                self.pairs(&of_one, &of_other)
            }
        }
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

    /// Where words are found in the middle of other words.
    fn in_part(&mut self, words: &[Word]) -> Result<()> {
        let Some((one, other)) = longest(words) else { return Ok(()) };
        let part =
            |word: &Word| (word.spelled.len() >= PART).then(|| store::words_by_part(&word.spelled, ALIASES));
        let Some(of_one) = part(one) else { return Ok(()) };
        let Some(other) = other else {
            let found = self.words(&[of_one])?;
            let words: BTreeSet<&String> = found.iter().flatten().collect();
            let ways: Vec<Way<'_>> = words.into_iter().map(|word| Way::Word(word)).collect();
            return self.follow(&ways);
        };
        // Either may be a part, the other then a beginning.
        let keys = |word: &Word| {
            word.beginnings.iter().map(|key| store::words_by_key(key, ALIASES)).collect::<Vec<_>>()
        };
        let queries_of_one: Vec<Query> = keys(one).into_iter().chain([of_one]).collect();
        let of_one = queries_of_one.len();
        let queries: Vec<Query> = queries_of_one.into_iter().chain(keys(other)).chain(part(other)).collect();
        let found = self.words(&queries)?;
        let ones: BTreeSet<&String> = found.iter().take(of_one).flatten().collect();
        let others: BTreeSet<&String> = found.iter().skip(of_one).flatten().collect();
        self.pairs(&ones, &others)
    }

    /// The candidates who match, with what matched.
    fn compared(
        &mut self,
        words: &[Word],
        spelling: SearchSpelling,
    ) -> Result<Vec<(Order, Shown, SearchMatch)>> {
        let mut hits = Vec::new();
        for shown in store::shown(self.work.db(), &self.found.order)? {
            let name = self.comparison.name(words, &full_name(&shown));
            let name = name.map(|found| SearchMatch { spelling: found.spelling.max(spelling), ..found });
            let other = self.found.matched.get(&shown.client).copied();
            let Some(matched) = name.into_iter().chain(other).min() else { continue };
            let names = (shown.last_name.as_deref(), shown.first_name.as_deref());
            let order = Order::new(matched, shown.archived, shown.last_visit, names, shown.client);
            hits.push((order, shown, matched));
        }
        Ok(hits)
    }

    /// What would have been typed on other keyboards: all readings together, each client by the best.
    fn on_other_keyboards(&mut self, text: &str) -> Result<Vec<(Order, Shown, SearchMatch)>> {
        let readings = rules::on_other_keyboards(text);
        let mut queries = Vec::new();
        let mut counts = Vec::new();
        for reading in &readings {
            let Some((one, other)) = longest(reading) else { continue };
            for word in [Some(one), other] {
                let keys = word.map(|word| word.beginnings.as_slice()).unwrap_or_default();
                counts.push(keys.len());
                queries.extend(keys.iter().map(|key| store::words_by_key(key, READ)));
            }
        }
        let mut found = self.words(&queries)?.into_iter();
        let mut counts = counts.into_iter();
        let mut lists: Vec<(Vec<String>, Option<Vec<String>>)> = Vec::new();
        for reading in &readings {
            let mut list =
                || found.by_ref().take(counts.next().unwrap_or_default()).flatten().collect::<Vec<_>>();
            let (one, other) = (list(), list());
            lists.push((one, (reading.len() > 1).then_some(other)));
        }
        self.found = Candidates::default();
        for (one, other) in &lists {
            let one: BTreeSet<&String> = one.iter().collect();
            match other {
                None => {
                    let ways: Vec<Way<'_>> = one.into_iter().map(|word| Way::Word(word)).collect();
                    self.follow(&ways)?;
                }
                Some(other) => self.pairs(&one, &other.iter().collect())?,
            }
        }
        let mut best: BTreeMap<ClientId, (Order, Shown, SearchMatch)> = BTreeMap::new();
        if self.found.order.is_empty() {
            return Ok(Vec::new());
        }
        for reading in &readings {
            for hit in self.compared(reading, SearchSpelling::Keyboard)? {
                let is_better = best.get(&hit.1.client).is_none_or(|(order, ..)| hit.0 < *order);
                if is_better {
                    best.insert(hit.1.client, hit);
                }
            }
        }
        Ok(best.into_values().collect())
    }
}
