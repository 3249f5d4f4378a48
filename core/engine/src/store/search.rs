//! What leads from what somebody typed to clients: words of names, ends of phone numbers, beginnings of e-mail addresses.

use super::value::{Connection, Query, Row, Value, query};
use carnet_domain::client::{Client, ClientKind};
use carnet_domain::contact::{Email, Phone};
use carnet_domain::search::{after_prefix, endings, name_words, reversed_phone};
use carnet_domain::{ClientId, Date, Instant, PassId, Result};
use std::collections::BTreeSet;

/// The kinds of rows that lead to a word.
const ITSELF: i64 = 0;
const KEY: i64 = 1;
const ENDING: i64 = 2;
/// The kinds of contacts.
const PHONE: i64 = 0;
const EMAIL: i64 = 1;

/// How many different words with one beginning are looked at for the pairs of two beginnings.
const BEGUN: i64 = 500;
/// How many words with one part are looked at for those who have them.
const PARTS: i64 = 40;
/// How many words one statement compares the other word of a name with.
pub(crate) const ONE_OF: usize = 24;
/// How many clients one statement shows.
const SHOWN: usize = 24;
/// How many rows one statement puts.
const PUT: usize = 8;

/// What is searched about a client.
struct Searched<'a> {
    client: ClientId,
    name: &'a str,
    phones: &'a [&'a str],
    /// In the form in which they are compared.
    emails: &'a [String],
}

/// Stores what a client is found by; to be asked for before the words of the name are cleared.
pub(crate) fn put(client: &Client, queries: &mut Vec<Query>) {
    if client.version > 1 {
        queries.push(query!("search/names_clear.sql", client.client));
        queries.push(query!("search/contacts_clear.sql", client.client));
    }
    let further = client.phones.iter().map(|phone| &phone.number);
    let phones: Vec<&str> = client.phone.iter().chain(further).map(Phone::as_str).collect();
    let further = client.emails.iter().map(|email| &email.address);
    let emails: Vec<String> = client.email.iter().chain(further).map(Email::key).collect();
    let name = client.full_name();
    rows(&Searched { client: client.client, name: &name, phones: &phones, emails: &emails }, queries);
}

fn rows(searched: &Searched<'_>, queries: &mut Vec<Query>) {
    let client = searched.client;
    let words = name_words(searched.name);
    for (word, _) in &words {
        let others = words.iter().map(|(other, _)| other).filter(|other| *other != word);
        let is_only = words.len() == 1;
        for other in others.map(String::as_str).chain(is_only.then_some("")) {
            queries.push(query!("search/name_put.sql", word, other, client));
        }
    }
    // In one order for everybody, so that two tills do not wait for each other.
    let mut leading: BTreeSet<(i64, &str, &str)> = BTreeSet::new();
    for (word, keys) in &words {
        leading.insert((ITSELF, word, word));
        leading.extend(keys.iter().map(|key| (KEY, key.as_str(), word.as_str())));
        leading.extend(endings(word).map(|ending| (ENDING, ending, word.as_str())));
    }
    let leading: Vec<_> = leading.into_iter().collect();
    for chunk in leading.chunks(PUT) {
        // A short statement says its last row again.
        let filled =
            chunk.iter().chain(std::iter::repeat(chunk.last().unwrap_or(&(ITSELF, "", "")))).take(PUT);
        let params =
            filled.flat_map(|(kind, key, word)| [Value::from(*kind), Value::from(*key), Value::from(*word)]);
        queries.push(Query { params: params.collect(), ..query!("search/words_put.sql") });
    }
    for phone in searched.phones {
        queries.push(query!("search/contact_put.sql", PHONE, reversed_phone(phone), client));
    }
    for email in searched.emails {
        queries.push(query!("search/contact_put.sql", EMAIL, email, client));
    }
}

/// Makes the rows of every client that there is: after a migration.
pub(crate) fn fill(connection: &mut dyn Connection) -> Result<()> {
    const PAGE: i64 = 500;
    let mut after = 0;
    loop {
        let clients = connection.rows(query!("search/all.sql", after, PAGE))?;
        if clients.is_empty() {
            return Ok(());
        }
        let mut queries = Vec::new();
        for mut row in clients {
            let client: ClientId = row.id()?;
            let names = [row.opt_text()?, row.opt_text()?];
            let name = names.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
            let phones: Vec<String> = row.opt_text()?.into_iter().collect();
            let phones: Vec<&str> = phones.iter().map(String::as_str).collect();
            let emails: Vec<String> = row.opt_text()?.into_iter().collect();
            rows(&Searched { client, name: &name, phones: &phones, emails: &emails }, &mut queries);
            after = client.0;
        }
        connection.batch(&queries)?;
    }
}

/// One way to a client. Those by a word in any spelling answer with clients, see [`named`]; the others also with what decides
/// where they stand, see [`found`].
pub(crate) enum Way<'a> {
    /// By the beginnings of two words.
    TwoBeginnings(&'a str, &'a str),
    /// By a whole word.
    Word(&'a str),
    /// By a whole word and one of up to [`ONE_OF`] other words.
    WordAndOneOf(&'a str, &'a [&'a str]),
    /// By the beginning of a word.
    Beginning(&'a str),
    /// By a part of a word that is not its beginning.
    Part(&'a str),
    /// By the last digits of a phone number, last first.
    Phone(&'a str),
    /// By the beginning of an e-mail address, in the form in which it is compared.
    Email(&'a str),
    /// By what the reader sends.
    Card(&'a str),
    /// By the beginning of that.
    CardBeginning(&'a str),
    /// By the key in whatever system.
    ExternalId(&'a str),
    /// By the id of a pass.
    Pass(PassId),
    /// By the id.
    Client(ClientId),
}

/// The first text after every text that begins with this one, whatever the letters.
fn after(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

impl Way<'_> {
    /// The statement, for this many clients at most.
    pub fn query(&self, limit: i64) -> Query {
        match self {
            Self::Beginning(word) => query!("search/by_beginning.sql", *word, after_prefix(word), limit),
            Self::TwoBeginnings(one, other) => query!(
                "search/by_two_beginnings.sqlite.sql" or "search/by_two_beginnings.pg.sql",
                *one,
                after_prefix(one),
                *other,
                after_prefix(other),
                BEGUN,
                limit
            ),
            Self::Word(word) => query!("search/by_word.sql", *word, limit),
            Self::WordAndOneOf(word, others) => {
                let mut query = query!("search/by_word_and_one_of.sql", *word);
                let last = others.last().copied().unwrap_or_default();
                let filled = others.iter().copied().chain(std::iter::repeat(last)).take(ONE_OF);
                query.params.extend(filled.map(Value::from));
                query.params.push(Value::from(limit));
                query
            }
            Self::Part(part) => query!(
                "search/by_part.sqlite.sql" or "search/by_part.pg.sql",
                *part,
                after_prefix(part),
                PARTS,
                limit
            ),
            Self::Phone(tail) => query!("search/by_contact.sql", PHONE, *tail, after_prefix(tail), limit),
            Self::Email(begun) => query!("search/by_contact.sql", EMAIL, *begun, after(begun), limit),
            Self::Card(uid) => query!("search/by_card.sql", *uid, format!("{uid}\u{1}"), limit),
            Self::CardBeginning(begun) => query!("search/by_card.sql", *begun, after(begun), limit),
            Self::ExternalId(value) => query!("search/by_external_id.sql", *value, limit),
            Self::Pass(pass) => query!("search/by_pass.sql", *pass),
            Self::Client(client) => query!("search/by_client.sql", *client),
        }
    }
}

/// What of the visits of a client decides where they stand and is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen {
    pub archived: bool,
    pub last_visit: Option<Instant>,
    pub inside: bool,
}

fn seen(row: &mut Row) -> Result<Seen> {
    Ok(Seen { archived: row.flag()?, last_visit: row.opt_instant()?, inside: row.int()? > 0 })
}

/// A client whom a way led to.
pub(crate) struct Found {
    pub client: ClientId,
    pub seen: Seen,
    /// Whether what is stored is all of what the way goes by, and not only begins with it.
    pub is_whole: bool,
}

pub(crate) fn found(mut row: Row) -> Result<Found> {
    Ok(Found { client: row.id()?, seen: seen(&mut row)?, is_whole: row.flag()? })
}

/// A client who has a word.
pub(crate) fn named(mut row: Row) -> Result<ClientId> {
    row.id()
}

/// Asks for the words that have this key.
pub(crate) fn words_of_key(key: &str, limit: i64) -> Query {
    query!("search/words.sql", KEY, key, format!("{key}\u{1}"), limit)
}

/// Asks for the words whose keys begin like this.
pub(crate) fn words_by_key(beginning: &str, limit: i64) -> Query {
    query!("search/words.sql", KEY, beginning, after_prefix(beginning), limit)
}

/// Asks for the words in which this is found, but not at their beginning.
pub(crate) fn words_by_part(part: &str, limit: i64) -> Query {
    query!("search/words.sql", ENDING, part, after_prefix(part), limit)
}

/// The word of an answer of [`words_by_key`] or [`words_by_part`].
pub(crate) fn word(mut row: Row) -> Result<String> {
    row.skip(1);
    row.text()
}

/// What the desk is shown of a client beside [`Seen`].
pub(crate) struct Profile {
    pub client: ClientId,
    pub kind: ClientKind,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub birth_date: Option<Date>,
}

fn profile(row: &mut Row) -> Result<Profile> {
    Ok(Profile {
        client: row.id()?,
        kind: row.word(ClientKind::from_text)?,
        first_name: row.opt_text()?,
        last_name: row.opt_text()?,
        phone: row.opt_text()?.map(Phone::from_stored),
        email: row.opt_text()?.map(Email::from_stored),
        birth_date: row.opt_parsed()?,
    })
}

/// The rows of a statement that takes up to [`SHOWN`] clients, of all these clients.
fn rows_of(connection: &mut dyn Connection, sql: &Query, clients: &[ClientId]) -> Result<Vec<Row>> {
    let query = |chunk: &[ClientId]| {
        let ids = chunk.iter().map(|client| client.0).chain(std::iter::repeat(0)).take(SHOWN);
        Query { params: ids.map(Value::from).collect(), sql: sql.sql }
    };
    let queries: Vec<Query> = clients.chunks(SHOWN).map(query).collect();
    Ok(connection.batch(&queries)?.into_iter().flatten().collect())
}

/// What is shown of these clients whose visits are known, in no order. A few are asked for one by one: a list costs as much as
/// three of them.
pub(crate) fn profiles(connection: &mut dyn Connection, clients: &[ClientId]) -> Result<Vec<Profile>> {
    let rows = match clients.len() {
        0..=3 => {
            let one = |client: &ClientId| query!("search/profile.sql", *client);
            let queries: Vec<Query> = clients.iter().map(one).collect();
            connection.batch(&queries)?.into_iter().flatten().collect()
        }
        _ => rows_of(connection, &query!("search/profiles.sql"), clients)?,
    };
    rows.into_iter().map(|mut row| profile(&mut row)).collect()
}

/// All that is shown of these clients, in no order.
pub(crate) fn shown(connection: &mut dyn Connection, clients: &[ClientId]) -> Result<Vec<(Profile, Seen)>> {
    let rows = rows_of(connection, &query!("search/hits.sql"), clients)?;
    rows.into_iter().map(|mut row| Ok((profile(&mut row)?, seen(&mut row)?))).collect()
}

#[cfg(test)]
mod tests;
